"""A language server: what an editor asks of an open map, answered by `argmap.service`.

Nothing is worked out here. Each request is translated, put to the open document, and the answer translated back.
Specification: the Language Server Protocol 3.17, by way of pygls.
"""

from __future__ import annotations

import asyncio
import gc
import json
import threading
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from difflib import SequenceMatcher
from importlib.metadata import version
from itertools import accumulate
from typing import Any
from urllib.parse import unquote

from attrs import frozen
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, to_fs_path

from argmap.diagnostics import Diagnostic, Edit, Severity
from argmap.diagnostics.fixes import apply_fixes
from argmap.errors import ArgmapError, DocumentError
from argmap.live import EditedMap, LiveServer
from argmap.model import ArgumentMap, Statement, Step
from argmap.project.files import maps_in, read_source
from argmap.project.settings import Settings, find_settings
from argmap.service import OpenDocument, Symbol
from argmap.syntax.marks import KINDS
from argmap.text import Span, Utf16

# The first edit is checked at once. One that comes during a check begins a wait, in seconds, until the text has been
# still for so long: a quick typist makes an edit each 0.06.
_PAUSE = 0.07

_TOKEN_TYPES = list(dict.fromkeys(type for type, _, _ in KINDS.values()))


@frozen
class _OpenMap:
    """A document at its address, with places as the client counts them."""

    uri: str
    document: OpenDocument
    units: Utf16

    def position(self, offset: int) -> lsp.Position:
        return lsp.Position(*self.units.position(offset))

    def range(self, span: Span) -> lsp.Range:
        return lsp.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: lsp.Position) -> int:
        """The offset of a position; the end of its line where the position lies beyond it."""
        return self.units.offset_at(position.line, position.character)

    def location(self, span: Span) -> lsp.Location:
        return lsp.Location(self.uri, self.range(span))

    def edits(self, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
        return [lsp.TextEdit(self.range(edit.span), edit.replacement) for edit in edits]

    def change(self, edits: Iterable[Edit]) -> lsp.WorkspaceEdit:
        return lsp.WorkspaceEdit({self.uri: self.edits(edits)})

    def diagnostic(self, found: Diagnostic) -> lsp.Diagnostic:
        related = [
            lsp.DiagnosticRelatedInformation(self.location(label.span), label.text or "see here")
            for label in found.labels[1:]
        ]
        return lsp.Diagnostic(
            range=self.range(found.span or Span(0, 0)),
            message="\n".join(filter(None, (found.message, found.hint and f"help: {found.hint}", found.form))),
            severity=lsp.DiagnosticSeverity([*Severity].index(found.severity) + 1),
            code=found.code,
            source="argmap",
            related_information=related or None,
        )


class _Protocol(LanguageServerProtocol):
    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> Generator[Any, Any, lsp.InitializeResult]:
        """Count columns in UTF-16 units, which every client knows, whatever else one may prefer."""
        if params.capabilities.general is not None:
            params.capabilities.general.position_encodings = None
        return (yield from super().lsp_initialize(params))

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Iterator[Any]:
        """Pass over a document that is not open: VS Code empties a new one after it has closed it."""
        if unquote(params.text_document.uri) in self.workspace.text_documents:
            yield from super().lsp_text_document__did_change(params)


class MapServer(LanguageServer):
    """The server, with what it keeps of the open documents."""

    def __init__(self) -> None:
        super().__init__("argmap", version("argmap"), protocol_cls=_Protocol)
        self.maps: dict[str, _OpenMap] = {}
        self.checks: dict[str, asyncio.Task[None]] = {}
        self.checker = ThreadPoolExecutor(1)  # with more, checks of texts that have changed since would slow the last
        self.lives: dict[str, EditedMap] = {}
        self.pages: dict[str, LiveServer] = {}
        self.shows_verdicts = False
        self.warned = ""

    def open_map(self, uri: str, text: str | None = None) -> _OpenMap:
        """The map at an address, by default as the editor has it now; kept until its text changes."""
        text = self.text(uri) if text is None else text
        kept = self.maps.get(uri)
        if kept is None or kept.document.text != text:
            path, settings = to_fs_path(uri), Settings()
            try:
                settings = find_settings(path) if path else settings
            except ArgmapError as error:
                self.warn(str(error))
            document = OpenDocument(text, path or uri, settings)
            assert document.map.source is not None  # the map was read from a text
            kept = self.maps[uri] = _OpenMap(uri, document, Utf16(document.map.source))
        return kept

    def text(self, uri: str) -> str:
        """The text of a document, as the editor or else the disk has it; empty where neither does any more."""
        with suppress(OSError):
            return str(self.workspace.get_text_document(uri).source)
        return ""

    def warn(self, words: str) -> None:
        """Show a message, but not at every keystroke."""
        if words != self.warned:
            self.warned = words
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, words))

    def at(self, params: Any) -> tuple[_OpenMap, int]:
        """The map, and the offset in it, that a request with a position is about."""
        found = self.open_map(params.text_document.uri)
        return found, found.offset(params.position)

    def schedule_check(self, uri: str) -> None:
        """Publish diagnostics: at once, or after a pause where the text changes while it is checked."""
        running = self.checks.get(uri)
        pause = _PAUSE if running is not None and running.cancel() else 0
        self.checks[uri] = asyncio.create_task(self._check(uri, pause))

    async def _check(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        before = self.maps.get(uri)  # freed when the news is out: of a large map, that takes time
        checked = self.open_map(uri)
        await asyncio.sleep(0.005)  # for an edit that came meanwhile
        found = await asyncio.get_running_loop().run_in_executor(self.checker, lambda: checked.document.diagnostics)
        version = self.workspace.get_text_document(uri).version
        news = lsp.PublishDiagnosticsParams(uri, [*map(checked.diagnostic, found)], version)
        self.text_document_publish_diagnostics(news)
        await asyncio.sleep(0.1)
        del before

    def live(self, uri: str) -> EditedMap:
        """The map at an address as a live page follows it."""
        if uri not in self.lives:
            loop = asyncio.get_running_loop()

            def reveal(line: int, column: int, focus: bool) -> None:
                place = lsp.Position(line, column)
                wanted = lsp.ShowDocumentParams(uri, take_focus=focus, selection=lsp.Range(place, place))
                loop.call_soon_threadsafe(self.show, wanted)

            self.lives[uri] = EditedMap(to_fs_path(uri) or uri, reveal)
            self.follow(uri)
        return self.lives[uri]

    def follow(self, uri: str, position: lsp.Position | None = None) -> None:
        """Let the live page of a map, if there is one, show its text and light the statement at the caret."""
        if (live := self.lives.get(uri)) is not None:
            place = None if position is None else (position.line, position.character)
            live.follow(self.text(uri), place)

    def show(self, wanted: lsp.ShowDocumentParams) -> None:
        """Have the client show a document, or say where it is."""
        window = self.client_capabilities.window
        if window is not None and window.show_document is not None and window.show_document.support:
            self.window_show_document(wanted)
        elif wanted.external:
            message = f"The map is shown at {wanted.uri}"
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Info, message))

    def project_maps(self) -> Iterator[_OpenMap]:
        """Every open map, then the maps in the folders that the editor has open."""
        seen = set()
        for uri in list(self.workspace.text_documents):
            seen.add(to_fs_path(uri))
            yield self.open_map(uri)
        folders = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri]
        for path in maps_in(filter(None, map(to_fs_path, filter(None, folders)))):
            if path not in seen:
                with suppress(ArgmapError, OSError):
                    yield self.open_map(from_fs_path(path) or path, read_source(path)[0].text.removeprefix("\ufeff"))


