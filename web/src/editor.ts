// The text: an editor that shows what the server says of it.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, indentWithTab, redo, undo } from "@codemirror/commands";
import { codeFolding, foldGutter, foldKeymap, foldService, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, openLintPanel, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, StateEffect, StateField, Transaction } from "@codemirror/state";
import type { ChangeSpec, Range, Text } from "@codemirror/state";
import {
  Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap,
  ViewPlugin, lineNumbers, placeholder, tooltips,
} from "@codemirror/view";
import type { DecorationSet, ViewUpdate } from "@codemirror/view";
import { Unanswered, ask } from "./backend";
import type { Checked, Diagnostic, Edit, Span } from "./backend";
import { highlighting } from "./highlighting";

const setFolds = StateEffect.define<Span[]>();
const folds = StateField.define<Span[]>({
  create: () => [],
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFolds)) return effect.value;
    if (!transaction.docChanged) return value;
    return value.map(({ from, to }) => ({ from: transaction.changes.mapPos(from), to: transaction.changes.mapPos(to) }));
  },
});

// A wrapped line goes on where its text began; a class for each indentation, since the page allows no inline style.
const hanging = ViewPlugin.fromClass(
  class {
    lines: DecorationSet;
    constructor(view: EditorView) { this.lines = this.found(view); }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.lines = this.found(update.view);
    }
    found(view: EditorView): DecorationSet {
      const found: Range<Decoration>[] = [];
      for (const { from, to } of view.visibleRanges)
        for (let at = from; at <= to; ) {
          const line = view.state.doc.lineAt(at);
          const level = Math.min(10, Math.floor(line.text.search(/[^ ]|$/) / 4));
          found.push(Decoration.line({ class: `am-level-${level}`, attributes: { dir: "auto" } }).range(line.from));
          at = line.to + 1;
        }
      return Decoration.set(found, true);
    }
  },
  { decorations: (plugin) => plugin.lines },
);

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  // What is written already is not covered.
  const rest = context.state.doc.lineAt(context.pos).text.slice(context.pos - context.state.doc.lineAt(context.pos).from);
  if (!context.explicit && !(context.matchBefore(/[^\s]|[@:,{] /) && /^\s*$|^[)}\],;]/.test(rest))) return null;
  const text = context.state.doc.toString();
  const { completions } = await ask("complete", { text, at: context.pos });
  const first = completions[0];
  if (!first) return null;
  const from = first.span.from;
  const options = completions.map((each, number) => ({
    label: each.text.trimEnd(),
    apply: each.text,
    detail: each.detail.length > 60 ? `${each.detail.slice(0, 59)}…` : each.detail,
    boost: -number,
  }));
  return { from, options };
}

function lines(of: string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "about";
  for (const line of of) box.append(Object.assign(document.createElement("p"), { textContent: line }));
  return box;
}

const hover = hoverTooltip(async (view, at) => {
  const found = (await ask("hover", { text: view.state.doc.toString(), at })).hover;
  // On labels and marks only: what is said of a whole line would lie over the lines below, and is beside the picture.
  const isWhole = found && found.span.to >= view.state.doc.lineAt(found.span.from).to;
  return isWhole || !found ? null : { pos: found.span.from, end: found.span.to, create: () => ({ dom: lines(found.lines) }) };
});

const changes = (edits: Edit[]): ChangeSpec[] =>
  edits.map(({ span, replacement }) => ({ from: span.from, to: span.to, insert: replacement }));

const place = (text: Text, span: Span): Span => ({ from: Math.min(span.from, text.length), to: Math.min(span.to, text.length) });

/** How much two texts have in common at their beginning, and at their end. */
export function differing(one: string, other: string): [number, number] {
  let from = 0;
  while (from < one.length && from < other.length && one[from] === other[from]) from++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - from && one[one.length - 1 - end] === other[other.length - 1 - end]) end++;
  return [from, end];
}

export interface Editor {
  view: EditorView;
  text: () => string;
  show: (checked: Checked) => void;
  faults: () => void;
  replace: (text: string, undoable?: boolean) => void;
  goTo: (at: number, focus: boolean) => void;
  rename: () => Promise<void>;
  /** What a key does that a keyboard on glass lacks. */
  does: Record<"indent" | "outdent" | "undo" | "redo", () => void>;
}

