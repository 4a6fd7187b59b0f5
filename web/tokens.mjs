// For tests: how a grammar colours texts. `node tokens.mjs GRAMMAR < texts.json` prints, of each text and each of its
// lines, the pieces that have a colour: start, end, scope.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import onig from "vscode-oniguruma";
import textmate from "vscode-textmate";

await onig.loadWASM(readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm")));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new onig.OnigScanner(patterns),
    createOnigString: (text) => new onig.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(readFileSync(process.argv[2], "utf-8"), "grammar.json"),
});
const grammar = await registry.loadGrammar("text.argmap");

function coloured(text) {
  let state = textmate.INITIAL;
  return text.split("\n").map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .filter(({ scopes }) => scopes.length > 1)
      .map(({ startIndex, endIndex, scopes }) => [startIndex, endIndex, scopes.at(-1)]);
  });
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(coloured)));