server = MapServer()


def serve() -> None:
    """Answer an editor on standard input and output until it says to stop."""
    # A large map is many objects, of which hardly one is in a cycle: looking for garbage takes a third of the time.
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 100)
    server.start_io()


# -- documents and diagnostics --


@server.feature(lsp.INITIALIZE)
def initialize(params: lsp.InitializeParams) -> None:
    options = params.initialization_options
    server.shows_verdicts = bool(isinstance(options, dict) and options.get("verdicts"))


@server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
@server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
async def changed(params: lsp.DidOpenTextDocumentParams | lsp.DidChangeTextDocumentParams) -> None:
    server.schedule_check(params.text_document.uri)
    server.follow(params.text_document.uri)


@server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
    # A source or the settings may have changed with it.
    server.maps.pop(params.text_document.uri, None)
    server.schedule_check(params.text_document.uri)


@server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    if (running := server.checks.pop(uri, None)) is not None:
        running.cancel()
    server.maps.pop(uri, None)
    server.lives.pop(uri, None)
    if (page := server.pages.pop(uri, None)) is not None:
        await asyncio.to_thread(page.shutdown)
        page.server_close()
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[]))


@server.feature(
    lsp.TEXT_DOCUMENT_CODE_ACTION,
    lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll, lsp.CodeActionKind.Source]),
)
def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    found = server.open_map(params.text_document.uri)
    # Of the whole lines: a fault is often but one sign of a line.
    first, last = params.range.start.line, params.range.end.line
    actions = [
        lsp.CodeAction(
            title=each.fix.title,
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[found.diagnostic(each)],
            edit=found.change(each.fix.edits),
            is_preferred=each.fix.safe,
        )
        for each in found.document.diagnostics
        if each.fix and each.span
        if found.position(each.span.start).line <= last and first <= found.position(each.span.end).line
    ]
    text, count = apply_fixes(found.document.text, found.document.diagnostics)
    if count:
        edit = found.change(_edits_between(found.document.text, text))
        kind = lsp.CodeActionKind.SourceFixAll
        actions.append(lsp.CodeAction("Make all safe fixes", kind=kind, edit=edit))
    show = lsp.Command("Show the map beside the text", "argmap.openLive", arguments=[found.uri])
    actions.append(lsp.CodeAction(show.title, kind=lsp.CodeActionKind.Source, command=show))
    only = params.context.only
    return [each for each in actions if not only or any((each.kind or "").startswith(kind) for kind in only)]


