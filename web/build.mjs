// Builds the page into the package: argmap live serves these files and nothing else.
import { execFileSync } from "node:child_process";
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../src/argmap/web/");
mkdirSync(out, { recursive: true });
const python = process.env.PYTHON ?? (process.platform === "win32" ? "python" : "python3");
const highlighting = execFileSync(python, [here("../editors/grammars.py"), "codemirror"], { encoding: "utf-8" });
for (const name of ["page.html", "page.css"]) copyFileSync(here(`src/${name}`), out + name);
const { metafile } = await build({
  entryPoints: { page: here("src/server.ts") },
  absWorkingDir: here("."),
  define: { HIGHLIGHTING: highlighting },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  metafile: true,
  logLevel: "warning",
});
// The licences of what is inside go with it.
const inside = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
const licences = [...inside].sort().map((path) => {
  const file = readdirSync(here(path)).find((name) => /^licen[cs]e/i.test(name));
  return `${path.replace("node_modules/", "")}\n\n${readFileSync(here(`${path}/${file}`), "utf-8")}`;
});
writeFileSync(`${out}licences.txt`, licences.join("\n\n"));