export interface Events {
  /** `now` says where a place of the text before is in the text after. */
  changed: (now: (at: number) => number) => void;
  moved: (at: number, isTyping: boolean) => void;
  save: () => void;
  format: () => void;
  say: (words: string) => void;
}

export function makeEditor(parent: HTMLElement, events: Events): Editor {
  const nonce = document.querySelector<HTMLMetaElement>("meta[name=nonce]")?.content ?? "";
  let quiet = false;
  async function definition(view: EditorView): Promise<boolean> {
    const found = await ask("place", { text: view.state.doc.toString(), at: view.state.selection.main.head });
    if (found.definition) editor.goTo(found.definition.from, true);
    return true;
  }
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ "aria-label": "The map as text", spellcheck: "true" }),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorState.tabSize.of(4),
        EditorState.phrases.of({ "No diagnostics": "No faults" }),
        indentUnit.of("    "),
        lineNumbers(),
        foldGutter(),
        codeFolding(),
        foldService.of((state, start, end) => {
          const span = state.field(folds).find(({ from }) => from >= start && from <= end);
          return span && span.to > end && span.to <= state.doc.length ? { from: end, to: span.to } : null;
        }),
        highlighting,
        hanging,
        folds,
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: true }),
        closeBrackets(),
        placeholder("(claim) Write what you want to show.\n    + (why) Indented under it, a reason.\n    - (yet) And an objection."),
        autocompletion({ override: [(context) => complete(context).catch(() => null)] }),
        lintGutter(),
        hover,
        // What is said of a line does not lie over the buttons above the text.
        tooltips({ tooltipSpace: ({ dom }) => ({ top: dom.getBoundingClientRect().top, left: 0, bottom: innerHeight, right: innerWidth }) }),
        keymap.of([
          { key: "Mod-s", run: () => (events.save(), true), preventDefault: true },
          { key: "Shift-Alt-f", run: () => (events.format(), true) },
          { key: "F2", run: () => (void editor.rename(), true) },
          { key: "F12", run: (view) => (void definition(view).catch(() => null), true) },
          ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap,
          ...defaultKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) events.changed((at) => update.changes.mapPos(at));
          if (update.selectionSet && !quiet) events.moved(update.state.selection.main.head, update.docChanged);
        }),
      ],
    }),
  });

  const shown = (found: Diagnostic) => {
    const { from, to } = place(view.state.doc, found.labels[0]?.span ?? { from: 0, to: 0 });
    const fix = found.fix;
    const severity: "info" | "error" | "warning" = found.severity === "note" ? "info" : found.severity;
    return {
      from,
      to,
      severity,
      source: `line ${view.state.doc.lineAt(from).number}, ${found.code}`,
      message: [found.message, found.hint, found.form && `Like this:\n${found.form}`].filter(Boolean).join("\n"),
      actions: fix
        ? [{ name: fix.title, apply: (view: EditorView) => view.dispatch({ changes: changes(fix.edits), userEvent: "input.fix" }) }]
        : [],
    };
  };

  const editor: Editor = {
    view,
    text: () => view.state.doc.toString(),
    show(checked) {
      view.dispatch({ effects: setFolds.of(checked.folds) });
      view.dispatch(setDiagnostics(view.state, checked.diagnostics.map(shown)));
    },
    faults: () => void openLintPanel(view),
    replace(text, undoable = true) {
      const old = view.state.doc.toString();
      // Only what differs is replaced, so that the caret stays.
      const [from, end] = differing(old, text);
      if (from === old.length && from === text.length) return;
      view.dispatch({
        changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) },
        annotations: undoable ? [] : [Transaction.addToHistory.of(false)],
      });
    },
    goTo(at, focus) {
      const head = Math.min(at, view.state.doc.length);
      quiet = !focus;
      view.dispatch({ selection: { anchor: head }, effects: EditorView.scrollIntoView(head, { y: "nearest", yMargin: 60 }) });
      quiet = false;
      if (focus) view.focus();
    },
    does: {
      indent: () => void indentMore(view),
      outdent: () => void indentLess(view),
      undo: () => void undo(view),
      redo: () => void redo(view),
    },
    async rename() {
      const at = view.state.selection.main.head;
      const label = prompt("The new label of this statement:");
      if (!label) return;
      try {
        const { edits } = await ask("rename", { text: editor.text(), at, label });
        view.dispatch({ changes: changes(edits), userEvent: "input.rename" });
      } catch (error) {
        if (error instanceof Unanswered) events.say(error.message);
      }
    },
  };
  return editor;
}
