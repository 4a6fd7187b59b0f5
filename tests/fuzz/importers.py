"""Mutated files of other formats, through their readers: whatever comes in can be written, and passes `check`.

    python tests/fuzz/importers.py [--seconds 60] [--seed 0] [--formats aif argdown …]

Ends with 1 where a promise was broken.

The files are the examples, exported in every format that is read too, a few by hand for those that are only read,
and those in the folder that ARGMAP_CORPUS names.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import argmap
from argmap.checking import check
from argmap.diagnostics import Severity
from argmap.errors import FormatError
from argmap.formats import registry
from argmap.model import ArgumentMap
from argmap.text import Source

EXAMPLES = Path(__file__).parents[2] / "examples"
CORPUS = Path(os.environ.get("ARGMAP_CORPUS", "/nowhere"))
BY_HAND = (
    (
        "kialo",
        "Discussion Title: Should libraries open?\n\n1. They should.\n1.1. Pro: Many have no other day.\n"
        "1.1.1. Con: They have Saturday.\n\nAnd Friday.\n1.2. Con: -> See 1.1.1.\n2. Another thesis.\n",
    ),
    (
        "arggraph",
        '<arggraph id="t"><edu id="e1">It saves.</edu><edu id="e2"><![CDATA[All can learn it.]]></edu>'
        '<edu id="e3">We should.</edu><edu id="e4">Some cannot.</edu><adu id="a1" type="pro"/><adu id="a2" type="pro"/>'
        '<adu id="a3" type="pro"/><adu id="a4" type="opp"/><edge id="s1" src="e1" trg="a1" type="seg"/>'
        '<edge id="s2" src="e2" trg="a2" type="seg"/><edge id="s3" src="e3" trg="a3" type="seg"/>'
        '<edge id="s4" src="e4" trg="a4" type="seg"/><edge id="c1" src="a1" trg="a3" type="sup"/>'
        '<edge id="c2" src="a2" trg="c1" type="add"/><edge id="c3" src="a4" trg="c1" type="und"/></arggraph>',
    ),
    (
        "sadface",
        '{"metadata": {"core": {"title": "t"}}, "nodes": [{"id": "a", "type": "atom", "text": "All die"},'
        '{"id": "b", "type": "atom", "text": "You die"}, {"id": "c", "type": "atom", "text": "Not all"},'
        '{"id": "s", "type": "scheme", "name": "support"}, {"id": "k", "type": "scheme", "name": "conflict"}],'
        '"edges": [{"id": "1", "source_id": "a", "target_id": "s"}, {"id": "2", "source_id": "s", "target_id": "b"},'
        '{"id": "3", "source_id": "c", "target_id": "k"}, {"id": "4", "source_id": "k", "target_id": "s"}]}',
    ),
    (
        "arguebuf",
        '{"schemaVersion": 1, "nodes": {"a": {"atom": {"text": "All die", "reference": {"text": "die"}}},'
        '"b": {"atom": {"text": "You die"}}, "s": {"scheme": {"support": "SUPPORT_DEFAULT"}}},'
        '"edges": {"1": {"source": "a", "target": "s"}, "2": {"source": "s", "target": "b"}}, "majorClaim": "b"}',
    ),
)  # fmt: skip
# What one format gives a meaning of its own, put where another has words or names.
WORDS = (
    "a~", "x-", "%", "implicit", "open", "probably", "unproved", "certainly", "argmap", "title", "#t", "{", "}", "*",
    "**", "(a)", "(", "[A]", "<B>", "@ X: accept (a)", "+ ", "- ", "because:", "unless:", "provided: ", "> ", '"',
    "___", "---", "----", "\\", "from (1)", "\u00a0", "\u3000", "\u2028", "\u202e", "\ufeff", "\t", "  ", "", "1.",
    "1.1.", "\u2192 ", "a) ",
    "Pro: ", "Con:", "key: value", "lang", "// x", "'", "\u2019", "\u732b", "\u00e9", "a" * 700,
    "\U0001f600", "x\n\ny", "x\ny", "\r", "- and so on", "4. Point", ".A.", ":love:", "null", "date", ",", ";", "X; Y",
    "A and B", "~", "=>", "\u2014", "(1), (2)", "(1) -> (2)", "However, x", "\u2460",
)  # fmt: skip
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_WORD = re.compile(r"\w+")


def files() -> list[tuple[str, str]]:
    """The format and the text of every file."""
    found = list(BY_HAND)
    for path in sorted(EXAMPLES.rglob("*.argmap")):
        map = argmap.load(path)
        for format in registry.formats():
            if format.read is not None and format.write is not None and format.name != "argmap":
                found += [(format.name, format.write(map).text)]
    for suffix, name in ((".argdown", "argdown"), (".json", "aif"), (".mup", "mindmup")):
        paths = (path for path in sorted(CORPUS.rglob(f"*{suffix}")) if suffix != ".json" or path.parent.name == "aif")
        found += ((name, path.read_text(encoding="utf-8")) for path in paths)
    return found


def mutated(pick: random.Random, name: str, good: str) -> str:
    """A file with things taken out, put in, repeated or called otherwise."""
    if good.startswith("{") and pick.random() < 0.9:
        return json.dumps(_mutated_json(pick, json.loads(good)), ensure_ascii=False)
    if len(good) > 4000 and not good.startswith(("{", "<")):
        start = pick.randrange(len(good) - 3000)
        good = good[start : start + 3000]
    for _ in range(pick.randint(1, 5)):
        if not good:
            break
        at, what = pick.randrange(len(good)), pick.random()
        quoted = list(_QUOTED.finditer(good)) if name not in ("argdown", "kialo") and what < 0.5 else []
        words = [] if quoted else list(_WORD.finditer(good, at, at + 300))
        word = pick.choice(WORDS)
        if quoted:
            old = pick.choice(quoted)
            new = word if what < 0.3 else old[0][1:-1] + word
            new = json.dumps(new, ensure_ascii=False) if good[0] == "{" else f'"{new.replace("<", "&lt;")}"'
            good = good[: old.start()] + new + good[old.end() :]
        elif words and what < 0.7:
            old = pick.choice(words)
            good = good[: old.start()] + word + good[old.end() if pick.random() < 0.6 else old.start() :]
        elif what < 0.85:
            good = good[:at] + good[at + pick.randint(1, 12) :]
        else:
            copied = pick.randrange(len(good))
            good = good[:at] + good[copied : copied + pick.randint(1, 80)] + good[at:]
    return good


def _mutated_json(pick: random.Random, value: Any) -> Any:
    """A JSON value with a few of its parts taken out, exchanged, repeated or replaced."""
    parts: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        each = waiting.pop()
        keys = list(each) if isinstance(each, dict) else range(len(each))
        parts += [(each, key) for key in keys]
        waiting += [each[key] for key in keys if isinstance(each[key], (dict, list))]
    for _ in range(pick.randint(1, 4)):
        (owner, key), (other, its) = pick.choice(parts), pick.choice(parts)
        what = pick.random()
        try:
            old, new = owner[key], other[its]
        except LookupError:
            continue  # taken out before
        if what < 0.2:
            del owner[key]
        elif what < 0.5:
            owner[key] = pick.choice((*WORDS, None, [], {}, 7, -1.5, True, "RA", "CA", "L", "YA", "I"))
        elif what < 0.7 and isinstance(old, str):
            owner[key] = old + pick.choice(WORDS)
        elif not isinstance(old, (dict, list)) and not isinstance(new, (dict, list)):
            owner[key] = new
        elif isinstance(owner, list):
            owner.append(json.loads(json.dumps(old)))
    return value


def inputs(seed: int = 0, only: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Inputs without end with the format that each is to be read in; the same ones for the same seed."""
    pick = random.Random(seed)
    by_format: dict[str, list[str]] = {}
    for name, text in files():
        if not only or name in only:
            by_format.setdefault(name, []).append(text)
    while True:
        name = pick.choice(sorted(by_format))
        yield name, mutated(pick, name, pick.choice(by_format[name]))


