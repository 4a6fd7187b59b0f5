// The page of `argmap live`: answered by the server that it came from.

import { Unanswered, connect } from "./backend";
import { start } from "./page";

connect({
  async ask(question, data) {
    let answer: Response;
    try {
      answer = await fetch(question, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(data),
      });
    } catch {
      throw new Unanswered("argmap live has ended: start it again; your text is still here");
    }
    const found = await answer.json();
    if ("error" in found) throw new Unanswered(found.error);
    return found;
  },
});
start();
