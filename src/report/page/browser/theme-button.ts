/// <reference lib="dom" />

/** Makes the button change between light and dark, from what the system says. Runs in the page: it stands alone. */
export function startThemeButton(): void {
  const root = document.documentElement;
  document.getElementById('theme')?.addEventListener('click', () => {
    const isDark =
      root.dataset.theme === undefined
        ? matchMedia('(prefers-color-scheme: dark)').matches
        : root.dataset.theme === 'dark';
    root.dataset.theme = isDark ? 'light' : 'dark';
  });
}
