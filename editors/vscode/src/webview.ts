// The live page inside VS Code. What it asks goes to the extension, which passes it on to the language server's page.

import { Unanswered, connect } from "../../../web/src/backend";
import { draw, start } from "../../../web/src/page";

declare function acquireVsCodeApi(): { postMessage: (message: object) => void; setState: (state: object) => void };

const code = acquireVsCodeApi();
const waiting = new Map<number, (answer: object) => void>();
let number = 0;

addEventListener("message", ({ data }) => {
  waiting.get(data.number)?.(data.answer);
  waiting.delete(data.number);
});
connect({
  ask: (question, data) =>
    new Promise((done, fail) => {
      waiting.set(++number, (answer) => ("error" in answer ? fail(new Unanswered(String(answer.error))) : done(answer as never)));
      code.postMessage({ number, question, data });
    }),
});
// Another colour theme: the picture's own may follow it.
new MutationObserver(() => draw()).observe(document.body, { attributeFilter: ["data-vscode-theme-kind"] });
// For the next time that the window is opened.
code.setState({ map: document.body.dataset.map });
// The text is beside it, also while nothing answers.
document.body.classList.add("follows");
document.body.dataset.pane = "picture";
start();
