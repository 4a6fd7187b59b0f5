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

let opened: Opened = { name: "argmap", text: "", stamp: "", themes: [], overview: 0 };
let stamp = "";
let saved = "";
let conflict: Conflict | null = null;
let checked: Checked | null = null;
/** The text that was checked, and how many edits there had been; an edit says where a place has gone. */
let checkedText = "";
let checkedAt = 0;
const edits: ((at: number) => number)[] = [];
let drawn: Drawing | null = null;
/** What was asked for the picture that is shown, and of how many edits its text came. */
let shown: { text: string; partial: boolean } | null = null;
let shownAt = 0;
/** The texts since, each with how many edits there had been. They are too many to check one by one; one may be the last good one. */
let passed: { text: { toString(): string }; at: number }[] = [];
const MOST_PASSED = 40;
const LONGEST_PASSED = 2_000_000;
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
  let failed = "";
  return async () => {
    isWanted = true;
    if (isBusy) return;
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      try {
        await run();
        if (failed && $("notice").textContent === failed) say(""); // it is past
        failed = "";
      } catch (error) {
        failed = error instanceof Unanswered ? error.message : `The page has a fault: ${error}`;
        say(failed);
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
    passed = [...passed.slice(1 - MOST_PASSED), { text: editor.view.state.doc, at: edits.length }];
    picture.follow(now);
    say("");
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
  $("about").scrollTop = 0;
  about(statement);
}

let moves = 0;
async function moved(at: number, isTyping: boolean) {
  const move = ++moves;
  // A line that speaks of a statement by its label is about that one, wherever it is written.
  const { definition } = isTyping || !drawn ? { definition: null } : await ask("place", { text: editor.text(), at }).catch(() => ({ definition: null }));
  if (move !== moves) return; // it has moved on
  const found = picture.at(definition?.from ?? at);
  picture.light(found?.statement ?? null, !isTyping);
  if (found?.statement) about(found.statement);
}

function goTo(at: number, focus: boolean) {
  editor.goTo(at, focus && !opened.follows);
  if (opened.follows) ask("reveal", { text: editor.text(), at, focus }).catch(() => null);
}

// -- checking and drawing --

const check = latest(async () => {
  const [text, at, map] = [editor.text(), edits.length, opened];
  // Most edits leave a map in order: then the picture comes first, and what was found after it.
  if (checked?.ok && drawn && text.trim()) await paint(text, at, false).catch(() => null);
  const found = await ask("check", { text });
  if (map !== opened) return check(); // another was opened meanwhile
  if (!checked) wantsOverview = found.ids.length > opened.overview;
  if (!text.trim()) found.diagnostics = []; // not begun yet
  [checked, checkedText, checkedAt] = [found, text, at];
  isPartial &&= !found.ok;
  for (const chosen of [withdrawn, assumed, folded])
    for (const id of chosen) if (!found.ids.includes(id)) chosen.delete(id);
  showLooks(found.holders);
  // It is drawn while the page shows what was found.
  if (shown?.text !== text || document.body.classList.contains("stale")) draw();
  if (text !== editor.text()) return check();
  editor.show(found);
  showFaults(found);
});

export const draw = latest(async () => {
  if (!checked) return;
  // The picture may be of a newer text than what was found.
  const [text, at, isGood] = shown && shownAt > checkedAt ? [shown.text, shownAt, !shown.partial] : [checkedText, checkedAt, checked.ok];
  if (!text.trim()) clear();
  else if (!isGood && !isPartial) await paintPassed(at);
  passed = passed.filter((each) => each.at > at);
  const wantsPartial = !isGood && (isPartial || !shown || shown.partial);
  const isStale = !isGood && !wantsPartial;
  document.body.classList.toggle("stale", isStale);
  $("stale").hidden = isGood || checked.ids.length === 0;
  $("stale-words").textContent = isStale ? "The text has errors, so this is the last good picture." : "The text has errors. This is what was understood of it.";
  $("partial").hidden = !isStale;
  if (!isStale && checked.ids.length) await paint(text, at, wantsPartial);
});

/** Of the texts that passed before one with errors, shows the last good one. */
async function paintPassed(before: number) {
  const found = passed.filter(({ at }) => at > shownAt && at < before).reverse();
  const texts = found.map(({ text }) => text.toString());
  if (texts.join("").length > LONGEST_PASSED) texts.length = 1;
  const { number } = texts.length ? await ask("good", { texts }) : {};
  if (number !== undefined) await paint(texts[number]!, found[number]!.at, false);
}

/** Takes the picture away, and what is said of it. */
function clear() {
  [drawn, shown, shownAt] = [null, null, checkedAt];
  paintings++; // what is being drawn is of the text before
  picture.clear();
  forget();
  for (const id of ["sentences", "supposed", "outline"]) $(id).replaceChildren();
}

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
    ...(look.startsWith("holder:") ? { holder: look.slice(7) } : {}),
    ...(theme ? { theme } : {}),
    ...(layout ? { layout } : {}),
  };
  const found = await ask("draw", { ...asked, ...(isKept ? { keep: kept.choices } : {}) });
  if (painting !== paintings || at < shownAt) return; // another was asked for meanwhile
  [drawn, shown, shownAt] = [found.drawing, asked, at];
  for (const now of edits.slice(at))
    for (const each of drawn.elements) each.span &&= { from: now(each.span.from), to: now(each.span.to) };
  kept = { choices: drawn.choices, count: isKept ? kept.count : count };
  if (wantsOverview) {
    // From here on the reader unfolds what they want to see.
    wantsOverview = false;
    folded.clear();
    for (const each of drawn.elements) if (each.is_folded && each.statement) folded.add(each.statement);
    if (!folded.size) say("The map is small enough to be seen whole: nothing is folded.");
  }
  $("unfold").hidden = !folded.size;
  const verdict = (name = "") => name.split("; ").at(-1);
  const turned = drawn.elements.filter((each) => each.kind === "statement" && each.statement !== null
    && verdict(each.name) !== verdict(picture.element(each.statement)?.name ?? each.name));
  if (turned.length) hear(turned.map((each) => each.name).join(". "), "verdicts");
  for (const { kind, statement, name } of drawn.elements)
    if (kind === "statement" && statement !== null) names.set(statement, /^\(\S+\)/.exec(name)?.[0] ?? `“${/^(\S+ ?){0,4}/.exec(name)![0].trim()}…”`);
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
  const look = $<HTMLSelectElement>("look");
  if (look.value.startsWith("holder:")) look.value = ""; // the two cannot be shown in one picture
  other.delete(statement);
  if (!to.delete(statement)) to.add(statement);
  redraw();
}