# -- finding the way --


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
def hover(params: lsp.HoverParams) -> lsp.Hover | None:
    found, offset = server.at(params)
    said = found.document.hover(offset)
    # Plain text: no client may read the author's words as markup.
    content = lsp.MarkupContent(lsp.MarkupKind.PlainText, "\n".join(said.lines if said else ()))
    return lsp.Hover(content, found.range(said.span)) if said else None


@server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
    found, offset = server.at(params)
    span = found.document.definition(offset)
    return found.location(span) if span else None


@server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
    found, offset = server.at(params)
    definition = None if params.context.include_declaration else found.document.definition(offset)
    return [found.location(span) for span in found.document.references(offset) if span != definition]


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
def highlights(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
    found, offset = server.at(params)
    server.follow(found.uri, params.position)  # editors ask for this when the caret rests
    return [lsp.DocumentHighlight(found.range(span)) for span in found.document.references(offset)]


@server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    found = server.open_map(params.text_document.uri)
    roots: list[lsp.DocumentSymbol] = []
    above: list[tuple[int, list[lsp.DocumentSymbol]]] = [(-1, roots)]
    for symbol in found.document.symbols:
        children: list[lsp.DocumentSymbol] = []
        made = lsp.DocumentSymbol(
            name=symbol.name.strip() or "…",
            detail=symbol.text or symbol.kind,
            kind=_symbol_kind(symbol),
            range=found.range(symbol.extent),
            selection_range=found.range(symbol.span),
            children=children,
        )
        while above[-1][0] >= symbol.depth:
            above.pop()
        above[-1][1].append(made)
        above.append((symbol.depth, children))
    return roots


@server.feature(lsp.WORKSPACE_SYMBOL)
def workspace_symbols(params: lsp.WorkspaceSymbolParams) -> list[lsp.SymbolInformation]:
    return [
        lsp.SymbolInformation(found.location(symbol.span), name, _symbol_kind(symbol))
        for found in server.project_maps()
        for symbol in found.document.symbols
        if params.query.casefold() in (name := f"{symbol.name} {symbol.text}".strip()).casefold()
    ]


def _symbol_kind(symbol: Symbol) -> lsp.SymbolKind:
    return lsp.SymbolKind.Namespace if symbol.kind == "a section" else lsp.SymbolKind.String


# -- writing --


@server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["(", "@", "{", ",", "#", " "]))
def complete(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
    found, offset = server.at(params)
    # Who indents a line does not want a list of marks, where the next Enter would take the first.
    is_blank = params.context is not None and params.context.trigger_character == " "
    return [
        lsp.CompletionItem(
            label=each.text.strip(" ()"),
            label_details=lsp.CompletionItemLabelDetails(description=each.detail[:60]),
            detail=each.detail,
            kind=getattr(lsp.CompletionItemKind, KINDS[each.kind][0].capitalize(), lsp.CompletionItemKind.Property),
            text_edit=lsp.TextEdit(found.range(each.span), each.text),
            filter_text=each.text,
            sort_text=f"{number:05d}",
        )
        for number, each in enumerate(found.document.complete(offset))
        if not (is_blank and each.kind in ("mark", "key"))
    ]


@server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
def prepare_rename(params: lsp.PrepareRenameParams) -> lsp.Range | None:
    found, offset = server.at(params)
    here = (span for span in found.document.references(offset) if span.start <= offset <= span.end)
    return next((found.range(Span(span.start + 1, span.end - 1)) for span in here), None)


@server.feature(lsp.TEXT_DOCUMENT_RENAME)
def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
    found, offset = server.at(params)
    new = params.new_name.strip().removeprefix("(").removesuffix(")")
    statement = found.document.statement_at(offset)
    changes = {}
    try:
        changes[found.uri] = found.edits(found.document.rename(offset, new))
        for other in server.project_maps():
            if other is not found and statement is not None and _has_same(other, statement):
                changes[other.uri] = other.edits(other.document.rename(statement.id, new))
    except ArgmapError as error:
        where = f"{other.document.name}: " if changes else ""
        raise JsonRpcInvalidParams(f"{where}{error}") from None
    return lsp.WorkspaceEdit(changes)


@server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
def format_document(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    """None while there is a syntax error, since a guess could move words."""
    found = server.open_map(params.text_document.uri)
    with suppress(DocumentError):
        return found.edits(_edits_between(found.document.text, found.document.formatted()))
    return []


@server.feature(lsp.TEXT_DOCUMENT_RANGE_FORMATTING)
def format_range(params: lsp.DocumentRangeFormattingParams) -> list[lsp.TextEdit]:
    """The blocks that the range touches, whole: a line indented otherwise than its neighbours is under another."""
    lines = server.workspace.get_text_document(params.text_document.uri).lines
    first, last = params.range.start.line, params.range.end.line
    while 0 < first < len(lines) and (lines[first][0].isspace()):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1][0].isspace():
        last += 1
    edits = format_document(lsp.DocumentFormattingParams(params.text_document, params.options))
    return [edit for edit in edits if edit.range.start.line <= last and first < edit.range.end.line]


def _has_same(other: _OpenMap, statement: Statement) -> bool:
    """Whether a map has the same statement under its label, or uses the label without a statement of its own."""
    twin = other.document.map.by_id.get(statement.id)
    return twin is not None and (twin.missing or twin.text.split() == statement.text.split())


def _edits_between(before: str, after: str) -> list[Edit]:
    """Edits of whole lines, so that the caret stays where nothing changes."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [*accumulate(map(len, old), initial=0)]
    return [
        Edit(Span(starts[i], starts[j]), "".join(new[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


# -- reading --


@server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
def folds(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    found = server.open_map(params.text_document.uri)
    ranges = map(found.range, found.document.folds)
    return [lsp.FoldingRange(each.start.line, each.end.line) for each in ranges]


@server.feature(
    lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, lsp.SemanticTokensLegend(token_types=_TOKEN_TYPES, token_modifiers=[])
)
def tokens(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
    found = server.open_map(params.text_document.uri)
    data: list[int] = []
    last_line = last_column = 0
    for each in found.document.highlights:
        for start, stop in _by_line(found.document.text, each.span):
            line, column = found.units.position(start)
            after = column - last_column if line == last_line else column
            length = found.units.units(stop) - found.units.units(start)
            data += [line - last_line, after, length, _TOKEN_TYPES.index(KINDS[each.kind][0]), 0]
            last_line, last_column = line, column
    return lsp.SemanticTokens(data)


@server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
def hints(params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    found = server.open_map(params.text_document.uri)
    standing = found.document.standing
    if not server.shows_verdicts or standing is None:
        return []
    return [
        lsp.InlayHint(place, standing.status(each.id).value, padding_left=True)
        for each in found.document.map.statements
        if each.span and not each.missing
        for place in [found.position(each.span.end)]
        if params.range.start.line <= place.line <= params.range.end.line
    ]


def _by_line(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """A span cut at the ends of lines: a token may not go over one."""
    start = span.start
    for line in text[span.start : span.end].splitlines(keepends=True):
        words = line.rstrip("\r\n")
        if words.strip():
            yield start, start + len(words)
        start += len(line)


# -- what rests on a statement, and what it rests on --


def _items(found: _OpenMap, ids: Iterable[str]) -> Iterator[lsp.CallHierarchyItem]:
    for id in dict.fromkeys(ids):
        statement = found.document.map.by_id.get(id)
        if statement and statement.span and not statement.missing:
            place = found.range(statement.span)
            words = " ".join(statement.text.split())
            kind = lsp.SymbolKind.String
            yield lsp.CallHierarchyItem(statement.name, kind, found.uri, place, place, detail=words, data=id)


@server.feature(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY)
def prepare(params: lsp.CallHierarchyPrepareParams) -> list[lsp.CallHierarchyItem]:
    found, offset = server.at(params)
    statement = found.document.statement_at(offset)
    return list(_items(found, [statement.id] if statement else []))


@server.feature(lsp.CALL_HIERARCHY_INCOMING_CALLS)
def bearing(params: lsp.CallHierarchyIncomingCallsParams) -> list[lsp.CallHierarchyIncomingCall]:
    found, map, id = _placed(params)
    gated: list[Step | Statement] = [*map.steps_to.get(id, ()), *filter(None, [map.by_id.get(id)])]
    ids = (id for each in gated for id in (*getattr(each, "ground", ()), *each.conditions, *each.exceptions))
    return [lsp.CallHierarchyIncomingCall(each, [each.range]) for each in _items(found, ids)]


@server.feature(lsp.CALL_HIERARCHY_OUTGOING_CALLS)
def following(params: lsp.CallHierarchyOutgoingCallsParams) -> list[lsp.CallHierarchyOutgoingCall]:
    found, map, id = _placed(params)
    ids = (step.target for step in map.steps_from.get(id, ()))
    return [lsp.CallHierarchyOutgoingCall(each, [each.range]) for each in _items(found, ids)]


def _placed(params: Any) -> tuple[_OpenMap, ArgumentMap, str]:
    found = server.open_map(params.item.uri)
    return found, found.document.map, str(params.item.data)


# -- the live page --


@server.command("argmap.openLive")
def open_live(uri: str) -> str:
    """Show the picture of an open map in the browser, where it follows the editor. Returns its address."""
    if uri not in server.pages:
        page = server.pages[uri] = LiveServer(server.live(uri))
        threading.Thread(target=page.serve_forever, args=(0.1,), daemon=True).start()
    server.show(lsp.ShowDocumentParams(server.pages[uri].address, external=True))
    return server.pages[uri].address


@server.command("argmap.ask")
async def ask(uri: str, question: str, data: str) -> str:
    """What a page inside the editor asks, answered as `argmap live` answers; data and answer are JSON."""
    return (await asyncio.to_thread(server.live(uri).reply, question, json.loads(data))).decode()


@server.feature("argmap/caret")
def caret(params: Any) -> None:
    server.follow(params.textDocument.uri, lsp.Position(params.position.line, params.position.character))
