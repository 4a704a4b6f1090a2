/** The stylesheet of every page; colours keep a contrast of at least 4.5 to 1 in light and in dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f8; --paper: #ffffff; --ink: #1b1f2a; --quiet: #565d6d; --line: #c9ced9;
  --accent: #1b4fd0; --on-accent: #ffffff; --bad: #a8201a; --bad-ground: #fdeceb; --note: #fff3c9; --on-note: #4a3800;
  --good: #17643a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14161c; --paper: #1e2129; --ink: #eceef4; --quiet: #aab1c1; --line: #454b5a;
    --accent: #8fb0ff; --on-accent: #10182c; --bad: #ffb3ad; --bad-ground: #43201e; --note: #3d3410; --on-note: #ffeeb0;
    --good: #8edcb0;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); }
code, .number { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere; }
.banner { margin: 0; padding: .5rem 1rem; background: var(--note); color: var(--on-note); text-align: center; font-size: .9rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
.good { color: var(--good); } .bad { color: var(--bad); }
.summary { padding: .75rem 0 1rem; }
.summary p { margin: 0; overflow-wrap: anywhere; }
.summary .amount { font-size: 1.75rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 0 0 1rem; min-width: 0; }
.narrow { max-width: 30rem; }
.columns { display: grid; gap: 1rem; align-items: start; }
@media (min-width: 56rem) { .columns { grid-template-columns: 1fr 1fr; } .card { padding: 1.75rem; } }
.field { margin: 0 0 1rem; min-width: 0; }
label { display: block; font-weight: 600; margin: 0 0 .25rem; }
input:not([type="checkbox"]), select {
  width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--quiet); border-radius: .5rem; font-variant-numeric: tabular-nums;
}
input[aria-invalid="true"] { border: 2px solid var(--bad); }
.row { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .75rem; align-items: end; }
.row .field:has(.problem) { align-self: start; }
.row:has(.problem) { align-items: start; }
@media (max-width: 24rem) { .row label { font-size: .9rem; } }
.problem { color: var(--bad); margin: .25rem 0 0; font-size: .9rem; overflow-wrap: anywhere; }
.alert { background: var(--bad-ground); color: var(--bad); border-radius: .5rem; padding: .75rem 1rem; margin: 0 0 1.25rem; }
.alert p { margin: 0; } .alert ul { margin: .25rem 0 0; padding-left: 1.25rem; } .alert a { color: inherit; }
.check { display: flex; gap: .6rem; align-items: flex-start; }
.check input { width: 1.25rem; height: 1.25rem; margin: .15rem 0 0; flex: none; accent-color: var(--accent); }
.check label { font-weight: 400; margin: 0; }
::placeholder { color: var(--quiet); opacity: 1; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0 0; }
@media (max-width: 32rem) { .actions > * { flex: 1 1 100%; } }
.stack { display: grid; gap: .75rem; margin: 1rem 0; }
.stack .field { margin: 0; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit;
  font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .5rem;
  text-decoration: none; text-align: center; cursor: pointer;
}
.plain { color: var(--accent); background: transparent; border-color: var(--line); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.cards { list-style: none; margin: 0; padding: 0; }
.cards li { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 1rem; padding: .6rem 0; border-top: 1px solid var(--line); }
.cards .number { grid-column: 1; white-space: nowrap; }
.cards li > span:nth-child(2) { grid-column: 1; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
.cards a { grid-column: 2; grid-row: 1 / span 2; align-self: center; display: inline-flex; align-items: center; min-height: 2.75rem; }
.plan { display: grid; gap: .75rem; align-items: end; margin: 0 0 1rem; }
.plan .field { margin: 0; }
@media (min-width: 44rem) { .plan.wishes { grid-template-columns: 1fr 14rem 14rem auto; } .plan.wishes .field:only-of-type { grid-column: 1 / span 3; } }
@media (min-width: 44rem) { .plan:not(.wishes) { grid-template-columns: 9rem 1fr 5rem 7rem 12rem auto; } }
.wide { overflow-x: auto; }
.wide + .plan, .plan + .plan { margin-top: 1.5rem; }
.snug td.text { min-width: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--line); white-space: nowrap; }
td.text { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
thead th { border-top: 0; color: var(--quiet); font-weight: 600; }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; min-height: 2rem; overflow-wrap: anywhere; }
details pre { overflow-x: auto; background: var(--ground); border-radius: .5rem; padding: .75rem; font-size: .8rem; margin: .5rem 0; }
@media (prefers-reduced-motion: no-preference) { button, .button { transition: filter .12s; } button:hover, .button:hover { filter: brightness(1.08); } }
`.trimStart();
