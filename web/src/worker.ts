// argmap itself, in a worker of the page: Python as WebAssembly, and Graphviz beside it. It asks the network for nothing.

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { loadPyodide } from "pyodide";
// @ts-expect-error It has no types.
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { info } from "pyodide/pyodide-lock.json";

/** Packed by gzip; as base64 where it is from the page's own text. */
type Packed = string | ArrayBuffer;
export interface Parts { wasm: Packed; library: Packed; argmap: Packed; settings: object }
export interface Question { id: number; question: string; data: object }
/** Which part of starting has begun; the answer to a question, as JSON; or why there will be no more answers. */
export type Said = { stage: number } | { id: number; answer: string } | { broken: string };

const say = (said: Said) => postMessage(said);

async function unpacked(packed: Packed): Promise<ArrayBuffer> {
  let bytes: BlobPart;
  if (typeof packed === "string") {
    const text = atob(packed);
    const found = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) found[at] = text.charCodeAt(at);
    bytes = found;
  } else bytes = packed;
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** The width of a text in the fonts of this machine, their size being 1. */
function measured(text: string, bold: boolean): number {
  const context = new OffscreenCanvas(1, 1).getContext("2d")!;
  context.font = `${bold ? "bold " : ""}100px Arial, sans-serif`;
  return context.measureText(text).width / 100;
}

// What argmap.live is for the server of `argmap live`, it is here.
const HOST = `
import json, sys, types
sys.path.insert(0, "/argmap.zip")
from argmap import fonts
from argmap.errors import EngineError
from argmap.live import LiveMap
from argmap.project.settings import Settings
from host import graphviz, measured, settings

def lay_out(dot, program, seconds):
    try:
        return graphviz(dot, program).encode()
    except Exception as error:
        raise EngineError(f"the layout engine failed: {error}") from None

sandbox = sys.modules["argmap.engine.sandbox"] = types.ModuleType("sandbox")
sandbox.lay_out = lay_out
fonts.shaped_width = lambda text, bold=False: measured(text, bold)
class Map(LiveMap):
    settings = Settings(**json.loads(settings))

live = Map("map.argmap")

def reply(question, data):
    return live.reply(question, json.loads(data)).decode()

reply
`;

async function begin(parts: Parts): Promise<(question: string, data: string) => string> {
  say({ stage: 0 });
  // All at once: Pyodide says nothing of a part that is damaged.
  const [wasm, library, argmap] = await Promise.all([parts.wasm, parts.library, parts.argmap].map(unpacked)).catch(() => {
    throw new Error("the file is damaged, or was not downloaded whole");
  }) as [ArrayBuffer, ArrayBuffer, ArrayBuffer];
  globalThis.fetch = async (asked) => String(asked).endsWith(".wasm")
    ? new Response(wasm, { headers: { "Content-Type": "application/wasm" } })
    : new Response(library);
  say({ stage: 1 });
  const settings = {
    indexURL: "https://argmap.invalid/",
    lockFileContents: { info, packages: {} },
    createPyodideModule,
    stdout: () => {},
    stderr: () => {},
  };
  const [python, graphviz] = await Promise.all([loadPyodide(settings as object), Graphviz.load()]);
  say({ stage: 2 });
  python.FS.writeFile("/argmap.zip", new Uint8Array(argmap));
  python.registerJsModule("host", { graphviz: (dot: string, program: "dot") => graphviz.layout(dot, "json0" as "json", program), measured, settings: JSON.stringify(parts.settings) });
  const reply = python.runPython(HOST);
  reply("draw", JSON.stringify({ text: "(a) A.\n    + B.\n", layout: "flow" })); // what is imported when it is needed
  say({ stage: 3 });
  return reply;
}

let ready: ReturnType<typeof begin> | undefined;
onmessage = async ({ data }: MessageEvent<Parts | Question>) => {
  try {
    if ("wasm" in data) await (ready = begin(data));
    else say({ id: data.id, answer: (await ready!)(data.question, JSON.stringify(data.data)) });
  } catch (error) {
    const found = error instanceof Error ? error : new Error(String(error));
    // The last such line of Python's own errors says what they are; Python itself goes on after them.
    const words = found.message.trim().split("\n").findLast((line) => /^[\w.]+: /.test(line)) ?? found.message;
    if (found.name === "PythonError" && "id" in data) say({ id: data.id, answer: JSON.stringify({ error: `argmap has a fault: ${words}` }) });
    else say({ broken: words });
  }
};
