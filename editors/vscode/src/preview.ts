// The picture beside the text: the page of `argmap live` in a webview. It follows the editor that is active.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { randomBytes } from "node:crypto";
import { Uri, ViewColumn, window } from "vscode";
import type { ExtensionContext, TextDocument, WebviewPanel } from "vscode";
import type { Shown } from "./command";

export const PREVIEW = "argmap.preview";

export class Preview {
  private panel: WebviewPanel | undefined;
  private isLocked = false;
  uri: Uri | undefined;
  shown: Shown = {};
  /** How often the text or the caret has changed, and what of it the page knows. */
  private changes = { now: 0, known: 0, wake: () => {} };

  /** `put` puts a question of the page to the language server; question and answer are JSON. */
  constructor(private readonly context: ExtensionContext, private readonly put: (uri: Uri, question: string, data: string) => Promise<string>) {}

  async show(document: TextDocument, viewColumn = ViewColumn.Beside) {
    const preserveFocus = viewColumn === ViewColumn.Beside;
    const panel = this.panel ?? window.createWebviewPanel(PREVIEW, "", { viewColumn, preserveFocus });
    if (this.panel) panel.reveal(preserveFocus ? undefined : viewColumn, preserveFocus);
    else this.adopt(panel);
    this.isLocked = false;
    this.follow(document);
  }

  /** Take over a panel, new or from before this window was loaded again. */
  adopt(panel: WebviewPanel) {
    this.panel = panel;
    const { webview } = panel;
    panel.iconPath = Uri.joinPath(this.context.extensionUri, "media", "icon.svg");
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(this.context.extensionUri, "dist")] };
    webview.onDidReceiveMessage(async ({ number, question, data }) => {
      webview.postMessage({ number, answer: await this.ask(String(question), data) });
    });
    panel.onDidDispose(() => { [this.panel, this.uri] = [undefined, undefined]; });
  }

  /** Stay with this map, or follow the active editor again. */
  lock() {
    if (!this.panel) return;
    this.isLocked = !this.isLocked;
    this.panel.title = this.panel.title.replace(/^\S+/, this.isLocked ? "[Map]" : "Map");
  }

  /** Show this map from now on, if there is a preview; from the start if the language server has begun anew. */
  follow({ uri }: TextDocument, isAnew = false) {
    const isSame = uri.toString() === this.uri?.toString();
    if (!this.panel || (isSame ? !isAnew : this.isLocked)) return;
    [this.uri, this.shown] = [uri, {}];
    this.panel.title = `Map of ${basename(uri.path)}`;
    this.panel.webview.html = this.page(this.panel);
  }

  /** The text or the caret of a map has changed. */
  touch(uri: Uri) {
    if (uri.toString() !== this.uri?.toString()) return;
    this.changes.now++;
    this.changes.wake();
  }

  private async ask(question: string, data: object): Promise<object> {
    const { uri, changes } = this;
    if (!uri) return { error: "there is no map" };
    if (question === "draw") this.shown = data;
    if (question === "poll") {
      if (changes.now === changes.known) {
        await new Promise<void>((done) => { changes.wake = done; setTimeout(done, 10_000); });
      }
      changes.known = changes.now;
      Object.assign(data, { now: true });
    }
    try {
      return JSON.parse(await this.put(uri, question, JSON.stringify(data)));
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  /** The page, with its parts where this webview may load them. */
  private page({ webview }: WebviewPanel): string {
    const at = (name: string) => webview.asWebviewUri(Uri.joinPath(this.context.extensionUri, "dist", name)).toString();
    const nonce = randomBytes(16).toString("hex");
    const policy = [
      "default-src 'none'",
      `script-src ${webview.cspSource}`,
      `style-src ${webview.cspSource} 'nonce-${nonce}'`,
      "img-src data: blob:",
    ].join("; ");
    return readFileSync(join(this.context.extensionPath, "dist", "page.html"), "utf-8")
      .replace("<head>", `<head>\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
      .replace("<body", `<body data-map="${encodeURI(this.uri?.toString() ?? "")}"`)
      .replace("NONCE", nonce)
      .replace('"page.css"', `"${at("page.css")}"`)
      .replace('"page.js"', `"${at("webview.js")}"`);
  }
}
