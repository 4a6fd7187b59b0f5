// The live page: text on the left, picture on the right, both about the same statement.

import { differing, makeEditor } from "./editor";
import { makePicture } from "./picture";
import { Unanswered, ask } from "./backend";
import type { Checked, Conflict, Choices, Drawing, Opened } from "./backend";

const $ = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const dark = matchMedia("(prefers-color-scheme: dark)");
// VS Code says by itself which colours it has.
const isDark = () => {
  const kind = document.body.dataset.vscodeThemeKind;
  return kind ? /dark$|contrast$/.test(kind) : dark.matches;
};
const POLL = 600;

let opened: Opened;
let stamp = "";
let saved = "";
let conflict: Conflict | null = null;
let checked: Checked | null = null;
/** The text that was checked, and how many edits there had been; an edit says where a place has gone. */
let checkedText = "";
let checkedAt = 0;
const edits: ((at: number) => number)[] = [];
let drawn: Drawing | null = null;
/** What was asked for the picture that is shown. */
let shown: { text: string } | null = null;
let isPartial = false;
let wantsOverview = false;
// How the picture is laid out, chosen for about so many statements: kept, so that what did not change does not move.
let kept: { choices: Choices | null; count: number } = { choices: null, count: 0 };
const withdrawn = new Set<string>();
const assumed = new Set<string>();
const folded = new Set<string>();

function say(words: string) {
  $("notice").textContent = words;
  $("notice").hidden = !words;
}

const heard = { faults: "", verdicts: "" };
/** Says something to a screen reader, where it is news. */
function hear(words: string, about: "faults" | "verdicts" = "faults") {
  if (heard[about] !== words) $("heard").textContent = words;
  heard[about] = words;
}

/** Runs one at a time; of what is asked for meanwhile only the last. What goes wrong is said, once. */
function latest(run: () => Promise<void>): () => void {
  let isBusy = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isBusy) return;
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      try {
        await run();
      } catch (error) {
        say(error instanceof Unanswered ? error.message : `The page has a fault: ${error}`);
      }
    }
    isBusy = false;
  };
}

const picture = makePicture($("frame"), $("stage"), {
  chosen: (statement) => choose(statement, false),
  asked: (statement) => suppose(statement, withdrawn, assumed),
  text(statement) {
    const found = picture.element(statement);
    pane("text");
    if (found?.span) goTo(found.span.from, true);
  },
});
const editor = makeEditor($("editor"), {
  changed(now) {
    edits.push(now);
    picture.follow(now);
    showSaved();
    check();
  },
  moved,
  save: () => save(),
  format: () => format(),
  say,
});

function choose(statement: string, revealed: boolean) {
  if (revealed) picture.light(statement, true);
  const found = picture.element(statement);
  if (found?.span) goTo(found.span.from, false);
  about(statement);
}

function moved(at: number, isTyping: boolean) {
  const found = picture.at(at);
  picture.light(found?.statement ?? null, !isTyping);
  if (found?.statement) about(found.statement);
}

function goTo(at: number, focus: boolean) {
  editor.goTo(at, focus && !opened.follows);
  if (opened.follows) ask("reveal", { text: editor.text(), at, focus }).catch(() => null);
}

// -- checking and drawing --

const check = latest(async () => {
  const [text, at] = [editor.text(), edits.length];
  // Most edits leave a map in order: then the picture comes first, and what was found after it.
  if (checked?.ok && drawn && text.trim()) await paint(text, at, false).catch(() => null);
  const found = await ask("check", { text });
  if (!checked) wantsOverview = found.ids.length > opened.overview;
  if (!text.trim()) found.diagnostics = []; // not begun yet
  [checked, checkedText, checkedAt] = [found, text, at];
  isPartial &&= !found.ok;
  for (const chosen of [withdrawn, assumed, folded])
    for (const id of chosen) if (!found.ids.includes(id)) chosen.delete(id);
  showLooks(found.holders);
  if (shown?.text !== text) draw(); // it is drawn while the page shows what was found
  if (text !== editor.text()) return check();
  editor.show(found);
  showFaults(found);
});

