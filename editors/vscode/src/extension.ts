// argmap in VS Code: finds the program, starts its language server, and shows the live page beside the text.

import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import {
  ColorThemeKind, LanguageStatusSeverity, ProcessExecution, Range, Task, TaskScope, Uri, ViewColumn, commands, extensions, languages, tasks, window, workspace,
} from "vscode";
import type { Disposable, ExtensionContext, TextDocument, TextDocumentShowOptions } from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { explain, find, places, problemOfPython, pythonIn, which } from "./command";
import type { Place } from "./command";
import { EXPORTS, exportMap } from "./exporting";
import type { Kind } from "./exporting";
import { drawFences } from "./markdown";
import type { MarkdownIt } from "./markdown";
import { PREVIEW, Preview } from "./preview";

const LANGUAGE = "argmap";
const isWindows = process.platform === "win32";

/** What is used here of the Python extension's interface. */
interface PythonExtension {
  environments: {
    getActiveEnvironmentPath(resource?: Uri): { path: string };
    resolveEnvironment(path: { path: string }): Promise<{ executable: { uri?: Uri }; environment?: object } | undefined>;
    onDidChangeActiveEnvironmentPath(run: () => void): Disposable;
  };
}

let client: LanguageClient | undefined;
let place: Place | undefined;
let starting: Promise<void> | undefined;

