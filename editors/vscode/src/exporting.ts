// Taking the map along: each export is one run of the command argmap on the text as it is in the editor.

import { basename, dirname } from "node:path";
import { Uri, commands, env, window, workspace } from "vscode";
import type { TextDocument } from "vscode";
import { lookOf, run } from "./command";
import type { Place, Shown } from "./command";

interface Export {
  title: string;
  suffix: string;
  arguments: string[];
  takesLook?: boolean;
}

const to = (format: string) => ["convert", "--from", "argmap", "--to", format];

export const EXPORTS = {
  svg: { title: "SVG", suffix: "svg", arguments: ["render", "--format", "svg"], takesLook: true },
  png: { title: "PNG", suffix: "png", arguments: ["render", "--format", "png"], takesLook: true },
  pdf: { title: "PDF", suffix: "pdf", arguments: ["render", "--format", "pdf"], takesLook: true },
  html: { title: "A page to click through (HTML)", suffix: "html", arguments: ["render", "--format", "html"] },
  standard: {
    title: "Standard form: numbered premises and conclusions (text)",
    suffix: "standard-form.txt",
    arguments: to("standard-form-text"),
  },
  prose: { title: "Prose: the skeleton of an essay (Markdown)", suffix: "prose.md", arguments: to("prose") },
  argdown: { title: "Argdown", suffix: "argdown", arguments: to("argdown") },
  json: { title: "JSON", suffix: "json", arguments: to("json") },
  graphml: { title: "GraphML", suffix: "graphml", arguments: to("graphml") },
  dot: { title: "DOT, for Graphviz", suffix: "dot", arguments: ["render", "--format", "dot"], takesLook: true },
} satisfies Record<string, Export>;
export type Kind = keyof typeof EXPORTS;

export async function exportMap(document: TextDocument, kind: Kind, place: Place, shown: Shown) {
  const { title, suffix, arguments: words, takesLook }: Export = EXPORTS[kind];
  const folder = document.uri.scheme === "file" ? dirname(document.uri.fsPath) : workspace.workspaceFolders?.[0]?.uri.fsPath;
  const name = basename(document.uri.path, ".argmap");
  const target = await window.showSaveDialog({
    title: `Export as ${title}`,
    defaultUri: folder ? Uri.joinPath(Uri.file(folder), `${name}.${suffix}`) : undefined,
    filters: { [title]: [suffix.split(".").at(-1) ?? ""] },
  });
  if (!target) return;
  const [verb = "", ...options] = words;
  const out = verb === "render" ? ["-o", target.fsPath] : [target.fsPath];
  const look = takesLook ? lookOf(shown) : [];
  const written = async () => (await Promise.resolve(workspace.fs.stat(target)).catch(() => undefined))?.mtime;
  const before = await written();
  const { code, errors } = await run(place.command, [...place.args, verb, "-", ...out, ...options, ...look], {
    input: document.getText(),
    cwd: folder,
  });
  const last = errors.trim().split("\n").at(-1)?.replace(/^argmap: |\.+$/g, "");
  const after = await written();
  if (after === undefined || after === before) {
    const why = code === 1 ? "it has errors" : last || `argmap ended with code ${code}`;
    if (await window.showErrorMessage(`The map was not exported: ${why}.`, "Show Problems")) {
      commands.executeCommand("workbench.actions.view.problems");
    }
    return;
  }
  // A format that cannot say everything is a result, too; how much it lost is said.
  const lost = code === 1 && last ? ` ${last}.` : "";
  const open = await window.showInformationMessage(`Exported to ${workspace.asRelativePath(target)}.${lost}`, "Open", "Show in Folder");
  if (open === "Open") {
    if (kind === "html" || kind === "pdf") env.openExternal(target);
    else commands.executeCommand("vscode.open", target);
  } else if (open) commands.executeCommand("revealFileInOS", target);
}
