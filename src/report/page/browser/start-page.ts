/// <reference lib="dom" />
import type { PageData } from '../page-data.ts';
import type { CaseFilter } from './case-filter.ts';
import type { DomKit } from './dom-kit.ts';
import type { Explorer } from './explorer.ts';

/** Reads the embedded data, wires the keyboard and the cells. Runs in the page. */
export async function startPage(kit: DomKit, explore: (data: PageData) => Explorer): Promise<void> {
  const { byId } = kit;
  const packed = Uint8Array.from(atob(JSON.parse(byId('data').textContent)), (each) => each.charCodeAt(0));
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const explorer = explore(await new Response(text).json());

  const dialog = byId<HTMLDialogElement>('reader');
  byId('reader-close').addEventListener('click', () => dialog.close());
  byId('reader-back').addEventListener('click', () => explorer.move(-1));
  byId('reader-on').addEventListener('click', () => explorer.move(1));

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const filter = button?.getAttribute('data-filter');
    const named = button?.getAttribute('data-case');
    if (filter != null) explorer.show(JSON.parse(filter) as Partial<CaseFilter>);
    if (named != null) explorer.openNamed(Number(button?.getAttribute('data-suite')), named);
  });

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const search = byId<HTMLInputElement>('filter-search');
    if (event.target instanceof Element && event.target.matches('input, select, textarea')) {
      if (event.key === 'Escape' && event.target === search) search.blur();
      return;
    }
    if (event.key === '/' && !dialog.open) search.focus();
    else if (event.key === 'j') explorer.move(1);
    else if (event.key === 'k') explorer.move(-1);
    else return;
    event.preventDefault();
  });
  document.documentElement.dataset.ready = 'true';
}
