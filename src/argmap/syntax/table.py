"""The parse table that Lark makes of the grammar, and the automaton that it drives."""

from __future__ import annotations

from typing import Any

from attrs import define, frozen


@frozen(eq=False, repr=False)
class ParseTable:
    """An LALR(1) table, and the terminals' patterns.

    Attributes:
        actions: For each state, by the name of a terminal or a rule: the state to go to, or `~n` to reduce by rule n.
        rules: Of each rule, how many symbols it is made of, and its name.
        start, end: The state to begin in, and the one in which a whole document has been read.
        patterns: The terminals' regular expressions, by name.
    """

    actions: list[dict[str, int]]
    rules: list[tuple[int, str]]
    start: int
    end: int
    patterns: dict[str, str]


@define(eq=False, repr=False)
class Automaton:
    """Says of each line, by its type, whether it may stand where it stands.

    It builds nothing: what is under what, the reader knows from the layout. `stack` is the states that it is in.
    """

    table: ParseTable
    stack: list[int]

    @classmethod
    def begin(cls, table: ParseTable) -> Automaton:
        return cls(table, [table.start])

    def accept(self, type: str) -> bool:
        """Go on by a terminal; False, and none the worse, where it cannot come next."""
        stack = self.stack
        actions = self.table.actions
        while True:
            action = actions[stack[-1]].get(type)
            if action is None:
                return False
            if action >= 0:
                stack.append(action)
                return True
            size, rule = self.table.rules[~action]
            if size:
                del stack[-size:]
            stack.append(actions[stack[-1]][rule])


def make(grammar: str) -> ParseTable:
    """The table of a grammar, made by Lark; nothing else needs Lark, so it is loaded here."""
    from lark import Lark
    from lark.parsers.lalr_analysis import Shift

    lark: Any = Lark(grammar, start="document", parser="lalr", lexer="basic")
    made = lark.parser.parser._parse_table
    rules = list(
        dict.fromkeys(arg for row in made.states.values() for act, arg in row.values() if act is not Shift)
    )
    number = {rule: ~index for index, rule in enumerate(rules)}
    return ParseTable(
        actions=[
            {name: arg if act is Shift else number[arg] for name, (act, arg) in made.states[state].items()}
            for state in range(len(made.states))
        ],
        rules=[(len(rule.expansion), str(rule.origin.name)) for rule in rules],
        start=made.start_states["document"],
        end=made.end_states["document"],
        patterns={terminal.name: terminal.pattern.to_regexp() for terminal in lark.terminals},
    )
