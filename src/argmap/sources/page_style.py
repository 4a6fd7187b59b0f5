"""The look of the coverage page: nothing is told by colour alone, and whatever has the focus shows it."""

STYLE = """\
:root { color-scheme: light; --ink: #1c1c1c; --soft: #595959; --line: #767676; --mark: #fdeeb0;
  --hit: #0b57d0; }
* { box-sizing: border-box; }
html { scroll-behavior: auto; }
body { margin: 0; color: var(--ink); background: #fff; font: 1rem/1.55 Georgia, "Times New Roman", serif; }
header, main { padding: 0 1.5rem; }
header p { max-width: 60rem; margin: .3rem 0; }
h1 { font-size: 1.5rem; margin: 1rem 0 .5rem; }
h2 { font-size: 1.15rem; margin: 1rem 0 .5rem; }
h1, h2, .number, label, .rests, .ref, .box-link, .skip { font-family: Arial, Helvetica, sans-serif; }
a { color: var(--hit); }
.skip { position: absolute; left: -100vw; top: 0; background: #fff; padding: .5rem 1rem; z-index: 2; }
.skip:focus { left: 0; }
a:focus-visible, input:focus-visible, .drawing:focus-visible, [tabindex="-1"]:focus-visible {
  outline: 3px solid var(--hit); outline-offset: 2px; border-radius: 2px; }
main { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 2rem; align-items: start; }
.beside { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding-bottom: 2rem; }
.texts { padding-bottom: 4rem; }
.used, .over { position: relative; padding-left: 3.2rem; margin: 0 0 .8rem; scroll-margin-top: 1rem; }
.used p, .over p { margin: 0; padding-left: .8rem; max-width: 38rem; overflow-wrap: anywhere; }
.used p { border-left: 4px solid var(--ink); }
.over p { border-left: 2px dotted var(--line); color: var(--soft); }
.number { position: absolute; left: 0; width: 2.6rem; text-align: right; color: var(--soft); font-size: .8rem;
  line-height: 1.9; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.passage { color: inherit; text-decoration: underline; text-decoration-thickness: 1px;
  text-underline-offset: 3px; }
.passage.twice { text-decoration-style: double; }
mark { background: var(--mark); color: inherit; }
.passage:hover mark, .ref:hover { background: #f9d24d; }
.ref { font-size: .75rem; margin-left: .2rem; white-space: nowrap; }
.start { scroll-margin-top: 40vh; }
.start:target { border-left: .45rem solid var(--hit); margin-right: .15rem; }
.drawing { border: 1px solid var(--line); overflow: auto; max-height: 60vh; margin-top: .4rem;
  background: #fff; }
.drawing svg { display: block; width: 100%; height: auto; }
#actual:checked ~ .drawing svg { width: auto; }
label { font-size: .85rem; }
.drawing a { cursor: pointer; }
.drawing g:target, .drawing a:focus-visible { outline: 3px solid var(--hit); outline-offset: 3px; }
ol { padding-left: 2.4rem; }
ol > li { margin-bottom: .7rem; padding: .1rem .4rem; scroll-margin-top: 2rem; overflow-wrap: anywhere; }
ol > li:target { box-shadow: inset 4px 0 0 var(--hit); background: #eef3fc; }
ol p { margin: 0; }
.rests { list-style: none; padding: 0; margin: 0; font-size: .8rem; color: var(--soft); }
.rests li { display: inline; margin-right: .7rem; }
.box-link { font-size: .8rem; }
@media (max-width: 60rem) { main { display: block; } .beside { position: static; max-height: none; } }
@media print { .skip { display: none; } .drawing, .beside { overflow: visible; max-height: none; }
  .beside { position: static; } }
@media (forced-colors: active) { mark { background: Mark; color: MarkText; } }
"""
