// Maps in Markdown: a fenced block `argmap` is a picture in the preview.

/** What is used here of markdown-it, which the preview brings along. */
interface Token { info: string; content: string }
type Rule = (tokens: Token[], index: number, options: object, env: { currentDocument?: unknown } | undefined, self: object) => string;
export interface MarkdownIt { renderer: { rules: { fence?: Rule } } }

export interface Drawn { drawing?: { svg: string }; error?: string }

const MOST = 100;
const asHtml = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * Draws the fenced blocks. A preview does not wait, so a block is its text until `draw` has answered and `refresh` shows it.
 * `draw` is given the text and the document that it is in.
 */
export function drawFences(md: MarkdownIt, draw: (text: string, document: unknown) => Promise<Drawn>, refresh: () => void): MarkdownIt {
  const asText = md.renderer.rules.fence;
  const pictures = new Map<string, string>();
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const { info, content } = tokens[index] ?? { info: "", content: "" };
    const text = asText?.(tokens, index, options, env, self) ?? "";
    if (info.trim().split(/\s/)[0] !== "argmap") return text;
    const picture = pictures.get(content);
    if (picture === undefined) {
      const oldest = pictures.keys().next();
      if (pictures.size >= MOST && !oldest.done) pictures.delete(oldest.value);
      pictures.set(content, "");
      draw(content, env?.currentDocument)
        .catch((error) => ({ error: String(error) }) as Drawn)
        .then(({ drawing, error }) => {
          const svg = drawing && Buffer.from(drawing.svg).toString("base64");
          const image = `<p><img alt="The map of the text in this place" style="max-width: 100%" src="data:image/svg+xml;base64,${svg}"></p>\n`;
          pictures.set(content, svg ? image : `<p><em>This map is not drawn: ${asHtml(error ?? "")}</em></p>\n`);
          refresh();
        });
    }
    return picture?.includes("<img") ? picture : text + (picture ?? "");
  };
  return md;
}
