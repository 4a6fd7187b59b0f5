// Fenced blocks in the Markdown preview, without VS Code.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { drawFences } from "../src/markdown";
import type { Drawn, MarkdownIt } from "../src/markdown";

async function rendered(info: string, content: string, answer: Drawn | Error) {
  let refreshed = 0;
  const md: MarkdownIt = { renderer: { rules: { fence: (tokens, index) => `<pre>${tokens[index]?.content}</pre>` } } };
  const draw = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  drawFences(md, draw, () => { refreshed++; });
  const render = () => md.renderer.rules.fence?.([{ info, content }], 0, {}, {}, {});
  const first = render();
  await setImmediate();
  return { first, after: render(), refreshed };
}

test("a map is its text until it is drawn, then a picture", async () => {
  const { first, after, refreshed } = await rendered("argmap {#fig}", "(a) x.", { drawing: { svg: "<svg>é</svg>" } });
  assert.equal(first, "<pre>(a) x.</pre>");
  assert.ok(after?.includes(`base64,${Buffer.from("<svg>é</svg>").toString("base64")}"`));
  assert.ok(!after?.includes("<pre>"));
  assert.equal(refreshed, 1);
});

test("a map that cannot be drawn stays text, and why is said as text", async () => {
  for (const answer of [{ error: 'no <b>"label"' }, new Error('no <b>"label"')]) {
    const { after } = await rendered("argmap", "(a", answer);
    assert.match(after ?? "", /^<pre>\(a<\/pre><p><em>This map is not drawn: .*no &#60;b&#62;&#34;label&#34;/);
  }
});

test("other blocks are left alone", async () => {
  const { after, refreshed } = await rendered("python", "x", { drawing: { svg: "<svg/>" } });
  assert.deepEqual([after, refreshed], ["<pre>x</pre>", 0]);
});
