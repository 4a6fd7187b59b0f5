"""From an edit to its diagnostics, by `argmap lsp`, for maps of 100, 1,000 and 10,000 lines.

    python tests/benchmarks/lsp.py [LINES ...]

A letter is typed in a statement, ten times with a second between, and once six letters as a quick typist types. The
clock runs in the client, from the last letter until its diagnostics are there. The server's CPU for an edit is steadier
on a busy machine (Linux only).
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

AIMS = {100: (0.6, 0.1), 1_000: (0.6, 0.15), 10_000: (0.6, 0.4)}
EDITS = 10
URI = "file:///nowhere/large.argmap"


def text(lines: int) -> str:
    """Claims with reasons, joined premises, objections, exceptions, corollaries, quotations and stances."""
    found = ["title: Large", ""]
    while len(found) < lines:
        n = len(found)
        found += [f"# Part {n}"] if n % 200 < 10 else []
        found += [
            f"(c{n}) The council should do thing number {n} before the year is over. {{#t{n % 7}}}",
            f"    + (r{n}) It would help the people of street {n} a great deal, as they say.",
            f'        > "It helps street {n}." (report, p. {n})',
            f"    & (p{n}) Whatever helps a street {n} is good.",
            f"    - (o{n}) It costs {n * 10} thousand.",
            f"        - (q{n}) The money for item {n} is there.",
            f"        unless: (u{n}) Prices in {1900 + n} rise.",
            f"    => (d{n}) Then street {n} wins.",
            "",
            f"@ Party {n % 9}: accept (c{n}); doubt (o{n})",
            "",
        ]
    return "\n".join(found)


async def measure(lines: int) -> None:
    client, news, version = LanguageClient("benchmark", "1"), asyncio.Event(), 1

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def published(params: lsp.PublishDiagnosticsParams) -> None:
        if params.version == version:
            news.set()

    await client.start_io(sys.executable, "-m", "argmap", "lsp")
    await client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    client.initialized(lsp.InitializedParams())

    async def timed(letters: int) -> tuple[float, float]:
        """Seconds, and seconds of CPU, until the diagnostics are there."""
        nonlocal version
        assert client._server is not None
        cpu = _cpu(client._server.pid)
        for number in range(letters):
            await asyncio.sleep(0.06 if number else 0)
            version += 1
            place = lsp.Position(1 + 11 * version, 12)
            typed = lsp.TextDocumentContentChangePartial(lsp.Range(place, place), "x")
            changed = lsp.VersionedTextDocumentIdentifier(version, URI)
            start = time.perf_counter()
            client.text_document_did_change(lsp.DidChangeTextDocumentParams(changed, [typed]))
        if not letters:
            start = time.perf_counter()
            opened = lsp.TextDocumentItem(URI, "argmap", version, text(lines))
            client.text_document_did_open(lsp.DidOpenTextDocumentParams(opened))
        await asyncio.wait_for(news.wait(), 60)
        news.clear()
        return time.perf_counter() - start, _cpu(client._server.pid) - cpu

    first, _ = await timed(0)
    edits = []
    for _ in range(EDITS):
        await asyncio.sleep(1)
        edits.append(await timed(1))
    await asyncio.sleep(1)
    burst, _ = await timed(6)
    took, cpu = zip(*edits, strict=True)
    aims = AIMS.get(lines, ("", ""))
    print(f"{lines:>6}  {first:5.2f} ({aims[0]})", end="")
    print(f"  {statistics.median(took):12.3f}  {min(took):5.3f} ({aims[1]})  {min(cpu):4.2f}  {burst:5.2f}")
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


def _cpu(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(" lines  first (aim)  edit: median  least (aim)   CPU  last of six letters")
    for wanted in [int(word) for word in sys.argv[1:]] or AIMS:
        asyncio.run(measure(wanted))