function unsuppose() {
  withdrawn.clear();
  assumed.clear();
}

// -- what is shown beside --

/** What each statement that was drawn is called: by its label, else by its first words. */
const names = new Map<string, string>();

/** More lines than these that stand right below others without a mark: an article was pasted. */
const MANY_LINES = 8;
let isProse = false;

function showFaults(found: Checked) {
  const wasProse = isProse;
  isProse = found.diagnostics.filter(({ code }) => code === "AM029").length > MANY_LINES;
  if (isProse && !wasProse) {
    say("This is running text. A map has a line for each point: a claim and, indented under it, its reasons (+) and objections (-). Quote the text under them with >.");
    $<HTMLDetailsElement>("help").open = true;
  }
  const count = (severity: string) => found.diagnostics.filter((each) => each.severity === severity).length;
  const parts = [["error", count("error")], ["warning", count("warning")], ["note", count("note")]] as const;
  const words = parts.filter(([, n]) => n).map(([word, n]) => `${n} ${word}${n > 1 ? "s" : ""}`).join(", ");
  $("faults").textContent = words || "No faults";
  const first = ["error", "warning"].flatMap((severity) => found.diagnostics.filter((each) => each.severity === severity))[0];
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

function forget() {
  delete $("about").dataset.statement;
  for (const id of ["chosen", "words"]) $(id).replaceChildren();
}

/** Shows what is known of a statement; the buttons are about it at once, its words follow. */
async function about(statement: string) {
  const found = picture.element(statement);
  if (!found?.span) return forget();
  $("about").dataset.statement = statement;
  $("falls").setAttribute("aria-pressed", String(withdrawn.has(statement)));
  $("stands").setAttribute("aria-pressed", String(assumed.has(statement)));
  $("fold").hidden = !folded.has(statement) && !picture.below(statement).length;
  $("fold").textContent = folded.has(statement) ? "Unfold what is under it" : "Fold what is under it";
  const text = editor.text();
  const { hover } = await ask("hover", { text, at: found.span.to, withdraw: [...withdrawn], assume: [...assumed] }).catch(() => ({ hover: null }));
  if (!hover || $("about").dataset.statement !== statement) return;
  $("chosen").textContent = hover.lines[0] ?? "";
  $("words").replaceChildren(...hover.lines.slice(1).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function showSupposed(found: Drawing) {
  const chip = (id: string, word: string, from: Set<string>) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${names.get(id) ?? id} ${word} ×` });
    button.onclick = () => { from.delete(id); redraw(); $("about").focus(); };
    return button;
  };
  $("supposed").replaceChildren(
    ...[...withdrawn].map((id) => chip(id, "withdrawn", withdrawn)),
    ...[...assumed].map((id) => chip(id, "assumed", assumed)),
  );
  const isHolder = $<HTMLSelectElement>("look").value.startsWith("holder:");
  const before = $("sentences").textContent;
  const sentences = isHolder && !found.sentences.length ? ["No clashes and no debts."] : found.sentences;
  $("sentences").replaceChildren(...sentences.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  if (sentences.length && $("sentences").textContent !== before) $("about").scrollTop = 0;
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
  $("save").textContent = stamp && !isChanged() ? "Saved" : "Save";
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

/** What goes wrong is said. */
const tried = (run: () => Promise<void>) => () => void run().catch((error) => say(error instanceof Unanswered ? error.message : String(error)));
const NOTHING = new Unanswered("There is no picture yet.");
/** Runs what takes the picture along; what goes wrong is said, and that it is an older picture. */
const taking = (run: () => Promise<void>) => tried(async () => {
  if (!shown) throw NOTHING;
  await run();
  if (document.body.classList.contains("stale")) say("The text has errors, so this is the last good picture.");
});

/** The picture that is shown, as the command writes it into a file. */
async function svg(): Promise<Blob> {
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
  say("");
}
/** The map in another format, as a file. */
async function write(format: string) {
  const isPicture = ["pdf", "html"].includes(format);
  const found = await ask("export", { ...shown, ...(isPicture ? {} : { text: editor.text() }), format });
  const data = found.base64 ? Uint8Array.from(atob(found.base64), (each) => each.charCodeAt(0)) : found.text ?? "";
  download(new Blob([data]), found.suffix);
  if (found.losses.length) say(`Not everything could be carried over: ${found.losses.join("; ")}.`);
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
onClick("fix", () => { fix(); editor.view.focus(); });
onClick("faults", editor.faults);
for (const [id, run] of Object.entries(editor.does)) onClick(id, () => { run(); editor.view.focus(); });
onClick("smaller", () => picture.zoom(1 / 1.25));
onClick("larger", () => picture.zoom(1.25));
onClick("fit", picture.fit);
onClick("falls", chosen((statement) => suppose(statement, withdrawn, assumed)));
onClick("stands", chosen((statement) => suppose(statement, assumed, withdrawn)));
onClick("fold", chosen((statement) => { if (!folded.delete(statement)) folded.add(statement); redraw(); }));
onClick("partial", () => { isPartial = true; redraw(); $("about").focus(); });
onClick("mine", () => { if (conflict) stamp = conflict.stamp; showConflict(null); save(); editor.view.focus(); });
onClick("theirs", () => {
  if (!conflict) return;
  [stamp, saved] = [conflict.stamp, conflict.text];
  editor.replace(conflict.text);
  showConflict(null);
  showSaved();
  editor.view.focus();
});
onClick("svg", taking(async () => download(await svg(), ".svg")));
onClick("png", taking(async () => download(await png(), ".png")));
for (const format of ["pdf", "html"]) onClick(format, taking(() => write(format)));
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
/** Another picture of the same text; what was said of the one before is past. */
function redraw() {
  say("");
  draw();
}
/** The next picture is another one: it is laid out and fitted anew. */
function anew() {
  kept = { choices: null, count: 0 };
  picture.fit();
}
onClick("overview", () => { wantsOverview = true; anew(); redraw(); });
onClick("unfold", () => { folded.clear(); anew(); redraw(); $("fit").focus(); });
$("list").addEventListener("toggle", showOutline);
$("layout").addEventListener("change", anew);
$("look").addEventListener("change", () => { if ($<HTMLSelectElement>("look").value !== "standing") unsuppose(); });
for (const id of ["look", "theme", "layout", "legend"]) $(id).addEventListener("change", redraw);
for (const button of document.querySelectorAll<HTMLElement>("#panes button"))
  button.addEventListener("click", () => pane(button.dataset.pane ?? "text"));
dark.addEventListener("change", () => draw());
const find = $<HTMLInputElement>("find");
find.addEventListener("input", () => {
  const count = picture.find(find.value, false);
  say(find.value.trim() ? `${count} found${folded.size ? ", not counting what is folded" : ""}` : "");
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
    if (withdrawn.size || assumed.size) { unsuppose(); draw(); }
  }
});
// What is chosen in these is done at once: a key opens the list first, and does not choose from it unseen.
for (const list of document.querySelectorAll<HTMLSelectElement>("#given, #write"))
  list.addEventListener("keydown", (event) => {
    if (["Tab", "Enter", " ", "Escape", "Shift"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    try { list.showPicker?.(); } catch { /* then by Space */ }
  });
// A menu closes when it is left.
for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu")) {
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary")?.focus(); event.preventDefault(); } });
  addEventListener("pointerdown", (event) => { if (!menu.contains(event.target as Node)) menu.open = false; });
}
addEventListener("beforeunload", (event) => { if (isChanged()) event.preventDefault(); });

/** What was written in this tab at this address, for when it is loaded again. */
export interface Draft { name: string; stamp: string; saved: string; text: string; hash: string }
const DRAFT = `argmap ${location.pathname}`;
export function draft(): Draft | null {
  try {
    const kept: Draft | null = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
    return kept?.hash === location.hash ? kept : null;
  } catch {
    return null; // a browser may keep nothing
  }
}
addEventListener("pagehide", () => {
  const now: Draft = { name: opened.name, stamp, saved, text: editor.text(), hash: location.hash };
  try {
    if (isChanged() || opened.taken) sessionStorage.setItem(DRAFT, JSON.stringify(now));
    else sessionStorage.removeItem(DRAFT);
  } catch { /* as above */ }
});

/** Puts a map into the page, in the place of the one before. */
function load(found: Opened) {
  opened = found;
  [stamp, saved] = [found.stamp, found.text];
  [checked, checkedAt, passed, kept] = [null, edits.length, [], { choices: null, count: 0 }];
  for (const chosen of [withdrawn, assumed, folded]) chosen.clear();
  clear();
  $<HTMLDetailsElement>("help").open = !found.text.trim();
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
  const kept = draft();
  load(await ask("open"));
  if (kept && kept.name === opened.name && kept.text !== kept.saved && !opened.follows) {
    editor.replace(kept.text);
    stamp = kept.stamp; // where the file is another by now, both are shown
  }
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
  open().catch((error) => {
    say(error instanceof Unanswered ? error.message : String(error));
    $("all").hidden = location.pathname.split("/").length < 4; // a map of a list has an address below it
  });
  return { load, say, isChanged, text: editor.text, name: () => opened.name, goTo: (at) => editor.goTo(at, true) };
}
