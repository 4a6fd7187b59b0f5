// Builds the pages into the package: argmap live serves page.*, argmap playground fills playground.html.
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../src/argmap/web/");
const read = (path) => readFileSync(here(path), "utf-8");
mkdirSync(out, { recursive: true });
const python = process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3");
const highlighting = execFileSync(python, [here("../editors/grammars.py"), "codemirror"], { encoding: "utf-8" });

const inside = new Set();
async function bundle(entry, format, more = {}) {
  const { metafile, outputFiles } = await build({
    entryPoints: [here(entry)],
    absWorkingDir: here("."),
    define: { HIGHLIGHTING: highlighting },
    bundle: true,
    minify: true,
    write: false,
    format,
    ...more,
    target: "es2022",
    metafile: true,
    logLevel: "warning",
    logOverride: { "empty-import-meta": "silent" },
  });
  for (const path of Object.keys(metafile.inputs).flatMap((path) => path.match(/node_modules\/(?:@[^/]+\/)?[^/]+/) ?? [])) inside.add(path);
  return outputFiles[0].text;
}

/** Python's standard library, compiled, without what no page needs: Pyodide's own has sources, which take seconds to compile. */
async function library() {
  const made = read("library.py");
  const of = createHash("sha256").update(made + read("node_modules/pyodide/package.json")).digest("hex").slice(0, 16);
  const kept = here(`node_modules/.python-${of}.zip`);
  if (!existsSync(kept)) {
    const { loadPyodide } = await import("pyodide");
    const python = await loadPyodide();
    python.runPython(made);
    writeFileSync(kept, python.FS.readFile("/library.zip"));
  }
  return readFileSync(kept);
}

// -- argmap live --

const page = await bundle("src/server.ts", "esm");
writeFileSync(`${out}page.js`, page);
for (const name of ["page.html", "page.css"]) copyFileSync(here(`src/${name}`), out + name);

// -- argmap playground --

// `</script` would end the script that it stands in.
const script = (await bundle("src/playground.ts", "iife")).replaceAll("</script", "<\\/script");
const hash = createHash("sha256").update(script).digest("base64");
const policy = [
  "default-src 'none'", `script-src 'sha256-${hash}' 'wasm-unsafe-eval' blob:`, "worker-src blob:", "style-src 'nonce-page'",
  "connect-src 'none'", "img-src data: blob:", "base-uri 'none'", "form-action 'none'",
].join("; ");
const maps = [["lessons", "Lessons"], ["../examples", "Examples"]].flatMap(([folder, group]) =>
  readdirSync(here(folder)).filter((name) => name.endsWith(".argmap")).sort().map((name) => ({ group, name, text: read(`${folder}/${name}`) })));
const parts = {
  // Pyodide wants a module, and takes a worker without importScripts for one.
  worker: await bundle("src/worker.ts", "iife", {
    external: ["node:*", "ws"],
    banner: { js: "self.importScripts = undefined;" },
  }),
  wasm: readFileSync(here("node_modules/pyodide/pyodide.asm.wasm")),
  library: await library(),
};
// The licences of what is inside go with it.
const licences = [...inside].sort().map((path) => {
  const file = readdirSync(here(path)).find((name) => /^licen[cs]e/i.test(name));
  const { license, homepage } = JSON.parse(read(`${path}/package.json`));
  return `${path.replace("node_modules/", "")}\n\n${file ? read(`${path}/${file}`) : `${license}; its source is at ${homepage}`}`;
}).join("\n\n");
writeFileSync(`${out}licences.txt`, licences);

const asData = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
const packed = (id, data) => `<script type="application/gzip" id="${id}">${gzipSync(data, { level: 9 }).toString("base64")}</script>\n`;
const html = read("src/page.html")
  .replace('<meta name="referrer"', () => `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<meta name="referrer"`)
  .replace("NONCE", "page")
  .replace('<link rel="stylesheet" href="page.css">', () => `<style nonce="page">\n${read("src/page.css")}</style>`)
  .replace('<script type="module" src="page.js"></script>\n', "")
  // What a browser shows that cannot run the script.
  .replace(/(<div id="starting") hidden(><span[^>]*>)/, "$1$2argmap needs a browser of 2023 or later that may run scripts.")
  .replace("</body>\n</html>\n", () => [
    `<script type="application/json" id="map">MAP</script>\n`,
    `<script type="application/json" id="maps-given">${asData(maps)}</script>\n`,
    `<script>${script}</script>\n`,
    ...Object.entries(parts).map(([id, data]) => packed(id, data)),
    `<script type="application/gzip" id="argmap">ARGMAP</script>\n`,
    `<script type="text/plain" id="licences">\n${licences.replaceAll("</script", "<\\/script")}\n</script>\n`,
    "</body>\n</html>\n",
  ].join(""));
writeFileSync(`${out}playground.html`, html);