export function activate(context: ExtensionContext) {
  const own = join(context.globalStorageUri.fsPath, "python");
  const output = window.createOutputChannel("argmap", { log: true });
  const state = languages.createLanguageStatusItem("argmap", LANGUAGE);
  const isMap = (document: TextDocument) => document.languageId === LANGUAGE;
  const execute = async (command: string, ...args: string[]) => {
    await begin();
    if (!client) throw new Error("argmap is not running; see the message of the extension.");
    return client.sendRequest<string>("workspace/executeCommand", { command, arguments: args });
  };
  const preview = new Preview(context, (uri, question, data) => execute("argmap.ask", uri.toString(), question, data));
  state.name = "argmap";

  const python = extensions.getExtension<PythonExtension>("ms-python.python");
  let isWatched = false;
  /** The Python of the chosen environment, and whether packages may be put there: not into the system's. */
  async function chosenPython(): Promise<{ path?: string; isOwn: boolean }> {
    try {
      const environments = (await python?.activate())?.environments;
      if (!isWatched && environments) context.subscriptions.push(environments.onDidChangeActiveEnvironmentPath(restart));
      isWatched ||= environments !== undefined;
      const found = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(workspace.workspaceFolders?.[0]?.uri));
      return { path: found?.executable.uri?.fsPath, isOwn: found?.environment !== undefined };
    } catch (error) {
      output.warn(`The Python extension does not say which environment is chosen: ${error}`);
      return { isOwn: false };
    }
  }

  /** What the setting says, unless the user has chosen to look elsewhere until it changes. */
  const pathSet = () => {
    const path = workspace.getConfiguration(LANGUAGE).get("path", "").trim();
    return path === passedOver ? "" : path;
  };
  let passedOver = "";

  async function start() {
    await client?.dispose().catch(() => undefined);
    [client, place] = [undefined, undefined];
    Object.assign(state, { busy: true, text: "looking for argmap", severity: LanguageStatusSeverity.Information, command: undefined });
    const settings = workspace.getConfiguration(LANGUAGE);
    const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath) : [];
    const all = places({
      setting: pathSet(),
      python: workspace.isTrusted ? (await chosenPython()).path : undefined,
      folders,
      own,
      path: process.env.PATH ?? "",
      isWindows,
      home: homedir(),
    });
    const found = await find(all);
    for (const { place, problem } of found.tried) output.info(`${place.from}: ${place.command}: ${problem}`);
    commands.executeCommand("setContext", "argmap.found", found.place !== undefined);
    state.busy = false;
    if (!found.place) {
      Object.assign(state, {
        text: "argmap is not running", severity: LanguageStatusSeverity.Error, command: { command: "argmap.install", title: "Install" },
      });
      offer(explain(found.tried));
      return;
    }
    place = found.place;
    output.info(`Using ${place.command} (${place.from})`);
    Object.assign(state, { text: "argmap", detail: place.from, command: { command: "argmap.restart", title: "Restart" } });
    const command = { command: place.command, args: [...place.args, "lsp"], options: { cwd: folders[0] } };
    client = new LanguageClient(LANGUAGE, "argmap", command, {
      documentSelector: [{ scheme: "file", language: LANGUAGE }, { scheme: "untitled", language: LANGUAGE }],
      initializationOptions: { verdicts: settings.get("verdicts", false) },
      outputChannel: output,
      middleware: {
        window: {
          // A place is shown where its text is, not in the column of the picture that was clicked.
          async showDocument(params, token, next) {
            if (params.external) return next(params, token);
            const { start, end } = params.selection ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
            const selection = new Range(start.line, start.character, end.line, end.character);
            await showText(Uri.parse(params.uri), { selection, preserveFocus: !params.takeFocus });
            return { success: true };
          },
        },
      },
    });
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) followActive(true);
    });
    try {
      await client.start();
    } catch (error) {
      Object.assign(state, { text: "argmap does not start", severity: LanguageStatusSeverity.Error });
      output.error(String(error));
    }
  }
  /** argmap is looked for when it is first needed: this extension also wakes for Markdown without a map. */
  const begin = () => {
    starting ??= start();
    return starting;
  };
  const restart = () => {
    starting = (starting ?? Promise.resolve()).catch(() => undefined).then(start);
    return starting;
  };

  async function offer(problem: string) {
    output.error(problem);
    const set = pathSet();
    const chosen = await window.showErrorMessage(problem, set ? "Look Elsewhere" : "Install argmap", "Set the Path", "Details");
    if (chosen === "Install argmap") install();
    else if (chosen === "Look Elsewhere") {
      passedOver = set;
      restart();
    } else if (chosen === "Set the Path") commands.executeCommand("workbench.action.openSettings", "argmap.path");
    else if (chosen) output.show();
  }

  /** Into the chosen environment, else into one of our own; in a terminal, so that the user sees what is done. */
  async function install() {
    const chosen = workspace.isTrusted ? await chosenPython() : { isOwn: false };
    let target = chosen.path && chosen.isOwn ? chosen.path : "";
    const base = [chosen.path, which("python3", process.env.PATH ?? "", isWindows), which("python", process.env.PATH ?? "", isWindows)];
    const tried: string[] = [];
    if (target) {
      const problem = await problemOfPython(target);
      if (problem) return say(`argmap cannot be installed into ${target}: ${problem}. Choose another with “Python: Select Interpreter”.`);
    } else {
      for (const each of new Set(base.filter((path) => path !== undefined))) {
        const problem = await problemOfPython(each);
        if (!problem) {
          if (!(await runs("Make an environment for argmap", each, ["-m", "venv", own]))) {
            return say(`${each} could not make an environment; the terminal says why. On Debian and Ubuntu: apt install python3-venv.`);
          }
          target = pythonIn(own, isWindows);
          break;
        }
        tried.push(`${each}: ${problem}`);
      }
      if (!target) return say(`argmap needs Python 3.11 or later; install it, then try again. ${tried.join("; ") || "There is no Python on the PATH."}`);
    }
    if (!(await runs("Install argmap", target, ["-m", "pip", "install", "--upgrade", "argmap[lsp]"])))
      return say("argmap could not be installed; the terminal says why.");
    await restart();
    if (place) window.showInformationMessage(`argmap is installed (${place.from}).`);
  }
  async function say(problem: string) {
    output.error(problem);
    if (await window.showErrorMessage(problem, "Details")) output.show();
  }

  const mapNow = (): TextDocument | undefined => {
    const active = window.activeTextEditor?.document;
    if (active && isMap(active)) return active;
    return workspace.textDocuments.find((each) => each.uri.toString() === preview.uri?.toString());
  };
  const followActive = (isAnew = false) => {
    const document = mapNow();
    if (document) preview.follow(document, isAnew);
  };
  const mapAt = async (uri?: Uri) => {
    const document = uri instanceof Uri && uri.path.endsWith(".argmap") ? await workspace.openTextDocument(uri) : mapNow();
    if (!document) window.showInformationMessage("Open a map first: a file that ends in .argmap.");
    return document;
  };
  async function exportAs(kind?: Kind, uri?: Uri) {
    const document = await mapAt(uri);
    if (!document) return;
    await begin();
    if (!place) return offer("The map cannot be exported, since argmap is not running.");
    const choices = (Object.keys(EXPORTS) as Kind[]).map((key) => ({ label: EXPORTS[key].title, key }));
    const chosen = kind ?? (await window.showQuickPick(choices, { title: "Export the map" }))?.key;
    const isShown = document.uri.toString() === preview.uri?.toString();
    if (chosen) await exportMap(document, chosen, place, isShown ? preview.shown : {});
  }

  const command = (name: string, run: (uri?: Uri) => unknown) => commands.registerCommand(`argmap.${name}`, run);
  context.subscriptions.push(
    output,
    state,
    command("preview", async (uri?: Uri) => {
      const document = await mapAt(uri);
      if (document) preview.show(document);
    }),
    command("previewHere", async (uri?: Uri) => {
      const document = await mapAt(uri);
      if (document) preview.show(document, ViewColumn.Active);
    }),
    command("text", async () => {
      const document = mapNow();
      if (document) showText(document.uri);
    }),
    command("lock", () => preview.lock()),
    command("openInBrowser", async () => {
      const document = await mapAt();
      if (document) await execute("argmap.openLive", document.uri.toString());
    }),
    command("export", (uri?: Uri) => exportAs(undefined, uri)),
    ...(Object.keys(EXPORTS) as Kind[]).map((kind) => command(`export.${kind}`, () => exportAs(kind))),
    command("example", async () => {
      const content = readFileSync(join(context.extensionPath, "dist", "example.argmap"), "utf-8");
      await window.showTextDocument(await workspace.openTextDocument({ language: LANGUAGE, content }));
    }),
    command("install", install),
    command("restart", restart),
    window.registerWebviewPanelSerializer(PREVIEW, {
      async deserializeWebviewPanel(panel, state?: { map?: string }) {
        const map = state?.map ? Uri.parse(decodeURI(state.map)) : undefined;
        const found = map && (await Promise.resolve(workspace.openTextDocument(map)).catch(() => undefined));
        if (!found) return panel.dispose();
        preview.adopt(panel);
        preview.follow(found);
      },
    }),
    window.onDidChangeActiveTextEditor(() => followActive()),
    workspace.onDidChangeTextDocument(({ document }) => preview.touch(document.uri)),
    window.onDidChangeTextEditorSelection(({ textEditor: { document, selection } }) => {
      if (!isMap(document) || client?.state !== State.Running) return;
      const { line, character } = selection.active;
      client.sendNotification("argmap/caret", { textDocument: { uri: document.uri.toString() }, position: { line, character } });
      preview.touch(document.uri);
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (starting && (change.affectsConfiguration("argmap.path") || change.affectsConfiguration("argmap.verdicts"))) restart();
    }),
    workspace.onDidGrantWorkspaceTrust(() => { if (starting) restart(); }),
    workspace.onDidOpenTextDocument((document) => { if (isMap(document)) begin(); }),
  );
  if (workspace.textDocuments.some(isMap)) begin();

  const example = Uri.joinPath(context.extensionUri, "dist", "example.argmap");
  async function draw(text: string, document: unknown) {
    const uri = document instanceof Uri && document.scheme === "file" ? document : example;
    const isDark = [ColorThemeKind.Dark, ColorThemeKind.HighContrast].includes(window.activeColorTheme.kind);
    return JSON.parse(await execute("argmap.ask", uri.toString(), "draw", JSON.stringify({ text, file: true, ...(isDark ? { theme: "dark" } : {}) })));
  }
  return {
    extendMarkdownIt: (md: MarkdownIt) => drawFences(md, draw, () => commands.executeCommand("markdown.preview.refresh")),
  };
}

export async function deactivate() {
  await client?.dispose();
}

/** Shows a text where it is already seen, else in the first column. */
function showText(uri: Uri, options: TextDocumentShowOptions = {}) {
  const seen = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  return window.showTextDocument(uri, { viewColumn: seen?.viewColumn ?? ViewColumn.One, ...options });
}

/** Runs a program in a terminal that the user sees; whether it went well. */
async function runs(title: string, program: string, args: string[]): Promise<boolean> {
  const task = new Task({ type: "argmap" }, TaskScope.Workspace, title, "argmap", new ProcessExecution(program, args));
  const running = await tasks.executeTask(task);
  return new Promise((done) => {
    const listening = tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution !== running) return;
      listening.dispose();
      done(exitCode === 0);
    });
  });
}
