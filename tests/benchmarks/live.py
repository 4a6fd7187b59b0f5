"""From an edit to the new picture, in the page of `argmap live`, for maps of 30 and 200 statements.

    python tests/benchmarks/live.py

A letter is typed at the end of the first line, twenty times. The clock runs in the page: from the letter until the new
picture is in the document and laid out. Needs Playwright (`pip install -e '.[dev]'`) and a Chromium on PATH.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

AIMS = {30: 30, 200: 100}
EDITS = 20
EDIT = """async () => {
  const [stage, editor] = [document.getElementById("stage"), document.querySelector(".cm-content")];
  editor.focus();
  const drawn = new Promise((done, fail) => {
    const seen = new MutationObserver(() => { seen.disconnect(); done(); });
    seen.observe(stage, { childList: true, subtree: true });
    setTimeout(() => fail(new Error("no new picture")), 10_000);
  });
  const start = performance.now();
  document.execCommand("insertText", false, "x");
  await drawn;
  stage.getBoundingClientRect();
  const took = performance.now() - start;
  await new Promise((done) => setTimeout(done, 400));
  return took;
}"""
WORDS = "the council should close this street since cars keep children from school and shops would sell more"


def text(count: int) -> str:
    """A map of so many statements, three levels deep."""
    chosen = random.Random(1)
    lines = ["(root) The council should close the street to cars."]
    while len(lines) < count:
        depth = (1, 2, 3, 2, 3)[(len(lines) - 1) % 5]
        words = " ".join(chosen.sample(WORDS.split(), 9))
        lines.append(f"{'    ' * depth}{'+' if chosen.random() < 0.6 else '-'} (s{len(lines)}) Point: {words}.")
    return "\n".join(lines) + "\n"


def main() -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    options = ["--no-sandbox", "--disable-gpu"]
    print("statements  median ms  least ms  aim ms")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=options)
        for count, aim in AIMS.items():
            file = Path(folder) / f"{count}.argmap"
            file.write_text(text(count), "utf-8")
            command = [sys.executable, "-m", "argmap", "live", "--no-browser", str(file)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
                assert server.stdout is not None
                page = browser.new_page()
                page.goto(server.stdout.readline().strip())
                page.locator("#stage g.statement").first.wait_for()
                if page.locator("#unfold").is_visible():  # a large map opens folded
                    page.click("#unfold")
                page.wait_for_timeout(1500)
                assert page.locator("#stage g.statement").count() == count
                page.focus(".cm-content")
                page.keyboard.press("Control+Home")
                page.keyboard.press("End")
                page.evaluate(EDIT)
                times = [page.evaluate(EDIT) for _ in range(EDITS)]
                print(f"{count:10} {statistics.median(times):10.0f} {min(times):9.0f} {aim:7}")
                page.close()
                server.terminate()
        browser.close()


if __name__ == "__main__":
    main()
