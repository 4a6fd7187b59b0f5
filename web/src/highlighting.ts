// The colours of the text, by the patterns that argmap makes from its table of marks: at once, without asking anybody.

import { StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import type { StringStream } from "@codemirror/language";
import { Tag, tagHighlighter } from "@lezer/highlight";

interface Context {
  /** A pattern, the kinds of its groups, and the context that begins after it. */
  rules: [string, string[], string][];
  end: string;
  /** Of all text that no rule takes. */
  kind: string;
}

/** Put in when the page is built. */
declare const HIGHLIGHTING: Record<string, Context>;

interface State {
  open: string[];
  /** What was found and not yet given out: where it ends, and its kind. */
  pieces: [number, string][];
}

const contexts = new Map(
  Object.entries(HIGHLIGHTING).map(([name, { rules, end, kind }]) => [
    name,
    { kind, end: new RegExp(end, "y"), rules: rules.map(([pattern, kinds, after]) => ({ pattern: new RegExp(pattern, "y"), kinds, after })) },
  ]),
);
/** CodeMirror has meanings of its own for names such as `attribute`. */
const named = (kind: string) => kind && `am-${kind}`;
const tags = Object.fromEntries(
  Object.values(HIGHLIGHTING).flatMap(({ rules, kind }) => [kind, ...rules.flatMap(([, kinds]) => kinds)])
    .filter(Boolean).map((kind) => [named(kind), Tag.define()]),
);
export const classes = tagHighlighter(Object.entries(tags).map(([name, tag]) => ({ tag, class: name })));

function at(pattern: RegExp, line: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(line);
}

/** The context that a place is in, once those that end there are closed; what ended the last is passed over. */
function context(state: State, line: string, place: number) {
  for (;;) {
    const found = contexts.get(state.open.at(-1) ?? "line")!;
    const end = at(found.end, line, place);
    if (!end) return { found, skipped: 0 };
    state.open.pop();
    if (end[0]) return { found, skipped: end[0].length };
  }
}

function piece(stream: StringStream, state: State): string | null {
  const [end, kind] = state.pieces.shift()!;
  stream.pos = end;
  return named(kind) || null;
}

export const language = StreamLanguage.define<State>({
  name: "argmap",
  tokenTable: tags,
  languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "{", '"', "“"] } },
  startState: () => ({ open: ["line", "header"], pieces: [] }),
  copyState: ({ open, pieces }) => ({ open: [...open], pieces: [...pieces] }),
  blankLine: (state) => void context(state, "", 0),
  token(stream, state) {
    if (state.pieces.length) return piece(stream, state);
    const { found, skipped } = context(state, stream.string, stream.pos);
    if (skipped) {
      stream.pos += skipped;
      return null;
    }
    for (const { pattern, kinds, after } of found.rules) {
      const match = at(pattern, stream.string, stream.pos);
      if (!match) continue;
      if (after) state.open.push(after);
      let end = stream.pos;
      kinds.forEach((kind, number) => {
        const words = match[number + 1];
        if (words) state.pieces.push([(end += words.length), kind]);
      });
      return piece(stream, state);
    }
    stream.pos += at(/\w+|./sy, stream.string, stream.pos)![0].length;
    return named(found.kind) || null;
  },
});

export const highlighting = [language, syntaxHighlighting(classes)];
