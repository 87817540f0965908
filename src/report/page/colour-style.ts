const LIGHT = `
  --ground: #f6f5f1; --panel: #ffffff; --raised: #fbfaf7; --ink: #1c2430; --soft: #56606d; --line: #dcd9d0; --grid: #e6e3db;
  --blue: #1a5fa8; --orange: #a8480a; --bar: #7fa8d1; --right: #5f9ad6; --wrong: #eaa05a;
  --blue-wash: #e6eff9; --orange-wash: #fcefe1; --amber-wash: #f4f0d9; --amber: #6b5a00; --mark: #1a5fa8; --shadow: 0 1px 2px #1c243014;`;

const DARK = `
  --ground: #10141a; --panel: #171c24; --raised: #1c222b; --ink: #e3e8ee; --soft: #9ba7b4; --line: #2d3540; --grid: #29313b;
  --blue: #7fb6f2; --orange: #f2a561; --bar: #3f6f9f; --right: #2867a6; --wrong: #96530f;
  --blue-wash: #18293d; --orange-wash: #33240f; --amber-wash: #2b2814; --amber: #d9c667; --mark: #7fb6f2; --shadow: none;`;

const SHADES = Array.from({ length: 10 }, (_, index) => {
  const mix = (colour: string) => `color-mix(in srgb, var(--${colour}) ${8 + index * 9}%, var(--panel))`;
  return `.diagonal.shade-${index + 1} { background: ${mix('right')}; } .off.shade-${index + 1} { background: ${mix('wrong')}; }`;
}).join('\n');

/**
 * Colours for light and dark: blue is right, orange is wrong, which colour-blind readers tell apart; words
 * and signs say the same again. A choice made with the button outranks the system's.
 */
export const COLOUR_STYLE = `
:root { color-scheme: light; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { color-scheme: dark; ${DARK} } }
:root[data-theme="dark"] { color-scheme: dark; ${DARK} }
${SHADES}
`;