export const draw = latest(async () => {
  if (!checked) return;
  const [text, at] = [checkedText, checkedAt];
  $("stage").hidden = !text.trim();
  const wantsPartial = isPartial || (drawn === null && !checked.ok && checked.ids.length > 0);
  const isStale = !checked.ok && !wantsPartial;
  document.body.classList.toggle("stale", isStale && drawn !== null);
  $("stale").hidden = !isStale || drawn === null || checked.ids.length === 0;
  if (!isStale && checked.ids.length) await paint(text, at, wantsPartial);
});

let paintings = 0;
/** Shows the picture of a text, of which there had been so many edits. */
async function paint(text: string, at: number, partial: boolean) {
  const [count, painting] = [checked?.ids.length ?? 0, ++paintings];
  const look = $<HTMLSelectElement>("look").value;
  const theme = $<HTMLSelectElement>("theme").value || (isDark() && opened.themes.includes("dark") ? "dark" : "");
  const grown = count / Math.max(1, kept.count);
  const isKept = grown > 2 / 3 && grown < 1.5 && !wantsOverview;
  const layout = $<HTMLSelectElement>("layout").value;
  const asked = {
    text,
    partial,
    withdraw: [...withdrawn],
    assume: [...assumed],
    fold: [...folded],
    standing: look === "standing",
    overview: wantsOverview,
    legend: $<HTMLInputElement>("legend").checked,
    ...(look.startsWith("holder:") && !withdrawn.size && !assumed.size ? { holder: look.slice(7) } : {}),
    ...(theme ? { theme } : {}),
    ...(layout ? { layout } : {}),
  };
  const found = await ask("draw", { ...asked, ...(isKept ? { keep: kept.choices } : {}) });
  if (painting !== paintings) return; // another was asked for meanwhile
  [drawn, shown] = [found.drawing, asked];
  for (const now of edits.slice(at))
    for (const each of drawn.elements) each.span &&= { from: now(each.span.from), to: now(each.span.to) };
  kept = { choices: drawn.choices, count: isKept ? kept.count : count };
  if (wantsOverview) {
    // From here on the reader unfolds what they want to see.
    wantsOverview = false;
    folded.clear();
    for (const each of drawn.elements) if (each.is_folded && each.statement) folded.add(each.statement);
  }
  $("unfold").hidden = !folded.size;
  say("");
  const verdict = (name = "") => name.split("; ").at(-1);
  const turned = drawn.elements.filter((each) => each.kind === "statement" && each.statement !== null
    && verdict(each.name) !== verdict(picture.element(each.statement)?.name ?? each.name));
  if (turned.length) hear(turned.map((each) => each.name).join(". "), "verdicts");
  $("stage").classList.toggle("supposing", look !== "" || withdrawn.size + assumed.size > 0);
  picture.show(drawn);
  const first = drawn.elements.find((each) => each.kind === "statement");
  const here = (picture.at(editor.view.state.selection.main.head) ?? first)?.statement;
  if (here && (opened.follows || !$("stage").contains(document.activeElement))) {
    picture.light(here);
    $("about").dataset.statement = here;
  }
  showSupposed(drawn);
  showOutline();
}

function suppose(statement: string, to: Set<string>, other: Set<string>) {
  other.delete(statement);
  if (!to.delete(statement)) to.add(statement);
  draw();
}

// -- what is shown beside --

function showFaults(found: Checked) {
  const count = (severity: string) => found.diagnostics.filter((each) => each.severity === severity).length;
  const parts = [["error", count("error")], ["warning", count("warning")], ["note", count("note")]] as const;
  const words = parts.filter(([, n]) => n).map(([word, n]) => `${n} ${word}${n > 1 ? "s" : ""}`).join(", ");
  $("faults").textContent = words || "No faults";
  const first = found.diagnostics.find((each) => each.severity !== "note");
  hear(first ? `${words}: ${first.message}` : "No faults");
  $("faults").classList.toggle("bad", !found.ok && words !== "");
  const fixes = found.diagnostics.filter((each) => each.fix?.safe).length;
  $("fix").hidden = !fixes;
  $("fix").textContent = fixes === 1 ? "Apply 1 fix" : `Apply ${fixes} fixes`;
}

