import { PAGE_STYLE } from '../page/page-style.ts';

const OWN = `
.charts.beside { gap: .8rem 2.2rem; } .charts.beside > div:first-child { flex: 0 1 22.5rem; } .charts.beside > div:last-child { flex: 1 1 24rem; }
.charts.beside .plot { max-width: 100%; height: auto; }
.card .caution { margin: .6rem 0 0; } .card p.soft { font-size: .86rem; }
.caution.all { margin-top: 1rem; padding: .6rem .9rem; } .caution.all h3 { font-size: .92rem; margin: 0 0 .2rem; } .caution.all ul { margin: 0; padding-left: 1.1rem; } .caution.all li { margin: .15rem 0; }
.notes { margin-bottom: 1rem; } .notes p { margin: .15rem 0; } .notes p:target { outline: 2px solid var(--amber); outline-offset: 2px; }
.marks { font-size: .78rem; white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .8rem; color: var(--soft); margin: .2rem 0; }
.key-raw, .key-corrected, .key-goldens { font-weight: 700; } .key-corrected { color: var(--blue); } .key-goldens { color: var(--orange); }
.plain th, .plain td { white-space: normal; overflow-wrap: normal; } .plain td:last-child { padding-right: 0; }
.plain .best, .plain .other, .plain small { display: block; } .plain .other, .plain small { color: var(--soft); } .plain small { font-size: .8rem; font-weight: 400; } .unbroken { white-space: nowrap; }
.wrap .plain tbody th { min-width: 8rem; max-width: 30rem; } .wrap .plain td:nth-child(5) { min-width: 12rem; }
.share { fill: var(--bar); }
.suite:first-of-type { border-top: 0; padding-top: 0; }
.bar h1 { white-space: normal; overflow-wrap: anywhere; min-width: 0; }
section > h3 { margin-top: 1.4rem; }
.methods { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: .4rem 2.2rem; } .methods p { max-width: 68ch; } .methods h3 { margin-top: 1rem; } .methods h3 .soft { font-size: .8rem; }
@media (max-width: 36rem) { .plain th, .plain td { padding-right: .5rem; }
  .figures :is(table, tbody, tr, th, td) { display: block; border: 0; padding: 0; } .figures thead { position: absolute; left: -999px; } .figures tr { border-bottom: 1px solid var(--grid); padding: .4rem 0; } .figures small { display: inline; margin-left: .4rem; }
  .figures td::before { content: "raw "; color: var(--soft); } .figures td:last-child::before { content: "corrected "; } }
@media print { .charts.beside, .methods > div, .caution { break-inside: avoid; } }
`;

/** The style of all pages, and what a study needs beside it. */
export const STUDY_STYLE = `${PAGE_STYLE}${OWN}`;
