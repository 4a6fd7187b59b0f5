"""The language server, spoken to as editors do: by a client of the protocol, and by Neovim where there is one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

SERVER = [sys.executable, "-m", "argmap", "lsp"]
EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = """title: Rain ☂

(a) Take an 🌂 umbrella. {probably}
    + (b) It is raining 🌧, as (c) says.
        > "It rains."
    - (c) It is windy.
        - (pakt)

@ Ann: accept (a)
"""


class Editor(LanguageClient):
    """A client that keeps the diagnostics it is sent."""

    def __init__(self) -> None:
        super().__init__("test", "1")
        self.found: dict[str, list[lsp.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.shown: asyncio.Queue[lsp.ShowDocumentParams] = asyncio.Queue()
        self.messages: list[str] = []

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.found[params.uri] = list(params.diagnostics)
            self.news.set()

        @self.feature(lsp.WINDOW_SHOW_DOCUMENT)
        def show(params: lsp.ShowDocumentParams) -> lsp.ShowDocumentResult:
            self.shown.put_nowait(params)
            return lsp.ShowDocumentResult(success=True)

        @self.feature(lsp.WINDOW_SHOW_MESSAGE)
        def message(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)

    async def diagnostics(self, uri: str) -> list[lsp.Diagnostic]:
        """The next that are published."""
        await asyncio.wait_for(self.news.wait(), 30)
        self.news.clear()
        return self.found[uri]

    def open(self, uri: str, text: str) -> None:
        item = lsp.TextDocumentItem(uri=uri, language_id="argmap", version=1, text=text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, text: str, place: lsp.Range | None = None) -> None:
        change = (
            lsp.TextDocumentContentChangeWholeDocument(text)
            if place is None
            else lsp.TextDocumentContentChangePartial(range=place, text=text)
        )
        self.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(version, uri), [change])
        )


def talk(
    ask: Callable[[Editor, str], Awaitable[None]],
    folder: Path,
    text: str = TEXT,
    options: Any = None,
    shows: bool = True,
) -> None:
    """Start a server on a file, let `ask` speak to it, and stop it."""

    async def run() -> None:
        file = folder / "rain.argmap"
        file.write_text(text, encoding="utf-8")
        editor = Editor()
        await editor.start_io(*SERVER)
        capabilities = lsp.ClientCapabilities(
            general=lsp.GeneralClientCapabilities(position_encodings=["utf-8", "utf-32", "utf-16"]),
            window=lsp.WindowClientCapabilities(show_document=lsp.ShowDocumentClientCapabilities(shows)),
        )
        started = await editor.initialize_async(
            lsp.InitializeParams(
                capabilities=capabilities,
                workspace_folders=[lsp.WorkspaceFolder(folder.as_uri(), "maps")],
                initialization_options=options,
            )
        )
        assert started.capabilities.position_encoding == "utf-16"
        editor.initialized(lsp.InitializedParams())
        editor.open(file.as_uri(), text)
        try:
            await asyncio.wait_for(ask(editor, file.as_uri()), 90)
        finally:
            await editor.shutdown_async(None)
            editor.exit(None)
            assert editor._server is not None
            assert await asyncio.wait_for(editor._server.wait(), 30) == 0
            await editor.stop()

    asyncio.run(run())


def at(text: str, words: str, uri: str, ahead: int = 0) -> dict[str, Any]:
    """Where some words stand, as parameters of a request."""
    before = text[: text.index(words) + ahead]
    column = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
    place = lsp.Position(before.count("\n"), column)
    return {"text_document": lsp.TextDocumentIdentifier(uri), "position": place}


def span(found: lsp.Range) -> tuple[int, int, int, int]:
    return (found.start.line, found.start.character, found.end.line, found.end.character)


def test_diagnostics_come_with_the_text_and_change_with_it(tmp_path: Path) -> None:
    async def ask(editor: Editor, uri: str) -> None:
        (found,) = await editor.diagnostics(uri)
        assert (found.code, found.severity, found.source) == ("AM101", 1, "argmap")
        assert span(found.range) == (6, 10, 6, 16)
        editor.change(uri, 2, "(b)", lsp.Range(lsp.Position(6, 10), lsp.Position(6, 16)))
        assert "AM101" not in {each.code for each in await editor.diagnostics(uri)}
        editor.change(uri, 3, "(a")
        await editor.diagnostics(uri)
        for version in range(4, 204):
            editor.change(uri, version, "(a) One.\n" + "    + half-wri" * (version % 3))
        editor.change(uri, 204, "(a) One.\n\n(a) One again.\n")
        again = None
        while again is None:  # those of the texts before
            again = next((each for each in await editor.diagnostics(uri) if each.code == "AM102"), None)
        assert again.related_information
        assert again.related_information[0].location.range.start.line == 0

    talk(ask, tmp_path)


def test_the_way_about_a_map(tmp_path: Path) -> None:
    async def ask(editor: Editor, uri: str) -> None:
        reference = at(TEXT, "(a)\n", uri, 1)
        place = await editor.text_document_definition_async(lsp.DefinitionParams(**reference))
        assert isinstance(place, lsp.Location)
        assert span(place.range) == (2, 0, 2, 3)
        references = await editor.text_document_references_async(
            lsp.ReferenceParams(**reference, context=lsp.ReferenceContext(include_declaration=False))
        )
        assert [span(each.range) for each in references or ()] == [(8, 14, 8, 17)]
        hover = await editor.text_document_hover_async(lsp.HoverParams(**at(TEXT, "raining", uri)))
        assert hover is not None
        assert isinstance(hover.contents, lsp.MarkupContent)
        assert hover.contents.kind == "plaintext"
        assert "(b) It is raining" in hover.contents.value
        symbols = await editor.text_document_document_symbol_async(
            lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri))
        )
        assert symbols
        assert isinstance(symbols[0], lsp.DocumentSymbol)
        assert [each.name for each in symbols[0].children or ()] == ["(b)", "(c)"]
        others = await editor.workspace_symbol_async(lsp.WorkspaceSymbolParams("windy"))
        assert [each.name for each in others or ()] == ["(c) It is windy."]
        folds = await editor.text_document_folding_range_async(lsp.FoldingRangeParams(lsp.TextDocumentIdentifier(uri)))
        assert (2, 6) in [(each.start_line, each.end_line) for each in folds or ()]
        prepared = await editor.text_document_prepare_call_hierarchy_async(
            lsp.CallHierarchyPrepareParams(**at(TEXT, "Take", uri))
        )
        assert prepared
        below = await editor.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(prepared[0]))
        assert [each.from_.name for each in below or ()] == ["(b)", "(c)"]

    talk(ask, tmp_path)


def test_writing(tmp_path: Path) -> None:
    text = TEXT.replace("(pakt)", "(b)") + "@ Ann: accept ("

    async def ask(editor: Editor, uri: str) -> None:
        items = await editor.text_document_completion_async(
            lsp.CompletionParams(**at(text, "accept (", uri, 8) | {"position": lsp.Position(9, 15)})
        )
        assert isinstance(items, list)
        assert [(each.label, each.filter_text) for each in items] == [("a", "a)"), ("b", "b)"), ("c", "c)")]
        assert items[0].detail == "Take an 🌂 umbrella."
        renamed = await editor.text_document_rename_async(
            lsp.RenameParams(**at(text, "(c)\n".strip(), uri, 1), new_name="wind")
        )
        assert renamed is not None
        assert renamed.changes is not None
        assert {each.new_text for each in renamed.changes[uri]} == {"wind"}
        with pytest.raises(Exception, match=r"^another statement has the label"):
            await editor.text_document_rename_async(lsp.RenameParams(**at(text, "(c)", uri, 1), new_name="a"))
        editor.change(uri, 2, "(a)   One.\n  + (b) Two.\n")
        edits = await editor.text_document_formatting_async(
            lsp.DocumentFormattingParams(lsp.TextDocumentIdentifier(uri), lsp.FormattingOptions(4, True))
        )
        assert "".join(each.new_text for each in edits or ()) == "(a) One.\n    + (b) Two.\n"

    talk(ask, tmp_path, text)


def test_rename_goes_to_every_map_of_the_project_that_has_the_same_statement(tmp_path: Path) -> None:
    maps = {
        "same": "\ufeff(b)  It is raining 🌧,\n    as (c) says.\n\n@ Ann 🌧: accept (b)\n",
        "uses": "(z) We stay.\n    + (b)\n",
        "other": "(b) Something else.\n",
        "taken": "(b) It is raining 🌧, as (c) says.\n\n(wet) It is wet.\n",
    }
    for name, text in maps.items():
        (tmp_path / f"{name}.argmap").write_text(text, encoding="utf-8")

    async def ask(editor: Editor, uri: str) -> None:
        place = at(TEXT, "(b)", uri, 1)
        renamed = await editor.text_document_rename_async(lsp.RenameParams(**place, new_name="rain"))
        assert renamed
        assert renamed.changes
        edits = {uri.rpartition("/")[2]: [span(each.range) for each in found] for uri, found in renamed.changes.items()}
        assert edits == {
            "rain.argmap": [(3, 7, 3, 8)],
            "same.argmap": [(0, 1, 0, 2), (3, 18, 3, 19)],
            "taken.argmap": [(0, 1, 0, 2)],
            "uses.argmap": [(1, 7, 1, 8)],
        }
        with pytest.raises(Exception, match=r"taken\.argmap: another statement has the label"):
            await editor.text_document_rename_async(lsp.RenameParams(**place, new_name="wet"))

    talk(ask, tmp_path)


def test_fixes_are_code_actions(tmp_path: Path) -> None:
    text = "(a) One.\n    – (b) Two.\n"

    async def ask(editor: Editor, uri: str) -> None:
        found = await editor.diagnostics(uri)
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(2, 0))
        actions = await editor.text_document_code_action_async(
            lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), whole, lsp.CodeActionContext(found))
        )
        kinds = {str(each.kind) for each in actions or () if isinstance(each, lsp.CodeAction)}
        for line, expected in ((1, True), (0, False)):  # wherever the caret is on the line of the fault
            caret = lsp.Position(line, 7)
            context = lsp.CodeActionContext([], only=[lsp.CodeActionKind.QuickFix])
            fixes = await editor.text_document_code_action_async(
                lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), lsp.Range(caret, caret), context)
            )
            assert bool(fixes) is expected
        assert kinds == {"quickfix", "source.fixAll"}
        assert "Show the map beside the text" in {each.title for each in actions or ()}

    talk(ask, tmp_path, text)


def test_tokens_and_verdicts(tmp_path: Path) -> None:
    text = TEXT.replace("(pakt)", "(d) It is not.")

    async def ask(editor: Editor, uri: str) -> None:
        tokens = await editor.text_document_semantic_tokens_full_async(
            lsp.SemanticTokensParams(lsp.TextDocumentIdentifier(uri))
        )
        assert tokens is not None
        assert tokens.data
        line, column, places = 0, 0, []
        for number in range(0, len(tokens.data), 5):
            down, along, length, *_ = tokens.data[number : number + 5]
            line, column = line + down, along if down else column + along
            places.append((line, column, length))
        assert (2, 0, 3) in places  # (a)
        assert all(length > 0 for *_, length in places)
        hints = await editor.text_document_inlay_hint_async(
            lsp.InlayHintParams(lsp.TextDocumentIdentifier(uri), lsp.Range(lsp.Position(0, 0), lsp.Position(9, 0)))
        )
        assert [each.label for each in hints or ()] == ["stands", "stands", "falls", "stands"]

    talk(ask, tmp_path, text, {"verdicts": True})


async def post(address: str, question: str, **data: Any) -> Any:
    """What the live page is answered."""
    request = Request(address + question, json.dumps(data).encode(), {"Content-Type": "application/json"})
    return json.loads(await asyncio.to_thread(lambda: urlopen(request, timeout=30).read()))


async def forever(address: str) -> None:
    """Ask the live page until it is there no longer."""
    while True:
        await post(address, "open")


async def execute(editor: Editor, command: str, *arguments: Any) -> str:
    return str(await editor.workspace_execute_command_async(lsp.ExecuteCommandParams(command, list(arguments))))


async def open_live(editor: Editor, uri: str) -> str:
    return await execute(editor, "argmap.openLive", uri)


def test_the_live_page_follows_the_editor_and_leads_back_to_it(tmp_path: Path) -> None:
    text = TEXT.replace("(pakt)", "(d) It is not.")

    async def ask(editor: Editor, uri: str) -> None:
        address = await open_live(editor, uri)
        shown = await asyncio.wait_for(editor.shown.get(), 30)
        assert (shown.uri, shown.external) == (address, True)
        assert await open_live(editor, uri) == (await asyncio.wait_for(editor.shown.get(), 30)).uri == address
        opened = await post(address, "open")
        assert (opened["text"], opened["follows"]) == (text, True)

        known = {"stamp": opened["stamp"], "caret": 0}
        waiting = asyncio.create_task(post(address, "poll", **known))
        editor.change(uri, 2, "(new) ", lsp.Range(lsp.Position(3, 6), lsp.Position(3, 10)))
        now = await waiting
        assert now["text"] == text.replace("(b) ", "(new) ")
        assert (tmp_path / "rain.argmap").read_text("utf-8") == text

        caret = at(now["text"], "umbrella", uri)
        for tell in (
            lambda: editor.protocol.notify(
                "argmap/caret", {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 15}}
            ),
            lambda: editor.text_document_document_highlight(
                lsp.DocumentHighlightParams(**caret | {"position": lsp.Position(5, 10)})
            ),
        ):
            waiting = asyncio.create_task(post(address, "poll", stamp=now["stamp"], caret=now["caret"]))
            tell()
            now |= await waiting
            before = now["text"].encode("utf-16-le")[: 2 * now["caret"]].decode("utf-16-le")
            assert before.endswith(("Take an 🌂 ", "    - (c) "))

        at_c = len(now["text"][: now["text"].index("(c) It")].encode("utf-16-le")) // 2
        await post(address, "reveal", text=now["text"], at=at_c, focus=True)
        shown = await asyncio.wait_for(editor.shown.get(), 30)
        assert shown.selection
        assert (shown.uri, shown.take_focus, span(shown.selection)) == (uri, True, (5, 6, 5, 6))
        with pytest.raises(Exception, match="404"):
            await post(address, "save", text="", stamp="")  # the file is the editor's

        editor.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
        with pytest.raises(OSError, match=r"refused|reset|closed"):
            await forever(address)

    talk(ask, tmp_path, text)


def test_a_page_inside_the_editor_asks_through_the_editor(tmp_path: Path) -> None:
    async def ask(editor: Editor, uri: str) -> None:
        async def put(question: str, **data: Any) -> Any:
            return json.loads(await execute(editor, "argmap.ask", uri, question, json.dumps(data)))

        opened = await put("open")
        assert (opened["text"], opened["follows"]) == (TEXT, True)
        assert await put("poll", now=True, stamp=opened["stamp"], caret=0) == {"caret": 0}
        drawn = (await put("draw", text="(a) One 🌧.\n    - (b) Two.\n", withdraw=["b"]))["drawing"]
        assert drawn["sentences"][0].startswith("(a): falls → stands.")
        assert "error" in await put("draw", text="(a\n")
        await put("reveal", text=TEXT, at=TEXT.index("(b)") + 1)
        shown = await asyncio.wait_for(editor.shown.get(), 30)
        assert shown.selection
        assert (shown.uri, shown.take_focus, span(shown.selection)) == (uri, False, (3, 6, 3, 6))

    talk(ask, tmp_path)


def test_what_comes_late_for_a_closed_document_is_no_error(tmp_path: Path) -> None:
    async def ask(editor: Editor, uri: str) -> None:
        new = "untitled:Untitled%201"
        editor.open(new, TEXT)
        while new not in editor.found:
            await asyncio.sleep(0.01)
        editor.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(new)))
        editor.change(new, 2, "")
        opened = json.loads(await execute(editor, "argmap.ask", new, "open", "{}"))
        assert opened["text"] == ""
        document = lsp.TextDocumentIdentifier(new)
        assert await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(document)) == []
        assert editor.messages == []

    talk(ask, tmp_path)


def test_an_editor_that_opens_no_browser_says_where_the_live_page_is(tmp_path: Path) -> None:
    async def ask(editor: Editor, uri: str) -> None:
        address = await open_live(editor, uri)
        assert editor.messages == [f"The map is shown at {address}"]

    talk(ask, tmp_path, shows=False)


def test_a_fix_and_a_format_of_lines_change_what_they_should(tmp_path: Path) -> None:
    text = "(a) 🌂 One.\n  – (b)  Two.\n  + (c)   Three.\n\n(d)  Four.\n"

    async def ask(editor: Editor, uri: str) -> None:
        document = lsp.TextDocumentIdentifier(uri)
        found = [each for each in await editor.diagnostics(uri) if each.code == "AM025"]
        (action, *_) = await editor.text_document_code_action_async(
            lsp.CodeActionParams(
                document, found[0].range, lsp.CodeActionContext(found, only=[lsp.CodeActionKind.QuickFix])
            )
        )
        assert isinstance(action, lsp.CodeAction)
        assert action.edit
        assert action.edit.changes
        (edit,) = action.edit.changes[uri]
        assert (span(edit.range), edit.new_text) == ((1, 2, 1, 3), "-")
        editor.change(uri, 2, edit.new_text, edit.range)
        options = lsp.FormattingOptions(4, True)
        lines = lsp.Range(lsp.Position(2, 0), lsp.Position(2, 1))
        edits = await editor.text_document_range_formatting_async(
            lsp.DocumentRangeFormattingParams(document, lines, options)
        )
        both = "    - (b) Two.\n    + (c) Three.\n"
        assert [(span(each.range), each.new_text) for each in edits or ()] == [((1, 0, 3, 0), both)]

    talk(ask, tmp_path, text)


def test_wrong_settings_are_shown_once(tmp_path: Path) -> None:
    (tmp_path / "argmap.toml").write_text('ignre = ["AM2"]\n', encoding="utf-8")

    async def ask(editor: Editor, uri: str) -> None:
        await editor.diagnostics(uri)
        editor.change(uri, 2, "(a) One.\n")
        await editor.diagnostics(uri)
        (message,) = editor.messages
        assert message.endswith("ignre: unknown; did you mean “ignore”?")

    talk(ask, tmp_path)


def test_a_withdrawn_request_and_many_edits_leave_the_server_well(tmp_path: Path) -> None:
    large = "\n\n".join(f"(c{n}) Statement {n}.\n    + (r{n}) Its reason." for n in range(3_000)) + "\n"

    async def ask(editor: Editor, uri: str) -> None:
        editor.change(uri, 2, large)
        document = lsp.TextDocumentIdentifier(uri)
        asked = [
            asyncio.ensure_future(
                editor.protocol.send_request_async(method, lsp.DocumentSymbolParams(document), msg_id=method)
            )
            for method in (lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
        ]
        await asyncio.sleep(0)
        for method in (lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "never asked"):
            editor.cancel_request(lsp.CancelParams(method))
        assert not (await asyncio.wait(asked, timeout=30))[1]  # answered, or refused
        for version in range(3, 300):  # faster than anybody types
            editor.change(uri, version, "x" * (version % 2), lsp.Range(lsp.Position(1, 8), lsp.Position(1, 8)))
        hover = await editor.text_document_hover_async(lsp.HoverParams(document, lsp.Position(0, 1)))
        assert hover
        editor.change(uri, 300, "+(z) Last.\n", lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)))
        while "AM026" not in {each.code for each in await editor.diagnostics(uri)}:
            pass  # those of the texts before

    talk(ask, tmp_path, large)


@pytest.mark.parametrize("name", ["neovim", "visual-studio-code", "emacs"])
def test_known_editors_get_no_more_than_they_can_show(name: str, tmp_path: Path) -> None:
    """The clients of pytest-lsp say what each editor can do, and warn of every answer that goes beyond it."""
    clients = pytest.importorskip("pytest_lsp", reason="no pytest-lsp here: pip install 'argmap[dev]'")
    uri = (tmp_path / "rain.argmap").as_uri()
    document = lsp.TextDocumentIdentifier(uri)
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(9, 0))
    place = at(TEXT, "umbrella", uri)

    async def run() -> None:
        client = clients.make_test_lsp_client()
        await client.start_io(*SERVER)
        started = await client.initialize_session(lsp.InitializeParams(clients.client_capabilities(name)))
        item = lsp.TextDocumentItem(uri, "argmap", 1, TEXT)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        assert [each.code for each in client.diagnostics[uri]] == ["AM101"]
        answers = [
            await client.text_document_hover_async(lsp.HoverParams(**place)),
            await client.text_document_definition_async(lsp.DefinitionParams(**place)),
            await client.text_document_references_async(
                lsp.ReferenceParams(**place, context=lsp.ReferenceContext(include_declaration=True))
            ),
            await client.text_document_document_highlight_async(lsp.DocumentHighlightParams(**place)),
            await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**at(TEXT, "(c) It", uri, 1))),
            await client.text_document_completion_async(lsp.CompletionParams(document, lsp.Position(3, 7))),
            await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(document)),
            await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("")),
            await client.text_document_folding_range_async(lsp.FoldingRangeParams(document)),
            await client.text_document_code_action_async(
                lsp.CodeActionParams(document, whole, lsp.CodeActionContext(client.diagnostics[uri]))
            ),
            await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(document)),
            items := await client.text_document_prepare_call_hierarchy_async(lsp.CallHierarchyPrepareParams(**place)),
            await client.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(items[0])),
        ]
        assert all(answers)
        assert started.capabilities.inlay_hint_provider
        assert not await client.text_document_inlay_hint_async(lsp.InlayHintParams(document, whole))  # not asked for
        await client.shutdown_session()

    with warnings.catch_warnings():
        warnings.simplefilter("error", clients.LspSpecificationWarning)
        asyncio.run(run())


def of_the_docs(language: str) -> str:
    """What `docs/editors.md` says to write into an editor's settings."""
    page = Path(__file__).parents[2].joinpath("docs/editors.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def as_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a map, on a machine where `argmap` is on the PATH."""
    command = tmp_path / "bin" / "argmap"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.join(SERVER[:-1])} "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}:{os.environ['PATH']}")
    (tmp_path / "rain.argmap").write_text(TEXT, encoding="utf-8")
    return tmp_path