def put_through(name: str, text: str) -> bool:
    """Read one input and hold the promises to it; whether it was read."""
    try:
        map = argmap.parse(text, f"x.{name}", format=name)
    except FormatError:
        return False
    for found in map.diagnostics:
        assert found.span is not None, f"no place: {found}"
    if not map.statements:
        assert [found.code for found in map.diagnostics if found.severity is Severity.ERROR] == ["AM003"]
        return False
    assert map.ok
    notation = registry.by_name("argmap")
    assert notation.write is not None
    written = notation.write(map)
    again = argmap.parse(written.text, "x.argmap")
    known = {found.code for found in check(map)}
    faults = [found for found in check(again) if found.severity is Severity.ERROR and found.code not in known]
    assert not faults, (faults, written.text)
    if written.complete:
        assert _said(again) == _said(map), written.text
    for format in registry.formats():
        if format.write is not None:
            text = format.write(map).text
            if format.read is not None:
                format.read(Source(f"x.{format.name}", text))
    return True


def _said(map: ArgumentMap) -> dict[str, Counter[Any]]:
    """What a map says, without order and names; lines of a text are only lines."""
    text = {one.id: tuple(" ".join(part.split()) for part in one.text.split("\n\n")) for one in map.statements}

    def texts(ids: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(sorted(text[id] for id in ids))

    return {
        "statements": Counter((text[one.id], one.role, one.open, one.implicit) for one in map.statements),
        "steps": Counter(
            (one.kind, texts(one.ground), text[one.target], texts(one.conditions), texts(one.exceptions))
            for one in map.steps
        ),
        "contradictions": Counter((text[one.left], text[one.right]) for one in map.contradictions),
        "stances": Counter((one.attitude, texts(one.ids[:-1]), text[one.ids[-1]]) for one in map.stances),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--formats", nargs="*", default=())
    asked = parser.parse_args()
    end = time.monotonic() + asked.seconds
    counts: Counter[str] = Counter()
    failures: dict[str, list[str]] = {}
    slowest = (0.0, "")
    for number, (name, text) in enumerate(inputs(asked.seed, asked.formats)):
        begun = time.monotonic()
        if begun > end:
            break
        counts[name] += 1
        try:
            counts["read"] += put_through(name, text)
        except Exception as error:
            key = f"{name}: {type(error).__name__} {re.sub(r'[0-9]+', '', str(error))[:90]}"
            failures.setdefault(key, []).append(f"{number}: {str(error)[:1500]}\n{text[:4000]!r}")
        slowest = max(slowest, (time.monotonic() - begun, f"{number}, {name}"))
    print(f"seed {asked.seed}: {dict(counts)}; {sum(map(len, failures.values()))} failed; slowest {slowest}")
    for key, each in sorted(failures.items(), key=lambda pair: -len(pair[1])):
        print("\n##", len(each), key, "\n", min(each, key=len))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
