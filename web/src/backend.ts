// What the page asks of argmap, wherever it runs. Nothing here reasons about a map: places, verdicts and sentences are argmap's.

export interface Span { from: number; to: number }
export interface Edit { span: Span; replacement: string }
export interface Diagnostic {
  code: string;
  severity: "error" | "warning" | "note";
  message: string;
  hint: string | null;
  labels: { span: Span; text: string }[];
  form: string | null;
  fix: { title: string; safe: boolean; edits: Edit[] } | null;
}
/** A map in the page; `taken` where it is not the one that the page came with. */
export interface Opened { name: string; text: string; stamp: string; themes: string[]; overview: number; follows?: boolean; listed?: boolean; pdf?: boolean; taken?: boolean }
export interface Checked {
  ok: boolean;
  ids: string[];
  holders: string[];
  diagnostics: Diagnostic[];
  folds: Span[];
}
export interface Element {
  id: string;
  kind: string;
  span: Span | null;
  statement: string | null;
  name: string;
  parent: string | null;
  is_folded: boolean;
}
/** The layout that was chosen for a picture: sent back, the next one is laid out alike. */
/** What was chosen for a picture, for the next one to be laid out alike. */
export type Choices = object;
export interface Drawing { svg: string; choices: Choices; elements: Element[]; sentences: string[]; notices: { message: string }[] }
export interface Completion { text: string; detail: string; kind: string; span: Span }
export interface Conflict { text: string; stamp: string }

export interface Answers {
  open: Opened;
  poll: { text?: string; stamp?: string; caret?: number };
  reveal: object;
  save: { stamp?: string; conflict?: Conflict };
  check: Checked;
  /** Which of some texts is the first without errors. */
  good: { number?: number };
  draw: { drawing: Drawing };
  hover: { hover: { span: Span; lines: string[] } | null };
  complete: { completions: Completion[] };
  place: { definition: Span | null };
  rename: { edits: Edit[] };
  format: { text: string };
  fix: { text: string };
  convert: { text: string; losses: string[] };
  export: { text?: string; base64?: string; suffix: string; losses: string[] };
}

/** Whoever answers: the server of `argmap live`, or a worker. */
export interface Backend {
  ask<Q extends keyof Answers>(question: Q, data: object): Promise<Answers[Q]>;
}

/** What is said when there is no answer. */
export class Unanswered extends Error {}

let backend: Backend;

export function connect(found: Backend) {
  backend = found;
}

export function ask<Q extends keyof Answers>(question: Q, data: object = {}): Promise<Answers[Q]> {
  return backend.ask(question, data);
}
