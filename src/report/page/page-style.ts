import { COLOUR_STYLE } from './colour-style.ts';
import { READER_STYLE } from './reader-style.ts';

const LAYOUT = `
* { box-sizing: border-box; }
html { scroll-padding-top: 3.6rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
main { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem 2rem; }
h1 { font-size: 1rem; margin: 0; font-weight: 650; white-space: nowrap; }
h1 .soft { font-weight: 400; font-size: .85rem; margin-left: .4rem; }
h2 { font-size: 1.35rem; letter-spacing: -.01em; margin: 0 0 .35rem; font-weight: 650; outline: none; }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; font-weight: 650; }
h4 { font-size: .92rem; margin: 1.4rem 0 .4rem; font-weight: 650; }
.chart-title { font-size: .82rem; margin: .9rem 0 .15rem; font-weight: 600; color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
section { padding-top: 2.4rem; }
p { margin: .3rem 0; }
.lead { color: var(--soft); max-width: 70ch; margin-bottom: 1rem; }
.soft { color: var(--soft); font-weight: 400; }
a { color: var(--blue); }
footer { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; font-size: .85rem; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
button, select, input { font: inherit; color: inherit; }
button { background: var(--panel); border: 1px solid var(--line); border-radius: 5px; padding: .25rem .6rem; cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--blue); }
button:disabled { opacity: .5; cursor: default; }
button.link { border: 0; padding: 0 .3rem; background: none; color: var(--blue); text-decoration: underline; text-underline-offset: 2px; }
kbd { font: .78rem ui-monospace, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 .3rem; background: var(--raised); color: var(--ink); }
[hidden] { display: none !important; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: .6rem; z-index: 3; background: var(--panel); padding: .3rem .6rem; }

.bar { position: sticky; top: 0; z-index: 2; display: flex; align-items: center; gap: 1.25rem; padding: .55rem 1.25rem; background: var(--panel); border-bottom: 1px solid var(--line); }
.bar nav { display: flex; gap: .2rem; margin-left: auto; overflow-x: auto; }
.bar nav a { color: var(--ink); text-decoration: none; padding: .2rem .55rem; border-radius: 5px; white-space: nowrap; }
.bar nav a:hover { background: var(--blue-wash); }
#theme { border: 0; font-size: 1.05rem; line-height: 1; padding: .35rem .5rem; }

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); gap: 1rem; }
.card { background: var(--panel); border: 1px solid var(--line); border-top: 3px solid var(--soft); border-radius: 8px; padding: 1rem 1.1rem 1.1rem; box-shadow: var(--shadow); min-width: 0; }
.card.held { border-top-color: var(--blue); } .card.regressed { border-top-color: var(--orange); } .card.undecided { border-top-color: var(--amber); }
.card h3 { display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: center; font-size: 1.15rem; }
.card h4 { margin-top: 0; }
.ruling { font-size: .78rem; font-weight: 600; padding: .08rem .5rem; border-radius: 99px; white-space: nowrap; background: var(--amber-wash); color: var(--amber); }
.ruling.held { background: var(--blue-wash); color: var(--blue); } .ruling.regressed { background: var(--orange-wash); color: var(--orange); }
.blocks { margin-left: auto; font-size: .78rem; font-weight: 650; border: 1px solid currentColor; border-radius: 4px; padding: 0 .4rem; color: var(--orange); }
.sentence { font-size: .98rem; text-wrap: pretty; }
.headline { display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: center; margin: .8rem 0; font-size: .88rem; line-height: 1.4; }
.headline > :last-child { flex: 1 1 11rem; }
.figure { font-size: 2.5rem; line-height: 1.05; font-weight: 300; letter-spacing: -.03em; }
.caution { font-size: .86rem; border-left: 3px solid var(--amber); background: var(--amber-wash); padding: .35rem .65rem; border-radius: 0 5px 5px 0; margin: .5rem 0; }
.goalposts { border: 1px solid var(--orange); border-radius: 6px; padding: .5rem .7rem; margin: .6rem 0; font-size: .88rem; } .goalposts ul { margin: .2rem 0; padding-left: 1.1rem; }
.rules { list-style: none; margin: .8rem 0; padding: 0; font-size: .86rem; }
.rules li { display: grid; grid-template-columns: 6.4rem 1fr; gap: .5rem; padding: .4rem 0; border-top: 1px solid var(--grid); align-items: start; }
.rules .ruling { justify-self: start; } .rules b { font-weight: 600; }
.facts { margin: .8rem 0 0; font-size: .84rem; border-top: 1px solid var(--grid); padding-top: .6rem; }
.facts div { display: grid; grid-template-columns: 6.4rem 1fr; gap: .5rem; padding: .08rem 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }

.suite { border-top: 1px solid var(--line); padding: 1rem 0 .6rem; }
.suite > h4:first-of-type { margin-top: .4rem; }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; }
.matrices { display: flex; flex-wrap: wrap; gap: 1rem 1.6rem; }
.matrix caption { text-align: left; font-weight: 600; font-size: .86rem; padding-bottom: .25rem; } .matrix caption.hidden { position: absolute; left: -999px; }
.matrix th { font-weight: 400; font-size: .78rem; color: var(--soft); padding: .2rem .4rem; line-height: 1.2; }
.matrix thead th { vertical-align: bottom; min-width: 4.1rem; max-width: 7.4rem; overflow-wrap: normal; }
.matrix tbody th { text-align: right; max-width: 11rem; }
.matrix .corner { font-style: italic; text-align: right; }
.matrix td { border: 1px solid var(--ground); padding: 0; text-align: center; height: 2.5rem; min-width: 4.1rem; background: var(--panel); position: relative; }
.matrix .diagonal { outline: 1.5px solid var(--blue); outline-offset: -2px; }
.matrix td button { border: 0; border-radius: 0; background: none; width: 100%; height: 100%; min-height: 2.5rem; padding: .15rem .25rem; line-height: 1.15; }
.matrix td button:hover { box-shadow: inset 0 0 0 2px var(--ink); }
.matrix td b { font-weight: 600; } .matrix td small { margin-left: .3rem; font-size: .74rem; }
.matrix .delta { display: block; font-size: .74rem; font-style: italic; } .zero { color: var(--soft); }
.matrix .total { background: none; border: 0; color: var(--soft); min-width: 3rem; font-size: .84rem; }
.matrices.small td { min-width: 3.7rem; }

.plain { font-size: .86rem; margin: .2rem 0; }
.plain th, .plain td { text-align: left; padding: .22rem .9rem .22rem 0; border-bottom: 1px solid var(--grid); vertical-align: top; white-space: nowrap; }
.plain thead th { color: var(--soft); font-weight: 400; font-size: .8rem; } .plain tbody th { font-weight: 500; }
.charts { display: flex; flex-wrap: wrap; gap: .4rem 2rem; align-items: flex-start; } .charts > div { max-width: 100%; min-width: 0; } .charts > .scroll { margin-top: .9rem; }
.chart { margin: 0; } .plot { display: block; color: var(--soft); font-size: 11px; font-family: inherit; overflow: visible; }
.plot text { white-space: pre; }
details { font-size: .84rem; margin: .2rem 0; } summary { cursor: pointer; color: var(--soft); width: max-content; max-width: 100%; }
@media (max-width: 60rem) { .bar { flex-wrap: wrap; gap: .2rem .6rem; } .bar nav { order: 3; width: 100%; margin: 0 -.5rem; } #theme { margin-left: auto; } html { scroll-padding-top: 5.4rem; } }
@media (max-width: 30rem) { main { padding: 0 .8rem 2rem; } .bar { padding: .45rem .8rem; } .bar nav a { padding: .15rem .5rem; } .rules li { grid-template-columns: 1fr; gap: .15rem; } }
@media print { .bar nav, #theme, #filters, #pager, details:not([open]), .skip { display: none; } body { background: #fff; font-size: 11px; } .bar { position: static; } .card, .chart, .matrix, li { break-inside: avoid; } .scroll { overflow: visible; } * { print-color-adjust: exact; } }
`;

/** The page's whole style sheet. */
export const PAGE_STYLE = `${COLOUR_STYLE}${LAYOUT}${READER_STYLE}`;
