// Finding argmap, without VS Code: node --test.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { explain, find, lookOf, places, problemOf, problemOfPython, pythonIn, run, which } from "../src/command";
import type { Where } from "../src/command";

const nowhere: Where = { setting: "", folders: [], own: "/own", path: "", isWindows: false, home: "/home/me" };
const among = (...files: string[]) => (file: unknown) => files.includes(String(file));
const commands = (where: Partial<Where>, ...files: string[]) =>
  places({ ...nowhere, ...where }, among(...files)).map(({ command, args }) => [command, ...args].join(" "));

test("the chosen Python comes first, then the folder's environments, the PATH, and our own", () => {
  const python = "/conda/bin/python3.12";
  const files = ["/maps/.venv/bin/python", "/maps/venv/bin/python", "/usr/bin/argmap", "/own/bin/python"];
  assert.deepEqual(commands({ python, folders: ["/maps"], path: ["/bin", "/usr/bin"].join(delimiter) }, ...files), [
    "/conda/bin/python3.12 -m argmap",
    "/maps/.venv/bin/python -m argmap",
    "/maps/venv/bin/python -m argmap",
    "/usr/bin/argmap",
    "/own/bin/python -m argmap",
  ]);
});

test("nothing is looked for twice", () => {
  const python = "/maps/.venv/bin/python";
  assert.deepEqual(commands({ python, folders: ["/maps"] }, python), [`${python} -m argmap`]);
});

test("a folder that is not trusted has no say", () => {
  assert.deepEqual(commands({ folders: [] }, "/maps/.venv/bin/python"), []);
});

test("the setting alone counts, if there is one: a command, or a Python", () => {
  const files = ["/own/bin/python"];
  assert.deepEqual(commands({ setting: "/opt/argmap", python: "/usr/bin/python3" }, ...files), ["/opt/argmap"]);
  assert.deepEqual(commands({ setting: "~/env/bin/python3.13" }, ...files), ["/home/me/env/bin/python3.13 -m argmap"]);
  const folder = "$".concat("{workspaceFolder}");
  assert.deepEqual(commands({ setting: `${folder}/bin/argmap`, folders: ["/a$&b"] }), ["/a$&b/bin/argmap"]);
  assert.deepEqual(commands({ setting: "C:\\Python\\python.exe" }), ["C:\\Python\\python.exe -m argmap"]);
});

test("a relative folder of the PATH is passed over, since anybody's folder may be open", () => {
  const path = [".", "bin", "/usr/bin"].join(delimiter);
  assert.equal(which("argmap", path, false, among("argmap", "bin/argmap")), undefined);
  assert.equal(which("argmap", path, false, among("bin/argmap", "/usr/bin/argmap")), "/usr/bin/argmap");
  assert.equal(which("argmap", "/x", true, among(join("/x", "argmap.exe"))), join("/x", "argmap.exe"));
});

test("environments have their Python elsewhere on Windows", () => {
  assert.equal(pythonIn("env", true), join("env", "Scripts", "python.exe"));
});

const place = (code: string) => ({ command: process.execPath, args: ["-e", code, "--"], from: "here" });
const fails = (words: string) => place(`process.stderr.write(${JSON.stringify(words)}); process.exitCode = 2`);

test("the first place that answers is taken, and what is wrong with the others is said", async () => {
  const good = place("process.stdin.resume()");
  const missing = { command: "/no/such/argmap", args: [], from: "the setting argmap.path" };
  const found = await find([missing, fails("No module named argmap\n"), good, fails("never tried")]);
  assert.equal(found.place, good);
  assert.deepEqual(found.tried.map(({ problem }) => problem), ["there is no such command", "argmap is not installed there"]);
  assert.match(explain(found.tried), /the setting argmap\.path \(\/no\/such\/argmap\): there is no such command/);
  assert.equal(explain([]), "argmap was not found: neither in a Python environment of this folder, nor on the PATH.");
});

test("each way to fail has its own words", async () => {
  const needs = 'argmap: the language server needs pygls: pip install "argmap[lsp]"';
  assert.equal(await problemOf(fails(needs)), 'argmap is there, but its language server is not: pip install "argmap[lsp]"');
  assert.equal(await problemOf(fails("Error: No such command 'lsp'.")), "this argmap is too old, or another program of that name");
  assert.equal(await problemOf(fails("Traceback …\nImportError: libffi.so.8\n")), "ImportError: libffi.so.8");
  assert.equal(await problemOf(place("process.exitCode = 3")), "it ended with code 3");
  if (process.platform !== "win32") {
    assert.equal(await problemOf({ command: join(process.cwd(), "package.json"), args: [], from: "here" }), "it is no program that may be run");
  }
});

test("a command that does not end is not waited for", async () => {
  const { code, errors } = await run(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { patience: 300 });
  assert.deepEqual([code, errors], [null, "it took too long"]);
});

test("only a Python that argmap runs on is offered", async () => {
  const says = (output: string, code = 0, errors = "") => async () => ({ code, output, errors });
  assert.equal(await problemOfPython("python", says("3.11\n")), "");
  assert.equal(await problemOfPython("python", says("4.0\n")), "");
  assert.match(await problemOfPython("python", says("3.9\n")), /it is Python 3\.9, and argmap needs 3\.11/);
  assert.equal(await problemOfPython("python", says("", 9009, "Python was not found")), "Python was not found");
});

test("an export looks as the map beside the text does", () => {
  assert.deepEqual(lookOf({}), []);
  assert.deepEqual(lookOf({ withdraw: ["-x", "b"], fold: ["c"], holder: "--no", standing: false, layout: "flow", direction: "up", width: 29.6, legend: false }), [
    "--withdraw=-x", "--withdraw=b", "--fold=c", "--holder=--no", "--layout=flow", "--direction=up", "--width=30", "--no-legend",
  ]);
});

test("VS Code finds the words of a map, since snippets are offered for words", () => {
  const { wordPattern } = JSON.parse(readFileSync("language-configuration.json", "utf-8"));
  const words = "+ (wet-road) Größe, it’s 数 {#tag}".match(new RegExp(wordPattern.pattern, `${wordPattern.flags}g`));
  assert.deepEqual(words, ["wet-road", "Größe", "it’s", "数", "tag"]);
});
