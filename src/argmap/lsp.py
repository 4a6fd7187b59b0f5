"""A language server: what an editor asks of an open map, answered by `argmap.service`.

Nothing is worked out here. Each request is translated, put to the open document, and the answer translated back.
Specification: the Language Server Protocol 3.17, by way of pygls.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterable, Iterator
from difflib import SequenceMatcher
from importlib.metadata import version
from typing import Any

from attrs import frozen
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import from_fs_path, to_fs_path

from argmap.diagnostics import Diagnostic, Edit, Severity
from argmap.diagnostics.fixes import apply_fixes
from argmap.errors import ArgmapError, DocumentError
from argmap.model import ArgumentMap, Statement
from argmap.project import find_settings, maps_in, read_source
from argmap.service import OpenDocument, Symbol
from argmap.text import Source, Span, Utf16

# Typing is not interrupted by a check: diagnostics follow once the text has been still for so long, in seconds.
_PAUSE = 0.15

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_COMPLETIONS = {
    "label": lsp.CompletionItemKind.Reference,
    "holder": lsp.CompletionItemKind.Value,
    "verb": lsp.CompletionItemKind.Keyword,
    "mark": lsp.CompletionItemKind.Operator,
    "attribute": lsp.CompletionItemKind.Property,
    "key": lsp.CompletionItemKind.Field,
}
# The kinds of `argmap.service.Highlight`, by the token types that every editor has a colour for.
_TOKENS = {
    "mark": "operator",
    "label": "variable",
    "key": "property",
    "heading": "namespace",
    "attribute": "decorator",
    "holder": "class",
    "verb": "keyword",
    "quotation": "string",
    "note": "comment",
    "comment": "comment",
}
_TOKEN_TYPES = list(dict.fromkeys(_TOKENS.values()))


@frozen
class _Places:
    """Places in a text as the client counts them."""

    units: Utf16

    def position(self, offset: int) -> lsp.Position:
        return lsp.Position(*self.units.position(offset))

    def range(self, span: Span) -> lsp.Range:
        return lsp.Range(self.position(span.start), self.position(span.end))

    def offset(self, position: lsp.Position) -> int:
        """The offset of a position; the end of its line where the position lies beyond it."""
        return self.units.offset_at(position.line, position.character)


class _Utf16Protocol(LanguageServerProtocol):
    """Columns are UTF-16 units, which every client knows, whatever else one may prefer."""

    @lsp_method(lsp.INITIALIZE)
    def lsp_initialize(self, params: lsp.InitializeParams) -> Generator[Any, Any, lsp.InitializeResult]:
        if params.capabilities.general is not None:
            params.capabilities.general.position_encodings = None
        return (yield from super().lsp_initialize(params))


class MapServer(LanguageServer):
    """The server, with what it keeps of the open documents."""

    def __init__(self) -> None:
        super().__init__("argmap", version("argmap"), protocol_cls=_Utf16Protocol)
        # The documents by address, each with the version of the text that it is of.
        self.documents: dict[str, tuple[int | None, OpenDocument]] = {}
        self.checks: dict[str, asyncio.Task[None]] = {}
        self.shows_verdicts = False

    def open_document(self, uri: str) -> OpenDocument:
        """The document at an address, as the editor has it now, or else as it is on disk."""
        text = self.workspace.get_text_document(uri)
        kept = self.documents.get(uri)
        if kept is not None and kept[0] == text.version and kept[1].text == text.source:
            return kept[1]
        document = _document(uri, text.source)
        self.documents[uri] = (text.version, document)
        return document

    def places(self, document: OpenDocument) -> _Places:
        source = document.map.source
        assert source is not None  # the map was read from a text
        return _Places(Utf16(source))

    def at(self, params: Any) -> tuple[OpenDocument, _Places, int]:
        """The document, its places and the offset that a request with a position is about."""
        document = self.open_document(params.text_document.uri)
        places = self.places(document)
        return document, places, places.offset(params.position)

    def schedule_check(self, uri: str) -> None:
        """Publish diagnostics once the text has been still for a moment."""
        if (running := self.checks.pop(uri, None)) is not None:
            running.cancel()
        self.checks[uri] = asyncio.get_running_loop().create_task(self._check(uri))

    async def _check(self, uri: str) -> None:
        await asyncio.sleep(_PAUSE)
        document = self.open_document(uri)
        found = await asyncio.to_thread(lambda: document.diagnostics)
        places = self.places(document)
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(
                uri=uri,
                version=self.workspace.get_text_document(uri).version,
                diagnostics=[_diagnostic(each, places, uri) for each in found],
            )
        )

    def project_documents(self) -> Iterator[tuple[str, OpenDocument]]:
        """Every open map, then the maps in the folders that the editor has open."""
        seen = set()
        for uri in list(self.workspace.text_documents):
            seen.add(to_fs_path(uri))
            yield uri, self.open_document(uri)
        folders = [folder.uri for folder in self.workspace.folders.values()] or [self.workspace.root_uri]
        for path in maps_in(filter(None, map(to_fs_path, filter(None, folders)))):
            if path in seen:
                continue
            try:
                text = read_source(path)[0].text
            except (ArgmapError, OSError):
                continue
            uri = from_fs_path(path) or path
            kept = self.documents.get(uri)
            if kept is None or kept[1].text != text:
                kept = self.documents[uri] = (None, _document(uri, text))
            yield uri, kept[1]


def serve() -> None:
    """Answer an editor on standard input and output until it says to stop."""
    make_server().start_io()


def make_server() -> MapServer:
    """A server with all its features, not started yet."""
    server = MapServer()
    for add in (_add_documents, _add_navigation, _add_writing, _add_reading, _add_hierarchy):
        add(server)
    return server


# -- documents and diagnostics --


def _add_documents(server: MapServer) -> None:
    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        options = params.initialization_options
        server.shows_verdicts = bool(isinstance(options, dict) and options.get("verdicts"))

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.schedule_check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.schedule_check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        # A source or the settings may have changed with it.
        server.documents.pop(params.text_document.uri, None)
        server.schedule_check(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if (running := server.checks.pop(uri, None)) is not None:
            running.cancel()
        server.documents.pop(uri, None)
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions(
            code_action_kinds=[lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll]
        ),
    )
    def actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        document = server.open_document(uri)
        places = server.places(document)
        start, end = places.offset(params.range.start), places.offset(params.range.end)
        found = []
        for each in document.diagnostics:
            span = each.span
            if each.fix and span and span.start <= end and start <= span.end:
                edits = [_text_edit(edit, places) for edit in each.fix.edits]
                found.append(
                    lsp.CodeAction(
                        title=each.fix.title,
                        kind=lsp.CodeActionKind.QuickFix,
                        diagnostics=[_diagnostic(each, places, uri)],
                        edit=lsp.WorkspaceEdit(changes={uri: edits}),
                        is_preferred=each.fix.safe,
                    )
                )
        text, count = apply_fixes(document.text, document.diagnostics)
        if count:
            edit = lsp.WorkspaceEdit(changes={uri: _edits_between(document.text, text, places)})
            found.append(
                lsp.CodeAction("Make all safe fixes", kind=lsp.CodeActionKind.SourceFixAll, edit=edit)
            )
        only = params.context.only
        return [each for each in found if not only or any(str(each.kind).startswith(kind) for kind in only)]


def _diagnostic(found: Diagnostic, places: _Places, uri: str) -> lsp.Diagnostic:
    related = [
        lsp.DiagnosticRelatedInformation(
            lsp.Location(uri, places.range(label.span)), label.text or "see here"
        )
        for label in found.labels[1:]
    ]
    return lsp.Diagnostic(
        range=places.range(found.span or Span(0, 0)),
        message=found.message + (f"\nhelp: {found.hint}" if found.hint else ""),
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source="argmap",
        related_information=related or None,
    )


def _text_edit(edit: Edit, places: _Places) -> lsp.TextEdit:
    return lsp.TextEdit(places.range(edit.span), edit.replacement)


# -- finding the way --


def _add_navigation(server: MapServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        document, places, offset = server.at(params)
        found = document.hover(offset)
        if found is None:
            return None
        # Plain text: no client may read the author's words as markup.
        content = lsp.MarkupContent(lsp.MarkupKind.PlainText, "\n".join(found.lines))
        return lsp.Hover(content, places.range(found.span))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(params: lsp.DefinitionParams) -> lsp.Location | None:
        document, places, offset = server.at(params)
        span = document.definition(offset)
        return None if span is None else lsp.Location(params.text_document.uri, places.range(span))

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(params: lsp.ReferenceParams) -> list[lsp.Location]:
        document, places, offset = server.at(params)
        definition = None if params.context.include_declaration else document.definition(offset)
        return [
            lsp.Location(params.text_document.uri, places.range(span))
            for span in document.references(offset)
            if span != definition
        ]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlights(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        document, places, offset = server.at(params)
        return [lsp.DocumentHighlight(places.range(span)) for span in document.references(offset)]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        document = server.open_document(params.text_document.uri)
        return _nested(document.symbols, server.places(document))

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def workspace_symbols(params: lsp.WorkspaceSymbolParams) -> list[lsp.SymbolInformation]:
        wanted = params.query.casefold()
        return [
            lsp.SymbolInformation(
                location=lsp.Location(uri, server.places(document).range(symbol.span)),
                name=f"{symbol.name} {symbol.text}".strip(),
                kind=_symbol_kind(symbol),
            )
            for uri, document in server.project_documents()
            for symbol in document.symbols
            if wanted in f"{symbol.name} {symbol.text}".casefold()
        ]


def _nested(symbols: Iterable[Symbol], places: _Places) -> list[lsp.DocumentSymbol]:
    roots: list[lsp.DocumentSymbol] = []
    above: list[tuple[int, list[lsp.DocumentSymbol]]] = [(-1, roots)]
    for symbol in symbols:
        children: list[lsp.DocumentSymbol] = []
        made = lsp.DocumentSymbol(
            name=symbol.name.strip() or "…",
            detail=symbol.text or symbol.kind,
            kind=_symbol_kind(symbol),
            range=places.range(symbol.extent),
            selection_range=places.range(symbol.span),
            children=children,
        )
        while above[-1][0] >= symbol.depth:
            above.pop()
        above[-1][1].append(made)
        above.append((symbol.depth, children))
    return roots


def _symbol_kind(symbol: Symbol) -> lsp.SymbolKind:
    return lsp.SymbolKind.Namespace if symbol.kind == "a section" else lsp.SymbolKind.String


# -- writing --


def _add_writing(server: MapServer) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=["(", "@", "{", ",", "#"]),
    )
    def complete(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        document, places, offset = server.at(params)
        return [
            lsp.CompletionItem(
                label=each.text.strip() or each.text,
                detail=each.detail,
                kind=_COMPLETIONS.get(each.kind, lsp.CompletionItemKind.Text),
                text_edit=lsp.TextEdit(places.range(each.span), each.text),
                filter_text=each.text,
                sort_text=f"{number:05d}",
            )
            for number, each in enumerate(document.complete(offset))
        ]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        document, places, offset = server.at(params)
        label = document.label_at(offset)
        here = (span for span in document.references(offset) if span.start <= offset <= span.end)
        span = next(here, None) if label is not None else None
        return None if span is None else places.range(Span(span.start + 1, span.end - 1))

    @server.feature(lsp.TEXT_DOCUMENT_RENAME)
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        document, places, offset = server.at(params)
        new = params.new_name.strip().removeprefix("(").removesuffix(")")
        try:
            edits = document.rename(offset, new)
        except ArgmapError as error:
            raise JsonRpcInvalidParams(str(error)) from None
        return lsp.WorkspaceEdit(
            changes={params.text_document.uri: [_text_edit(edit, places) for edit in edits]}
        )

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def format_document(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        document = server.open_document(params.text_document.uri)
        return _formatting(document, server.places(document))

    @server.feature(lsp.TEXT_DOCUMENT_RANGE_FORMATTING)
    def format_range(params: lsp.DocumentRangeFormattingParams) -> list[lsp.TextEdit]:
        document = server.open_document(params.text_document.uri)
        first, last = params.range.start.line, params.range.end.line
        edits = _formatting(document, server.places(document))
        return [edit for edit in edits if edit.range.start.line <= last and first <= edit.range.end.line]


def _formatting(document: OpenDocument, places: _Places) -> list[lsp.TextEdit]:
    """The edits that format a text; none while it has a syntax error, since a guess could move words."""
    try:
        return _edits_between(document.text, document.formatted(), places)
    except DocumentError:
        return []


def _edits_between(before: str, after: str, places: _Places) -> list[lsp.TextEdit]:
    """Edits of whole lines, so that the caret stays where nothing changes."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    return [
        lsp.TextEdit(places.range(Span(starts[i], starts[j])), "".join(new[k:m]))
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


