/** How the list of cases, its filters and the open conversation look. */
export const READER_STYLE = `
#filters { display: flex; flex-wrap: wrap; gap: .5rem .7rem; align-items: end; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .8rem; }
#filters label > span { display: block; font-size: .76rem; color: var(--soft); }
#filters select, #filters input { background: var(--raised); border: 1px solid var(--line); border-radius: 5px; padding: .24rem .4rem; max-width: 15rem; height: 2rem; }
#filters button { height: 2rem; } #filters .search { flex: 1 1 12rem; } #filters .search input { width: 100%; max-width: none; }
#filters ::placeholder { color: var(--soft); opacity: 1; }
.keys { width: 100%; margin: 0; font-size: .8rem; } .keys kbd + kbd { margin-left: .2rem; }
#found { margin: .7rem 0 .3rem; font-size: .86rem; }
#cases { list-style: none; margin: 0; padding: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
#cases:empty { border: 0; }
#cases li + li { border-top: 1px solid var(--grid); }
.case { display: grid; grid-template-columns: 4.6rem 8.2rem minmax(0, 5fr) minmax(0, 6fr); gap: .2rem .8rem; width: 100%; text-align: left; border: 0; border-radius: 0; background: none; padding: .38rem .8rem; align-items: baseline; }
.case:hover { background: var(--raised); } .case:focus-visible { outline-offset: -2px; }
.case[aria-current] { background: var(--blue-wash); box-shadow: inset 3px 0 0 var(--blue); }
.case .opening { color: var(--soft); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.case .id { font-family: ui-monospace, monospace; font-size: .82rem; overflow-wrap: anywhere; } .case .moved { font-size: .86rem; overflow-wrap: anywhere; }
.case .mark { font-size: .82rem; font-weight: 600; white-space: nowrap; }
.broken, .wrong { color: var(--orange); } .fixed, .right { color: var(--blue); }
#pager { display: flex; gap: .6rem; justify-content: center; margin: .8rem 0; }

#reader { margin: 0 0 0 auto; padding: 0; width: min(50rem, 100vw); max-width: none; height: 100dvh; max-height: none; border: 0; border-left: 1px solid var(--line); background: var(--panel); color: var(--ink); }
#reader[open] { display: flex; flex-direction: column; }
#reader::backdrop { background: #0008; }
#reader header { display: flex; gap: .5rem; align-items: center; padding: .7rem 1.1rem; border-bottom: 1px solid var(--line); }
#reader header > div { flex: 1; min-width: 0; } #reader header h2 { font: 600 1.05rem ui-monospace, monospace; margin: 0; } #reader header p { margin: 0; font-size: .84rem; }
#reader-place { font-size: .84rem; white-space: nowrap; }
#reader-body { overflow-y: auto; padding: .8rem 1.1rem 3rem; flex: 1; } #reader-body:focus-visible { outline: none; box-shadow: inset 3px 0 0 var(--blue); }
#reader .plain td { white-space: normal; overflow-wrap: normal; }
#reader-body h3 { margin: 1.3rem 0 .4rem; font-size: .92rem; }
#reader-body td.wrong, #reader-body td.broken, #reader-body td.right, #reader-body td.fixed { font-weight: 600; }
.differs { color: var(--orange); font-weight: 600; }
.note { border-left: 3px solid var(--blue); background: var(--blue-wash); padding: .4rem .7rem; border-radius: 0 5px 5px 0; margin: .9rem 0 0; unicode-bidi: isolate; }
.raw { margin: 0 0 .5rem; padding: .5rem .7rem; background: var(--raised); border: 1px solid var(--line); border-radius: 5px; font: .82rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 16rem; overflow: auto; unicode-bidi: isolate; }
.conversation { list-style: none; margin: 0; padding: 0; }
.message { padding: .45rem .8rem .6rem; margin: 0 0 .5rem; border-radius: 8px; border: 1px solid var(--line); }
.message.user { background: var(--raised); margin-right: 2.2rem; } .message.assistant { margin-left: 2.2rem; }
.message.marked { border-left: 4px solid var(--mark); background: var(--blue-wash); }
.role { font-size: .76rem; color: var(--soft); margin: 0 0 .15rem; } .pin { margin-left: .5rem; color: var(--blue); font-weight: 600; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; max-width: 68ch; }
.control { font: .8em ui-monospace, monospace; color: var(--orange); border: 1px dotted currentColor; border-radius: 3px; padding: 0 .15em; unicode-bidi: isolate; }
@media (max-width: 48rem) { .case { grid-template-columns: 4.6rem minmax(0, 1fr); } .case .moved, .case .opening { grid-column: 1 / -1; } .message.user { margin-right: .8rem; } .message.assistant { margin-left: .8rem; } #reader header { padding: .6rem .8rem; } #reader-body { padding: .6rem .8rem 3rem; } #filters label { flex: 1 1 8rem; } #filters select { width: 100%; max-width: none; } }
@media print { #reader { display: none !important; } .case .opening { white-space: normal; } }
`;
