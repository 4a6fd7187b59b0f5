// The page of `argmap playground`: one file, with argmap itself in a worker. Nothing is sent anywhere.

import { Unanswered, ask, connect } from "./backend";
import type { Answers, Opened } from "./backend";
import { download, draft, start } from "./page";
import type { Parts, Said } from "./worker";

const $ = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const STAGES = ["Unpacking argmap", "Starting Python", "Loading argmap", "Ready"];
/** Seconds after which a picture is given up: the map is too large to wait for. */
const PATIENCE = 60;
/** The longest link, in characters: longer ones are cut off by some programs on the way. */
const LONGEST = 8192;
/** The largest map that a link may unpack to. */
const LARGEST = 1_000_000;

const given: Opened & { settings: object } = JSON.parse($("map").textContent ?? "");
const maps: { group: string; name: string; text: string }[] = JSON.parse($("maps-given").textContent ?? "");

// -- argmap in its worker --

interface Waiting { done: (answer: never) => void; fail: (error: Error) => void; clock?: ReturnType<typeof setTimeout> }
let worker: Worker | null = null;
let count = 0;
let waiting = new Map<number, Waiting>();

/** A part of argmap: from the page itself, or from the file beside it that it names. */
async function part(id: string): Promise<string | ArrayBuffer> {
  const { href } = $(id).dataset;
  if (!href) return $(id).textContent ?? "";
  const found = await fetch(href).catch(() => null);
  if (!found?.ok) throw new Error(`the file ${href} is missing beside this page`);
  return await found.arrayBuffer();
}

async function text(packed: string | ArrayBuffer): Promise<string> {
  const bytes = typeof packed === "string" ? Uint8Array.from(atob(packed), (each) => each.charCodeAt(0)) : packed;
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

async function begin() {
  show(0);
  const missing = [
    [typeof WebAssembly === "object", "WebAssembly"],
    [typeof Worker === "function", "workers"],
    [typeof DecompressionStream === "function", "DecompressionStream"],
    [typeof OffscreenCanvas === "function", "OffscreenCanvas"],
  ].filter(([there]) => !there).map(([, name]) => name);
  if (missing.length) throw new Error(`this browser has no ${missing.join(" and no ")}; use Chrome, Edge, Firefox or Safari of 2023 or later`);
  const code = await text(await part("worker")).catch(() => { throw new Error("the file is damaged, or was not downloaded whole"); });
  const script = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const parts: Parts = { wasm: await part("wasm"), library: await part("library"), argmap: await part("argmap"), settings: given.settings };
  const started = new Worker(script); // a module would not start in a page from a disk
  worker = started;
  started.onerror = (event) => broken(event.message || "its worker could not be started");
  started.onmessage = ({ data }: MessageEvent<Said>) => {
    if ("stage" in data) show(data.stage);
    else if ("broken" in data) broken(data.broken);
    else {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      clearTimeout(asked?.clock);
      const answer = JSON.parse(data.answer);
      if ("error" in answer) asked?.fail(new Unanswered(answer.error));
      else asked?.done(answer as never);
    }
  };
  started.postMessage(parts);
  for (const asked of early.splice(0)) asked(started);
}

const early: ((worker: Worker) => void)[] = [];
let isReady = false;

/** Says which part of starting has begun. */
function show(stage: number) {
  isReady = stage === STAGES.length - 1;
  if (isReady) for (const id of waiting.keys()) expect(id);
  $("starting").hidden = isReady;
  $("starting").classList.remove("broken");
  $("lines").hidden = isReady;
  $("progress").textContent = `${STAGES[stage]} (${stage + 1} of ${STAGES.length - 1}). You can write already; checking and the picture follow.`;
  document.querySelector("progress")!.value = stage;
  if (isReady) document.body.dataset.ready = "";
}

function expect(id: number) {
  const asked = waiting.get(id);
  if (asked) asked.clock = setTimeout(() => again(`this took more than ${PATIENCE} seconds, and was stopped: draw less of the map (Look, Main points only)`), PATIENCE * 1000);
}

/** Gives up what is being worked out, and starts argmap anew. */
function again(why: string) {
  const given_up = waiting;
  waiting = new Map();
  worker?.terminate();
  worker = null;
  for (const { fail, clock } of given_up.values()) { clearTimeout(clock); fail(new Unanswered(why)); }
  lines(page.text());
  begin().catch(broken);
}

/** Says that argmap has ended, and why; the text can still be written and saved. */
function broken(why: unknown) {
  if (isReady) return again(`argmap has a fault and starts again; your text is kept (${why})`);
  worker?.terminate();
  worker = null;
  const words = why instanceof Error ? why.message : String(why);
  $("starting").hidden = false;
  $("starting").classList.add("broken");
  $("progress").textContent = `argmap cannot start in this browser: ${words}. Your text is safe: it can still be written and saved. Reload the page to try again, or download it again.`;
  for (const { fail } of waiting.values()) fail(new Unanswered("argmap has not started; your text can still be written and saved"));
  waiting.clear();
}

connect({
  async ask(question, data): Promise<never> {
    const own: Partial<{ [Q in keyof Answers]: (data: { text?: string }) => Answers[Q] }> = {
      open: first,
      poll: () => ({}),
      save: () => { download(new Blob([page.text()], { type: "text/plain" }), ".argmap"); return { stamp: "saved" }; },
    };
    const here = own[question];
    if (here) return here(data) as never;
    return await new Promise((done, fail) => {
      const id = ++count;
      waiting.set(id, { done, fail });
      if (isReady) expect(id);
      const post = (to: Worker) => to.postMessage({ id, question, data });
      if (worker) post(worker);
      else early.push(post);
    });
  },
});

// -- maps from here and there --

/** What the page opens with: the map in its address, one that was being written, or the one that came with it. */
function first(): Opened {
  const kept = draft();
  return kept ? { ...given, name: kept.name, text: kept.saved, stamp: kept.stamp, taken: true } : given;
}

async function fromLink(): Promise<void> {
  const found = new URLSearchParams(location.hash.slice(1));
  const packed = found.get("map");
  if (packed === null) return;
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
    let text = "";
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      text += next.value;
      if (text.length > LARGEST) throw new Error("too large");
    }
    take(found.get("name") || "map.argmap", text);
  } catch {
    page.say("The map in this link cannot be read: the link may have been cut off on its way.");
  }
}