function showLooks(holders: string[]) {
  const look = $<HTMLSelectElement>("look");
  const chosen = look.value;
  const options = [["", "as written"], ["standing", "what stands"], ...holders.map((name) => [`holder:${name}`, `as seen by ${name}`])];
  look.replaceChildren(...options.map(([value, words]) => new Option(words, value)));
  look.value = options.some(([value]) => value === chosen) ? chosen : "";
}

/** Shows what is known of a statement; the buttons are about it at once, its words follow. */
async function about(statement: string) {
  const found = picture.element(statement);
  if (!found?.span) return;
  $("about").dataset.statement = statement;
  $("falls").setAttribute("aria-pressed", String(withdrawn.has(statement)));
  $("stands").setAttribute("aria-pressed", String(assumed.has(statement)));
  $("fold").textContent = folded.has(statement) ? "Unfold what is under it" : "Fold what is under it";
  const text = editor.text();
  const { hover } = await ask("hover", { text, at: found.span.to, withdraw: [...withdrawn], assume: [...assumed] }).catch(() => ({ hover: null }));
  if (!hover || $("about").dataset.statement !== statement) return;
  $("chosen").textContent = hover.lines[0] ?? "";
  $("words").replaceChildren(...hover.lines.slice(1).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function showSupposed(found: Drawing) {
  const chip = (id: string, word: string, from: Set<string>) => {
    const name = picture.element(id)?.name.split(" ")[0] ?? id;
    const button = Object.assign(document.createElement("button"), { textContent: `${name} ${word} ×` });
    button.onclick = () => { from.delete(id); draw(); };
    return button;
  };
  $("supposed").replaceChildren(
    ...[...withdrawn].map((id) => chip(id, "withdrawn", withdrawn)),
    ...[...assumed].map((id) => chip(id, "assumed", assumed)),
  );
  const isHolder = $<HTMLSelectElement>("look").value.startsWith("holder:") && !withdrawn.size && !assumed.size;
  const sentences = isHolder && !found.sentences.length ? ["No clashes and no debts."] : found.sentences;
  $("sentences").replaceChildren(...sentences.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  const statement = $("about").dataset.statement;
  if (statement) about(statement);
}

/** The same map as a nested list, for readers to whom a picture says nothing. */
function showOutline() {
  if (!$<HTMLDetailsElement>("list").open) return;
  const list = (above: string): HTMLElement[] => {
    const items = picture.below(above).map((statement) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: picture.element(statement)?.name ?? "" });
      button.onclick = () => choose(statement, true);
      item.append(button, ...list(statement));
      return item;
    });
    const found = document.createElement("ul");
    found.append(...items);
    return items.length ? [found] : [];
  };
  $("outline").replaceChildren(...list(""));
}

// -- the file --

