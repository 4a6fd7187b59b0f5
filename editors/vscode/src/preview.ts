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
  private address = "";
  uri: Uri | undefined;
  shown: Shown = {};

  /** `serve` has the language server serve an open map, and returns the address. */
  constructor(private readonly context: ExtensionContext, private readonly serve: (uri: Uri) => Promise<string>) {}

  get isActive() {
    return this.panel?.active ?? false;
  }

  async show(document: TextDocument) {
    const panel = this.panel ?? window.createWebviewPanel(PREVIEW, "", { viewColumn: ViewColumn.Beside, preserveFocus: true });
    if (!this.panel) this.adopt(panel);
    else panel.reveal(undefined, true);
    await this.follow(document);
  }

  /** Take over a panel, new or from before this window was loaded again. */
  adopt(panel: WebviewPanel) {
    this.panel = panel;
    const { webview } = panel;
    panel.iconPath = Uri.joinPath(this.context.extensionUri, "media", "icon.svg");
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(this.context.extensionUri, "dist")] };
    webview.onDidReceiveMessage(async ({ number, question, data }) => {
      webview.postMessage({ number, ...(await this.ask(String(question), data)) });
    });
    panel.onDidDispose(() => { [this.panel, this.uri, this.address] = [undefined, undefined, ""]; });
  }

  /** Show this map from now on, if there is a preview. */
  async follow(document: TextDocument) {
    if (!this.panel) return;
    const address = await this.serve(document.uri).catch(() => "");
    if (!this.panel || (address && address === this.address)) return;
    [this.address, this.uri, this.shown] = [address, document.uri, {}];
    this.panel.title = `Map of ${basename(document.uri.path)}`;
    this.panel.webview.html = address
      ? this.page(this.panel)
      : "<p>argmap is not running. See the message of the extension, or run the command “argmap: Install argmap”.</p>";
  }

  private async ask(question: string, data: unknown): Promise<object> {
    if (!/^[a-z]+$/.test(question)) return { error: "there is no such question" };
    if (question === "draw") this.shown = data as Shown;
    try {
      const answer = await fetch(this.address + question, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(data),
      });
      return { answer: await answer.json() };
    } catch {
      return { answer: { error: "argmap no longer answers" } };
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
      .replace("NONCE", nonce)
      .replace('"page.css"', `"${at("page.css")}"`)
      .replace('"page.js"', `"${at("webview.js")}"`);
  }
}
