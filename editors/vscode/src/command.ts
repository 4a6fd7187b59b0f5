// The command argmap: where it may be, whether it answers, and how it is asked. Knows nothing of VS Code, so that it is tested without it.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** A command that may be argmap. */
export interface Place {
  command: string;
  args: string[];
  /** Where it was looked for, as the user knows it. */
  from: string;
}

export interface Tried {
  place: Place;
  /** Why it cannot be used. */
  problem: string;
}

export interface Where {
  /** The setting `argmap.path`. */
  setting: string;
  /** The Python of the chosen environment. */
  python?: string;
  /** Folders of the workspace; none while it is not trusted. */
  folders: string[];
  /** Where this extension installs argmap by itself. */
  own: string;
  path: string;
  isWindows: boolean;
  home: string;
}

export const pythonIn = (environment: string, isWindows: boolean) =>
  isWindows ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");

const isPython = (command: string) => /(^|[\\/])(python[\d.]*|pypy[\d.]*|py)(\.exe)?$/i.test(command);

const placeOf = (command: string, from: string): Place => ({ command, args: isPython(command) ? ["-m", "argmap"] : [], from });

/** The absolute path of a command. Folders of the PATH that are not absolute are passed over: they may be anybody's. */
export function which(name: string, path: string, isWindows: boolean, exists = existsSync): string | undefined {
  const names = isWindows ? [`${name}.exe`, `${name}.cmd`, `${name}.bat`] : [name];
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.flatMap((folder) => names.map((each) => join(folder, each))).find((file) => exists(file));
}

/** Everywhere that argmap may be, the place to prefer first; only the setting, if there is one. */
export function places(where: Where, exists = existsSync): Place[] {
  const { setting, isWindows } = where;
  if (setting) {
    const folder = where.folders[0] ?? "";
    const command = setting.replace(/^~(?=[\\/])/, () => where.home).replace(/\$\{workspaceFolder\}/g, () => folder);
    return [placeOf(command, "the setting argmap.path")];
  }
  const found: Place[] = [];
  if (where.python) found.push(placeOf(where.python, "the chosen Python environment"));
  for (const folder of where.folders)
    for (const name of [".venv", "venv"]) {
      const python = pythonIn(join(folder, name), isWindows);
      if (exists(python)) found.push(placeOf(python, name));
    }
  const onPath = which("argmap", where.path, isWindows, exists);
  if (onPath) found.push(placeOf(onPath, "the PATH"));
  const own = pythonIn(where.own, isWindows);
  if (exists(own)) found.push(placeOf(own, "this extension's own environment"));
  return found.filter((place, at) => found.findIndex((other) => other.command === place.command) === at);
}

/** The first place that answers, and what is wrong with those before it. */
export async function find(all: Place[], test = problemOf): Promise<{ place?: Place; tried: Tried[] }> {
  const tried: Tried[] = [];
  for (const place of all) {
    const problem = await test(place);
    if (!problem) return { place, tried };
    tried.push({ place, problem });
  }
  return { tried };
}

/** Why the language server does not start; empty where it does. It ends at once, since nobody speaks to it. */
export async function problemOf(place: Place): Promise<string> {
  const { code, errors } = await run(place.command, [...place.args, "lsp"], { patience: 30_000 });
  if (code === 0) return "";
  if (/needs pygls|No module named '?(pygls|lsprotocol)/.test(errors)) return 'argmap is there, but its language server is not: pip install "argmap[lsp]"';
  if (/No module named '?argmap/.test(errors)) return "argmap is not installed there";
  if (/No such command|unrecognized arguments|invalid choice/.test(errors)) return "this argmap is too old, or another program of that name";
  return errors.trim().split("\n").at(-1)?.slice(0, 300) || `it ended with code ${code}`;
}

/** Runs a command to its end; a command that cannot be started is an end, too. */
export function run(
  command: string,
  args: string[],
  { input = "", cwd, patience = 120_000 }: { input?: string; cwd?: string; patience?: number } = {},
): Promise<{ code: number | null; errors: string; output: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, signal: AbortSignal.timeout(patience), windowsHide: true });
    let [output, errors] = ["", ""];
    child.stdout.setEncoding("utf-8").on("data", (text: string) => { output += text; });
    child.stderr.setEncoding("utf-8").on("data", (text: string) => { errors += text; });
    child.on("error", (error: NodeJS.ErrnoException) => {
      const known: Record<string, string> = {
        ENOENT: "there is no such command", EACCES: "it is no program that may be run", ABORT_ERR: "it took too long",
      };
      done({ code: null, errors: known[error.code ?? ""] ?? error.message, output });
    });
    child.on("close", (code) => done({ code, errors, output }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

/** Why argmap cannot be installed for this Python; empty where it can. */
export async function problemOfPython(python: string, test = run): Promise<string> {
  const { code, output, errors } = await test(python, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], {});
  const [major = 0, minor = 0] = output.trim().split(".").map(Number);
  if (code !== 0) return errors.trim().split("\n").at(-1) || "it does not start";
  return major > 3 || (major === 3 && minor >= 11) ? "" : `it is Python ${output.trim()}, and argmap needs 3.11 or later`;
}

/** What is said where argmap is nowhere. */
export function explain(tried: Tried[]): string {
  const all = tried.map(({ place, problem }) => `${place.from} (${place.command}): ${problem}`);
  return all.length ? `argmap cannot be started: ${all.join("; ")}.` : "argmap was not found: neither in a Python environment of this folder, nor on the PATH.";
}

/** What the map beside the text shows now, as the page asked for it. */
export interface Shown {
  withdraw?: string[];
  assume?: string[];
  fold?: string[];
  holder?: string;
  standing?: boolean;
  layout?: string;
  direction?: string;
  width?: number;
  legend?: boolean;
}

/** As options of `argmap render`: what the preview shows, so that the picture taken along is the one that was seen. */
export function lookOf(shown: Shown): string[] {
  const each = (option: string, values: string[] = []) => values.map((value) => `${option}=${value}`);
  return [
    ...each("--withdraw", shown.withdraw),
    ...each("--assume", shown.assume),
    ...each("--fold", shown.fold),
    ...(shown.holder ? [`--holder=${shown.holder}`] : []),
    ...(shown.standing ? ["--status"] : []),
    ...(shown.layout ? [`--layout=${shown.layout}`] : []),
    ...(shown.direction && shown.layout === "flow" ? [`--direction=${shown.direction}`] : []),
    ...(shown.width ? [`--width=${Math.round(shown.width)}`] : []),
    ...(shown.legend === false ? ["--no-legend"] : []),
  ];
}