const isChanged = () => !opened.follows && editor.text() !== saved;
function showSaved() {
  $("save").textContent = isChanged() ? "Save" : "Saved";
  document.title = `${isChanged() ? "• " : ""}${opened.name}`;
}
function showConflict(found: Conflict | null) {
  conflict = found;
  $("conflict").hidden = found === null;
  if (!found) return;
  const [from, end] = differing(editor.text(), found.text);
  const theirs = Object.assign(document.createElement("mark"), { textContent: found.text.slice(from, found.text.length - end) });
  $("other").replaceChildren(found.text.slice(0, from), theirs, found.text.slice(found.text.length - end) || (found.text ? "" : "(the file is gone, or empty)"));
  theirs.scrollIntoView({ block: "nearest" });
}
const save = latest(async () => {
  const text = editor.text();
  const found = await ask("save", { text, stamp });
  if (found.conflict) return showConflict(found.conflict);
  stamp = found.stamp ?? stamp;
  saved = text;
  showConflict(null);
  say("");
  showSaved();
});
const poll = latest(async () => {
  const found = await ask("poll", { stamp: conflict?.stamp ?? stamp });
  if (found.stamp === undefined || found.text === undefined) return;
  if (isChanged() && found.text !== editor.text()) return showConflict({ text: found.text, stamp: found.stamp });
  [stamp, saved] = [found.stamp, found.text];
  editor.replace(found.text);
  showConflict(null);
  showSaved();
});
/** The text is an editor's: do at once what it does. */
async function follow() {
  for (let caret = -1; ; ) {
    try {
      const found = await ask("poll", { stamp, caret });
      if (found.text !== undefined) {
        [stamp, saved] = [found.stamp ?? stamp, found.text];
        editor.replace(found.text);
        say("");
      }
      if (found.caret === undefined || found.caret === caret) continue;
      caret = found.caret;
      editor.goTo(caret, false);
      moved(caret, found.text !== undefined);
    } catch {
      say("The editor no longer answers: open this page from it again.");
      await new Promise((done) => setTimeout(done, POLL));
    }
  }
}
const format = latest(async () => editor.replace((await ask("format", { text: editor.text() })).text));
const fix = latest(async () => editor.replace((await ask("fix", { text: editor.text() })).text));

// -- taking the picture along --