# -- reading --


def _add_reading(server: MapServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folds(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        document = server.open_document(params.text_document.uri)
        places = server.places(document)
        return [
            lsp.FoldingRange(places.position(span.start).line, places.position(span.end).line)
            for span in document.folds
        ]

    @server.feature(
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        lsp.SemanticTokensLegend(token_types=_TOKEN_TYPES, token_modifiers=[]),
    )
    def tokens(params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
        document = server.open_document(params.text_document.uri)
        places = server.places(document)
        data: list[int] = []
        last_line = last_column = 0
        end = -1
        for each in document.highlights:
            if each.span.start < end:  # inside another: a label in a line that is one token
                continue
            end = each.span.end
            for start, stop in _by_line(places.units.source, each.span):
                place = places.position(start)
                length = places.position(stop).character - place.character
                column = place.character - (last_column if place.line == last_line else 0)
                data += [place.line - last_line, column, length, _TOKEN_TYPES.index(_TOKENS[each.kind]), 0]
                last_line, last_column = place.line, place.character
        return lsp.SemanticTokens(data)

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def hints(params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        document = server.open_document(params.text_document.uri)
        if not server.shows_verdicts or document.standing is None:
            return []
        places = server.places(document)
        first, last = params.range.start.line, params.range.end.line
        found = []
        for statement in document.map.statements:
            if statement.span is None or statement.missing:
                continue
            place = places.position(statement.span.end)
            if first <= place.line <= last:
                verdict = document.standing.status(statement.id).value
                found.append(lsp.InlayHint(place, verdict, padding_left=True))
        return found


def _by_line(source: Source, span: Span) -> Iterator[tuple[int, int]]:
    """A span cut at the ends of lines: a token may not go over one."""
    start = span.start
    for line in source.text[span.start : span.end].splitlines(keepends=True):
        words = line.rstrip("\r\n")
        if words.strip():
            yield start, start + len(words)
        start += len(line)


# -- what rests on a statement, and what it rests on --


def _add_hierarchy(server: MapServer) -> None:
    def item(uri: str, document: OpenDocument, statement: Statement) -> lsp.CallHierarchyItem | None:
        if statement.span is None or statement.missing:
            return None
        place = server.places(document).range(statement.span)
        return lsp.CallHierarchyItem(
            name=statement.name,
            kind=lsp.SymbolKind.String,
            uri=uri,
            range=place,
            selection_range=place,
            detail=" ".join(statement.text.split()),
            data=statement.id,
        )

    def neighbours(
        params: Any, ids: Callable[[ArgumentMap, str], Iterable[str]]
    ) -> Iterator[lsp.CallHierarchyItem]:
        document = server.open_document(params.item.uri)
        start = str(params.item.data)
        for id in dict.fromkeys(ids(document.map, start)) if start in document.map.by_id else ():
            made = item(params.item.uri, document, document.map.by_id[id])
            if made is not None:
                yield made

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY)
    def prepare(params: lsp.CallHierarchyPrepareParams) -> list[lsp.CallHierarchyItem]:
        document, _, offset = server.at(params)
        found = document.statement_at(offset)
        made = item(params.text_document.uri, document, found) if found is not None else None
        return [made] if made is not None else []

    @server.feature(lsp.CALL_HIERARCHY_INCOMING_CALLS)
    def bearing(params: lsp.CallHierarchyIncomingCallsParams) -> list[lsp.CallHierarchyIncomingCall]:
        return [
            lsp.CallHierarchyIncomingCall(each, [each.selection_range])
            for each in neighbours(params, _what_bears_on)
        ]

    @server.feature(lsp.CALL_HIERARCHY_OUTGOING_CALLS)
    def following(params: lsp.CallHierarchyOutgoingCallsParams) -> list[lsp.CallHierarchyOutgoingCall]:
        return [
            lsp.CallHierarchyOutgoingCall(each, [each.selection_range])
            for each in neighbours(params, _what_it_bears_on)
        ]


def _what_bears_on(map: ArgumentMap, id: str) -> Iterator[str]:
    for step in map.steps_to.get(id, ()):
        yield from (*step.ground, *step.conditions, *step.exceptions)
    yield from (*map.by_id[id].conditions, *map.by_id[id].exceptions)


def _what_it_bears_on(map: ArgumentMap, id: str) -> Iterator[str]:
    for step in map.steps_from.get(id, ()):
        yield step.target


# -- files and addresses --


def _document(uri: str, text: str) -> OpenDocument:
    path = to_fs_path(uri)
    if path is None:
        return OpenDocument(text, uri)
    try:
        settings = find_settings(path)
    except ArgmapError:  # `argmap check` says what is wrong with the settings
        return OpenDocument(text, path)
    return OpenDocument(text, path, settings)
