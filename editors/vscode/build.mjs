// Builds what goes into the extension: `node build.mjs`; with the word `test`, the tests instead.
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { execFileSync } from "node:child_process";
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const common = { absWorkingDir: here("."), bundle: true, metafile: true, logLevel: "warning" };
const node = { ...common, platform: "node", format: "cjs", target: "node20", external: ["vscode"] };
rmSync(here("dist"), { recursive: true, force: true });

if (process.argv[2] === "test") {
  const tests = readdirSync(here("test")).filter((name) => name.endsWith(".test.ts")).map((name) => here(`test/${name}`));
  await build({ ...node, entryPoints: tests, outdir: here("dist/test") });
  process.exit();
}
if (!existsSync(here("../../web/node_modules"))) throw new Error("the page's own parts are missing: run npm install in web/");

// The grammars come from the one table of marks.
const python = process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3");
const grammar = (kind) => execFileSync(python, [here("../grammars.py"), kind], { encoding: "utf-8" });
mkdirSync(here("syntaxes"), { recursive: true });
writeFileSync(here("syntaxes/argmap.tmLanguage.json"), grammar("textmate"));
writeFileSync(here("syntaxes/markdown.json"), grammar("markdown"));

const made = await Promise.all([
  build({ ...node, entryPoints: [here("src/extension.ts")], outdir: here("dist"), minify: true }),
  build({ ...common, entryPoints: [here("src/webview.ts")], outdir: here("dist"), minify: true, format: "esm", target: "es2022", define: { HIGHLIGHTING: grammar("codemirror") } }),
]);
const web = here("../../web/src/");
writeFileSync(here("dist/page.css"), readFileSync(`${web}page.css`, "utf-8") + readFileSync(here("src/webview.css"), "utf-8"));
copyFileSync(`${web}page.html`, here("dist/page.html"));
copyFileSync(here("../../examples/withdrawal.argmap"), here("dist/example.argmap"));
copyFileSync(here("../../LICENSE"), here("LICENSE"));

// The licences of what is inside go with it.
const inside = new Set(made.flatMap(({ metafile }) => Object.keys(metafile.inputs)).flatMap((path) => path.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
const licences = [...inside].sort().map((path) => {
  const file = readdirSync(here(path)).find((name) => /^licen[cs]e/i.test(name));
  return `${path.replace(/.*node_modules\//, "")}\n\n${file ? readFileSync(here(`${path}/${file}`), "utf-8") : ""}`;
});
writeFileSync(here("dist/licences.txt"), licences.join("\n\n"));

// The icon comes from its drawing.
await initWasm(readFileSync(here("node_modules/@resvg/resvg-wasm/index_bg.wasm")));
const icon = new Resvg(readFileSync(here("media/icon.svg"), "utf-8"), { fitTo: { mode: "width", value: 256 } });
writeFileSync(here("media/icon.png"), icon.render().asPng());