async function link(): Promise<string> {
  const stream = new Blob([page.text()]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const packed = btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
  const map = packed.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${location.href.split("#")[0]}#name=${encodeURIComponent(page.name())}&map=${map}`;
}

/** Takes a map into the page, unless the reader would rather keep what is there. */
function take(name: string, text: string) {
  if (page.isChanged() && !confirm("The map that is open has changes that are not saved. Leave it?")) return;
  lines(text);
  // A stranger's name: nothing that hides its order, no path, no novel.
  name = name.replace(/[\p{C}\p{Zl}\p{Zp}/\\<>:"|?*]/gu, "").slice(-100) || "map.argmap";
  page.load({ ...given, taken: true, name, stamp: "", text: text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n") });
}

const file = Object.assign(document.createElement("input"), { type: "file", accept: ".argmap,.txt,.md,.argdown,.ad,.mup,.json,.aif,.xaif,.xml,text/plain" });
async function read(found: File | undefined) {
  if (!found) return;
  try {
    if (found.size > LARGEST) throw new Error();
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await found.arrayBuffer());
    if (/\.(argmap|md)$/i.test(found.name)) return take(found.name, text);
    const map = await ask("convert", { name: found.name, text });
    take(`${found.name.split(".")[0]}.argmap`, map.text);
    if (map.losses.length) page.say(`Not everything could be carried over: ${map.losses.join("; ")}.`);
  } catch (error) {
    page.say(error instanceof Unanswered ? error.message : `${found.name} is not a map: it is not UTF-8 text, or larger than a million letters.`);
  }
}
file.addEventListener("change", () => { void read(file.files?.[0]); file.value = ""; });
addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
addEventListener("drop", (event) => {
  const found = event.dataTransfer?.files[0];
  if (found) { event.preventDefault(); void read(found); }
});

const choice = $<HTMLSelectElement>("given");
choice.append(new Option("A new map", "new"));
for (const group of new Set(maps.map((each) => each.group))) {
  const options = Object.assign(document.createElement("optgroup"), { label: group });
  maps.forEach((each, number) => { if (each.group === group) options.append(new Option(each.name.replace(/\.argmap$/, ""), String(number))); });
  choice.append(options);
}
choice.addEventListener("change", () => {
  const found = choice.value === "new" ? { name: "map.argmap", text: "" } : maps[Number(choice.value)];
  choice.value = "";
  if (found) take(found.name, found.text);
});

$("open").addEventListener("click", () => file.click());
$("share").addEventListener("click", async () => {
  const found = await link();
  const isShort = found.length <= LONGEST;
  const long = found.length.toLocaleString("en");
  const isLocal = location.protocol === "file:";
  $("link-words").textContent = !isShort
    ? `A link to this map would have ${long} characters, and many programs cut off links above ${LONGEST.toLocaleString("en")}. Save the file and send that.`
    : `The whole map is in this link (${long} characters). Nothing is uploaded.` +
      (isLocal ? " It opens on this computer only, since the page itself is a file here: to send the map to others, save the file and send that." : "");
  $<HTMLInputElement>("link").value = found;
  $("link").hidden = $("copy-link").hidden = !isShort;
  $<HTMLDialogElement>("sharing").showModal();
});
$("copy-link").addEventListener("click", async () => {
  $<HTMLInputElement>("link").select();
  try {
    await navigator.clipboard.writeText($<HTMLInputElement>("link").value);
  } catch {
    document.execCommand("copy");
  }
  $("copy-link").textContent = "Copied";
});
$("save-instead").addEventListener("click", () => { $("save").click(); $<HTMLDialogElement>("sharing").close(); });
$("close").addEventListener("click", () => $<HTMLDialogElement>("sharing").close());
$("sharing").addEventListener("close", () => { $("copy-link").textContent = "Copy the link"; });

/** The lines of the map until there is a picture: each leads to its place in the text. */
function lines(text: string) {
  const found: HTMLButtonElement[] = [];
  let at = 0;
  for (const line of text.split("\n", 10_000)) {
    if (found.length === 500) break;
    const [indent, words] = [line.search(/\S/), line.trim()];
    const place = at + Math.max(0, indent);
    if (words && !words.startsWith("//")) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: words });
      button.style.marginLeft = `${Math.min(indent, 40) / 2}em`;
      button.addEventListener("click", () => page.goTo(place));
      found.push(button);
    }
    at += line.length + 1;
  }
  $("lines").replaceChildren(...found);
}

$("maps").hidden = false;
const page = start();
// For whoever asks from the browser's console.
Object.assign(globalThis, { argmap: { ask, text: page.text } });
lines(draft()?.text ?? first().text);
if (!draft()) void fromLink();
addEventListener("hashchange", () => void fromLink());
// The parts of argmap are the last lines of the file: until then the page is there to be written in.
addEventListener("DOMContentLoaded", () => begin().catch(broken));