# What Neovim 0.8 has and 0.7 lacks.
OLD_NEOVIM = """
vim.fs = vim.fs or { dirname = function(path) return vim.fn.fnamemodify(path, ":p:h") end }
vim.lsp.start = vim.lsp.start or function(settings)
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(settings))
end
"""
NEOVIM = """
vim.cmd("edit FILE")
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do print(each.code, each.lnum, each.col, each.end_col) end
vim.api.nvim_win_set_cursor(0, { 9, 15 })
vim.lsp.buf.rename("umbrella")
vim.wait(30000, function() return vim.fn.getline(3):sub(1, 10) == "(umbrella)" end, 50)
print(vim.fn.getline(9))
vim.cmd("qa!")
"""


@pytest.mark.skipif(shutil.which("nvim") is None, reason="no Neovim here")
def test_neovim_shows_faults_and_renames(as_installed: Path) -> None:
    script = as_installed / "client.lua"
    script.write_text(
        OLD_NEOVIM + of_the_docs("lua") + NEOVIM.replace("FILE", str(as_installed / "rain.argmap")), encoding="utf-8"
    )
    done = subprocess.run(
        ["nvim", "--headless", "--clean", "--cmd", "let g:do_filetype_lua = 1", "-c", f"luafile {script}"],
        capture_output=True, encoding="utf-8", timeout=90, check=False,
    )  # fmt: skip
    assert "AM101 6 10 16" in done.stderr, done
    assert "@ Ann: accept (umbrella)" in done.stderr, done


