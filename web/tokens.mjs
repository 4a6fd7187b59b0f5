// For tests: how a grammar colours texts. `node tokens.mjs textmate|codemirror GRAMMAR [INJECTION] < texts.json` prints the
// pieces of each text that have a colour: start, end, kind. With an injection, the texts are Markdown.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const grammar = readFileSync(process.argv[3], "utf-8");
const injection = process.argv[4];

async function textmate() {
  const { default: onig } = await import("vscode-oniguruma");
  const { default: vscode } = await import("vscode-textmate");
  await onig.loadWASM(readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new vscode.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new onig.OnigScanner(patterns),
      createOnigString: (text) => new onig.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === "text.html.markdown"
        ? { scopeName: scope, patterns: [], repository: {} }
        : vscode.parseRawGrammar(scope === "text.argmap" ? grammar : readFileSync(injection, "utf-8"), "grammar.json"),
    getInjections: (scope) => (scope === "text.html.markdown" ? ["markdown.argmap"] : []),
  });
  const colours = await registry.loadGrammar(injection ? "text.html.markdown" : "text.argmap");
  return (text) => {
    let state = vscode.INITIAL;
    let at = 0;
    return text.split("\n").flatMap((line) => {
      const { tokens, ruleStack } = colours.tokenizeLine(line, state);
      const from = at;
      state = ruleStack;
      at += line.length + 1;
      return tokens
        .filter(({ scopes }) => scopes.length > 1 && scopes.at(-1).endsWith(".argmap"))
        .map(({ startIndex, endIndex, scopes }) => [from + startIndex, from + endIndex, scopes.at(-1).split(".").at(-2)]);
    });
  };
}

async function codemirror() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { language, classes } from "./highlighting"; export { highlightTree } from "@lezer/highlight";',
      resolveDir: fileURLToPath(new URL("src", import.meta.url)),
    },
    define: { HIGHLIGHTING: grammar },
    bundle: true,
    format: "esm",
    write: false,
  });
  const mode = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  return (text) => {
    const found = [];
    mode.highlightTree(mode.language.parser.parse(text), mode.classes, (from, to, name) => found.push([from, to, name.slice(3)]));
    return found;
  };
}

const coloured = await { textmate, codemirror }[process.argv[2]]();
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(coloured)));
