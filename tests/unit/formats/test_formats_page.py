"""docs/formats.md says what the trips show, and nothing is lost in silence."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from argmap.formats import registry

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_formats_table", DOCS / "make_formats_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_in_step(maker: ModuleType) -> None:
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert maker.page(text) == text, "run: python docs/make_formats_table.py"


def test_nothing_is_lost_in_silence_but_labels_on_the_page(maker: ModuleType) -> None:
    rows = re.findall(r"(?m)^\| (.+?) \|.*\bno\b", maker.tables())
    assert set(rows) <= {"labels"}


@pytest.mark.parametrize("format", registry.formats(), ids=lambda format: format.name)
def test_each_format_says_what_it_is(format: registry.Format) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]*", format.name)
    assert format.summary.endswith(".")
    assert all(suffix.startswith(".") for suffix in format.suffixes)
    assert format.read is not None or format.write is not None


def test_no_two_formats_are_written_under_one_suffix() -> None:
    suffixes = [suffix for format in registry.formats() if format.write is not None for suffix in format.suffixes]
    shared = {suffix for suffix in suffixes if suffixes.count(suffix) > 1}
    for suffix in shared - {".json"}:
        raise AssertionError(suffix)
    assert registry.for_writing("x.json").name == "json"


def test_helper_modules_are_no_formats() -> None:
    assert len({format.name for format in registry.formats()}) == len(registry.formats())
    with pytest.raises(registry.FormatError, match="did you mean json"):
        registry.by_name("jsn")