EMACS = """
(require 'eglot)
SETTINGS
(setq eglot-sync-connect 60)
(find-file "FILE")
(font-lock-ensure)
(message "faces %s" (mapcar (lambda (words) (goto-char (point-min)) (search-forward words)
    (get-text-property (match-beginning 0) 'face)) '("title" "(a)" "+" "(b)" "It is" "> " "@")))
(call-interactively 'eglot)
(flymake-mode 1)
(flymake-start)
(with-timeout (60) (while (null (flymake-diagnostics)) (accept-process-output nil 0.1)))
(dolist (each (flymake-diagnostics))
  (message "fault %s %s" (buffer-substring (flymake-diagnostic-beg each) (flymake-diagnostic-end each))
    (flymake-diagnostic-text each)))
(goto-char (point-max)) (search-backward "(a)") (forward-char 1)
(message "defined at %s" (xref-location-line (xref-item-location
  (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))))
(eglot-rename "umbrella")
(message "renamed %s" (buffer-string))
(goto-char (point-max)) (insert "@ Bob: accept (")
(message "offered %s" (all-completions "" (nth 2 (eglot-completion-at-point))))
(eglot-shutdown (eglot-current-server))
"""


@pytest.mark.skipif(shutil.which("emacs") is None, reason="no Emacs here")
def test_emacs_shows_faults_finds_and_renames(as_installed: Path) -> None:
    script = as_installed / "client.el"
    file = as_installed / "rain.argmap"
    script.write_text(EMACS.replace("SETTINGS", of_the_docs("elisp")).replace("FILE", str(file)), encoding="utf-8")
    # Emacs 28 has eglot as Debian's package elpa-eglot; 29 has it inside.
    places = [
        word for path in Path("/usr/share/emacs/site-lisp/elpa-src").glob("eglot-*") for word in ("-L", str(path))
    ]
    if subprocess.run(["emacs", "--batch", "-Q", *places, "-l", "eglot"], capture_output=True, check=False).returncode:
        pytest.skip("no eglot here")
    done = subprocess.run(
        ["emacs", "--batch", "-Q", *places, "-l", str(script)],
        capture_output=True, encoding="utf-8", timeout=90, check=False,
    )  # fmt: skip
    said = done.stderr
    mark, label = "font-lock-keyword-face", "font-lock-variable-name-face"
    assert f"faces ({mark} {label} {mark} {label} nil {mark} {mark})" in said, done
    assert "fault (pakt) argmap [AM101]" in said, done
    assert "defined at 3" in said, done
    assert "renamed " + TEXT.replace("(a)", "(umbrella)") in said, done
    assert "offered (umbrella b c)" in said, done
