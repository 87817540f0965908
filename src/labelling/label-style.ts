/** How the labelling page is laid out: three panes beside each other, two, or one, as there is room. */
export const LABEL_STYLE = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: break-word; }
h1, h2, h3, h4 { font-weight: 650; margin: 0; }
h1 { font-size: 1rem; white-space: nowrap; } h2 { font-size: 1.05rem; } h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; } h4 { font-size: .92rem; margin: .9rem 0 .3rem; }
p { margin: .3rem 0; }
.soft { color: var(--soft); font-weight: 400; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: .6rem; z-index: 3; background: var(--panel); padding: .3rem .6rem; color: var(--blue); }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
button, input { font: inherit; color: inherit; }
button { background: var(--panel); border: 1px solid var(--line); border-radius: 5px; padding: .3rem .7rem; cursor: pointer; }
button:hover { border-color: var(--blue); }
kbd { display: inline-block; min-width: 1.3rem; text-align: center; font: .78rem ui-monospace, monospace; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 .3rem; background: var(--raised); color: var(--ink); }

.bar { display: flex; align-items: center; gap: .9rem; padding: .5rem 1rem; background: var(--panel); border-bottom: 1px solid var(--line); }
#who { unicode-bidi: isolate; }
#place { margin: 0 0 0 auto; white-space: nowrap; }
progress { width: 8rem; min-width: 3rem; accent-color: var(--blue); }

main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 26rem); grid-template-rows: auto minmax(0, 1fr); grid-template-areas: "conversation answer" "conversation codebook"; }
#conversation { grid-area: conversation; overflow-y: auto; padding: 0 1.2rem 3rem; position: relative; scroll-padding-top: 4rem; }
.case { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .8rem; position: sticky; top: 0; z-index: 1; padding: .8rem 0 .5rem; background: var(--ground); }
.case p { margin: 0; } #window { color: var(--blue); font-weight: 600; }
#answer { grid-area: answer; padding: .8rem 1.1rem; background: var(--panel); border-left: 1px solid var(--line); border-bottom: 1px solid var(--line); max-height: 68vh; overflow-y: auto; scroll-padding-bottom: 4rem; }
#codebook { grid-area: codebook; overflow-y: auto; padding: .8rem 1.1rem 2rem; border-left: 1px solid var(--line); background: var(--raised); }
#conversation:focus-visible, #codebook:focus-visible { outline: none; box-shadow: inset 3px 0 0 var(--blue); }
#over { grid-column: 1 / -1; padding: 3rem 1.2rem; text-align: center; outline: none; }

#messages { list-style: none; margin: .1rem 0 0; padding: 0; max-width: 50rem; }
.message { padding: .45rem .8rem .6rem; margin: 0 0 .5rem; border-radius: 8px; border: 1px solid var(--line); background: var(--panel); }
.message.user { margin-right: 2.2rem; } .message.assistant { margin-left: 2.2rem; }
.message.marked { border-left: 4px solid var(--mark); background: var(--blue-wash); }
.message.aside { background: none; color: var(--soft); border-style: dashed; }
.role { font-size: .78rem; color: var(--soft); margin: 0 0 .15rem; } .pin { margin-left: .5rem; color: var(--blue); font-weight: 600; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; max-width: 68ch; }
.control { font: .8em ui-monospace, monospace; color: var(--orange); border: 1px dotted currentColor; border-radius: 3px; padding: 0 .15em; unicode-bidi: isolate; }

fieldset { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .2rem .6rem .4rem; min-width: 0; }
fieldset.lit { border-color: var(--blue); box-shadow: inset 3px 0 0 var(--blue); background: var(--blue-wash); }
fieldset.idle { border-style: dashed; color: var(--soft); }
legend { font-weight: 600; padding: 0 .3rem; overflow-wrap: anywhere; }
.option { display: flex; align-items: center; gap: .45rem; padding: .1rem .2rem; border-radius: 5px; cursor: pointer; overflow-wrap: anywhere; }
.option:hover { background: var(--raised); }
.option input { accent-color: var(--blue); margin: 0; flex: none; }
.option:has(input:checked) { font-weight: 650; }
.unsure { margin: .5rem 0 .2rem; } .note { display: block; }
#note { width: 100%; padding: .3rem .5rem; border: 1px solid var(--soft); border-radius: 5px; background: var(--ground); }
#said { color: var(--orange); font-weight: 600; min-height: 1.5em; overflow-wrap: anywhere; }
.buttons { display: flex; gap: .35rem; flex-wrap: wrap; position: sticky; bottom: -.8rem; padding: .5rem 0; background: var(--panel); }
.buttons button { padding: .3rem .55rem; }
#save { border-color: var(--blue); font-weight: 600; }

table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid var(--grid); overflow-wrap: break-word; unicode-bidi: isolate; }
td:last-child { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
#codebook ol, #codebook ul { padding-left: 1.4rem; margin: .3rem 0; } #codebook li { margin: .2rem 0; }
code, pre { font: .9em ui-monospace, monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }

#keys { border: 1px solid var(--line); border-radius: 8px; background: var(--panel); color: var(--ink); padding: 1rem 1.3rem 1.3rem; max-width: min(32rem, 94vw); }
#keys::backdrop { background: #0008; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1rem; } dt { font: .85rem ui-monospace, monospace; } dd { margin: 0; }

@media (min-width: 70rem) {
  main { grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr) minmax(0, 21rem); grid-template-rows: minmax(0, 1fr); grid-template-areas: "conversation codebook answer"; }
  #answer { max-height: none; border-bottom: 0; }
}
@media (max-width: 48rem) {
  html, body { height: auto; }
  .bar { position: sticky; top: 0; z-index: 2; flex-wrap: wrap; gap: .3rem .7rem; } progress { order: 1; flex-basis: 100%; height: .5rem; }
  main { display: block; }
  #conversation { max-height: 55vh; border-bottom: 1px solid var(--line); padding: 0 .8rem 1.5rem; }
  #answer { max-height: none; border-left: 0; overflow: visible; } .buttons { bottom: 0; } #codebook { border-left: 0; max-height: 70vh; }
  .message.user { margin-right: .6rem; } .message.assistant { margin-left: .6rem; }
  dl { grid-template-columns: minmax(0, 1fr); } dd { margin-bottom: .4rem; }
}
`;