/** The picture that is shown, as the command writes it into a file. */
async function svg(): Promise<Blob> {
  if (!shown) throw new Unanswered("There is no picture yet.");
  const { drawing } = await ask("draw", { ...shown, file: true });
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${drawing.svg}`], { type: "image/svg+xml" });
}
async function png(): Promise<Blob> {
  const url = URL.createObjectURL(await svg());
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const twice = Math.min(2, 8000 / Math.max(image.width, image.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width * twice, height: image.height * twice });
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}
export function download(blob: Blob, suffix: string) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: opened.name.replace(/\.[^.]*$/, "") + suffix }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
/** The map in another format, as a file. */
async function write(format: string) {
  const found = await ask("export", { ...shown, text: editor.text(), format });
  const data = found.base64 ? Uint8Array.from(atob(found.base64), (each) => each.charCodeAt(0)) : found.text ?? "";
  download(new Blob([data]), found.suffix);
  say(found.losses.length ? `Not everything could be carried over: ${found.losses.join("; ")}.` : "");
}

// -- the page --

function pane(name: string) {
  document.body.dataset.pane = name;
  for (const button of document.querySelectorAll<HTMLElement>("#panes button"))
    button.setAttribute("aria-pressed", String(button.dataset.pane === name));
}
function onClick(id: string, run: () => void) {
  $(id).addEventListener("click", run);
}
const chosen = (run: (statement: string) => void) => () => {
  const statement = $("about").dataset.statement;
  if (statement) run(statement);
};
onClick("save", save);
onClick("format", format);
onClick("fix", fix);
onClick("faults", editor.faults);
onClick("smaller", () => picture.zoom(1 / 1.25));
onClick("larger", () => picture.zoom(1.25));
onClick("fit", picture.fit);
onClick("falls", chosen((statement) => suppose(statement, withdrawn, assumed)));
onClick("stands", chosen((statement) => suppose(statement, assumed, withdrawn)));
onClick("fold", chosen((statement) => { if (!folded.delete(statement)) folded.add(statement); draw(); }));
onClick("partial", () => { isPartial = true; draw(); });
onClick("mine", () => { if (conflict) stamp = conflict.stamp; showConflict(null); save(); });
onClick("theirs", () => {
  if (!conflict) return;
  [stamp, saved] = [conflict.stamp, conflict.text];
  editor.replace(conflict.text);
  showConflict(null);
  showSaved();
});
/** What goes wrong is said. */
const tried = (run: () => Promise<void>) => () => void run().catch((error) => say(error instanceof Unanswered ? error.message : String(error)));
onClick("svg", tried(async () => download(await svg(), ".svg")));
onClick("png", tried(async () => download(await png(), ".png")));
for (const format of ["pdf", "html"]) onClick(format, tried(() => write(format)));
onClick("copy", async () => {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png() })]);
    say("The picture is copied.");
  } catch {
    say("This browser does not let a page copy pictures; save it as PNG.");
  }
});
onClick("print", () => print());
$("write").addEventListener("change", tried(async () => {
  const { value } = $<HTMLSelectElement>("write");
  $<HTMLSelectElement>("write").value = "";
  await write(value);
}));
onClick("overview", () => { wantsOverview = true; draw(); });
onClick("unfold", () => { folded.clear(); kept = { choices: null, count: 0 }; draw(); });
$("list").addEventListener("toggle", showOutline);
$("layout").addEventListener("change", () => { kept = { choices: null, count: 0 }; });
for (const id of ["look", "theme", "layout", "legend"]) $(id).addEventListener("change", () => draw());
for (const button of document.querySelectorAll<HTMLElement>("#panes button"))
  button.addEventListener("click", () => pane(button.dataset.pane ?? "text"));
dark.addEventListener("change", () => draw());
const find = $<HTMLInputElement>("find");
find.addEventListener("input", () => {
  const count = picture.find(find.value, false);
  say(find.value.trim() ? `${count} found` : "");
});
find.addEventListener("keydown", (event) => { if (event.key === "Enter") { picture.find(find.value, true); find.focus(); } });
addEventListener("keydown", (event) => {
  const target = event.target as HTMLElement;
  if (event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    if (!opened.follows) save();
  } else if (event.key === "/" && !target.closest(".cm-editor, input, select")) {
    event.preventDefault();
    find.focus();
  } else if (event.key === "Escape" && !target.closest(".cm-editor")) {
    find.value = "";
    picture.find("", false);
    say("");
    if (withdrawn.size || assumed.size) { withdrawn.clear(); assumed.clear(); draw(); }
  }
});
// A menu closes when it is left.
for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu")) {
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary")?.focus(); event.preventDefault(); } });
  addEventListener("pointerdown", (event) => { if (!menu.contains(event.target as Node)) menu.open = false; });
}
addEventListener("beforeunload", (event) => { if (isChanged()) event.preventDefault(); });

/** Puts a map into the page, in the place of the one before. */
function load(found: Opened) {
  opened = found;
  [stamp, saved] = [found.stamp, found.text];
  [checked, drawn, shown, kept] = [null, null, null, { choices: null, count: 0 }];
  for (const chosen of [withdrawn, assumed, folded]) chosen.clear();
  picture.clear();
  delete $("about").dataset.statement;
  for (const id of ["words", "sentences", "supposed", "outline"]) $(id).replaceChildren();
  $("name").textContent = found.name;
  $("editor").inert = false; // what was written before would be lost
  $("all").hidden = !found.listed;
  $("pdf").hidden = !found.pdf;
  $("theme").replaceChildren(new Option("automatic", ""), ...found.themes.map((name) => new Option(name, name)));
  if (editor.text() === found.text) check();
  else editor.replace(found.text, false);
  editor.goTo(0, false);
  showConflict(null);
  showSaved();
}

async function open() {
  load(await ask("open"));
  if (opened.follows) {
    document.body.classList.add("follows");
    pane("picture");
    return follow();
  }
  setInterval(() => { if (!document.hidden) poll(); }, POLL);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
  editor.view.focus();
}

export interface Page {
  load: (found: Opened) => void;
  text: () => string;
  name: () => string;
  isChanged: () => boolean;
  goTo: (at: number) => void;
  say: (words: string) => void;
}

/** Opens the map; the page is connected by then. */
export function start(): Page {
  open().catch((error) => say(error instanceof Unanswered ? error.message : String(error)));
  return { load, say, isChanged, text: editor.text, name: () => opened.name, goTo: (at) => editor.goTo(at, true) };
}
