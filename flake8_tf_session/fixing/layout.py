"""Breaking lines that are too long: each argument on a line of its own."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

from ..report.ranges import Range
from .draft import Draft, Edit
from .style import too_long


def broken(before: Draft, after: Draft, max_line_length: int) -> Draft | None:
    """A text whose changed lines are no longer than they may be; None if they can't be broken."""
    long = too_long(before, after, max_line_length)
    while long:
        try:
            edits = next((edits for line in long for edits in _ways(after, line)), None)
        except SyntaxError:
            return None
        if edits is None:
            return None
        after = after.edited(edits)
        long = too_long(before, after, max_line_length)
    return after


def _ways(draft: Draft, line: int) -> Iterator[list[Edit]]:
    """What breaks a line, the outermost bracket first."""
    base = draft.body(line)[: len(draft.body(line)) - len(draft.body(line).lstrip())]
    inner = base + _unit(draft)
    for node in _nodes(draft.tree):
        if getattr(node, "lineno", 0) != line or getattr(node, "end_lineno", 0) != line:
            continue
        if isinstance(node, ast.Call) and _is_breakable(node):
            start = draft.range_of(node.func).end_column
            yield _parted(draft, draft.range_of(node)._replace(column=start), base, inner)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names = "".join(f"{inner}{ast.unparse(name)},\n" for name in node.names)
            text = f"from {module} import (\n{names}{base})"
            yield [Edit(draft.range_of(node), text)]


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes, outer before inner. What is in a formatted string has no place of its own."""
    pending = [tree]
    while pending:
        node = pending.pop(0)
        yield node
        pending += (
            each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.JoinedStr)
        )


def _is_breakable(call: ast.Call) -> bool:
    given = [*call.args, *call.keywords]
    return bool(given) and not isinstance(given[0], ast.GeneratorExp)


def _parted(draft: Draft, brackets: Range, base: str, inner: str) -> list[Edit]:
    """The arguments between brackets on a line each, and a comma behind the last."""
    code = draft.segment(brackets)
    edits: list[Edit] = []

    def replace(start: int, end: int, text: str) -> None:
        line, column = brackets.line, brackets.column
        edits.append(Edit(Range(line, column + start, line, column + end), text))

    depth = 0
    tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    for token, following in zip(tokens, tokens[1:]):
        depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
        if depth == 1 and token.string in ("(", ",") and following.string != ")":
            replace(token.end[1], following.start[1], f"\n{inner}")
    given = code[:-1].rstrip()
    end = f"\n{base}" if given.endswith(",") else f",\n{base}"
    replace(len(given), len(code) - 1, end)
    return edits


def _unit(draft: Draft) -> str:
    """By what the file indents."""
    for statement in draft.tree.body:
        body = getattr(statement, "body", None)
        if body and body[0].lineno > statement.lineno:
            return draft.body(body[0].lineno)[: body[0].col_offset]
    return "    "
