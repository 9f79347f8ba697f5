"""Changing a call's arguments, with its comments and line breaks kept by libcst."""

from __future__ import annotations

import libcst as cst
import libcst.matchers as m


def keyword_added(code: str, name: str, value: str) -> str:
    """The call with one more keyword argument, on a line of its own where the others are."""
    call = cst.ensure_type(cst.parse_expression(code), cst.Call)
    added = cst.Arg(
        cst.parse_expression(value),
        cst.Name(name),
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )
    if not call.args:
        return _code(call.with_changes(args=[added]))
    *others, last = call.args
    own_line = m.matches(call.whitespace_before_args, m.ParenthesizedWhitespace())
    between: cst.BaseParenthesizableWhitespace = cst.SimpleWhitespace(" ")
    comma = last.comma if isinstance(last.comma, cst.Comma) else None
    closing = last.whitespace_after_arg if comma is None else comma.whitespace_after
    if own_line:
        between, closing = _parted(closing, call.whitespace_before_args)
    elif isinstance(closing, cst.ParenthesizedWhitespace) and closing.first_line.comment:
        # What follows the last argument is a comment: it must stay behind its comma.
        between, closing = _parted(closing, closing)
    if comma is not None and (own_line or isinstance(closing, cst.ParenthesizedWhitespace)):
        added = added.with_changes(comma=cst.Comma(whitespace_after=closing))
    else:
        added = added.with_changes(whitespace_after_arg=closing)
    last = last.with_changes(
        comma=cst.Comma(whitespace_after=between), whitespace_after_arg=cst.SimpleWhitespace("")
    )
    return _code(call.with_changes(args=[*others, last, added]))


def value_replaced(code: str, name: str, value: str, position: int | None = None) -> str | None:
    """The call with another value for an argument that is None or False; None if it has no such."""
    call = cst.ensure_type(cst.parse_expression(code), cst.Call)
    empty = m.Arg(value=m.Name("None") | m.Name("False"), star="")
    for index, argument in enumerate(call.args):
        named = argument.keyword is not None and argument.keyword.value == name
        placed = argument.keyword is None and index == position
        if (named or placed) and m.matches(argument, empty):
            return _code(call.with_deep_changes(argument, value=cst.parse_expression(value)))
    return None


def _parted(
    closing: cst.BaseParenthesizableWhitespace, opening: cst.BaseParenthesizableWhitespace
) -> tuple[cst.BaseParenthesizableWhitespace, cst.BaseParenthesizableWhitespace]:
    """What stands between the last argument and a new one, and behind the new one.

    A comment behind the last argument stays with it; the new line is indented as the first is.
    """
    assert isinstance(opening, cst.ParenthesizedWhitespace)
    between = opening.with_changes(
        first_line=cst.TrailingWhitespace(cst.SimpleWhitespace(""), None), empty_lines=[]
    )
    if isinstance(closing, cst.ParenthesizedWhitespace):
        between = between.with_changes(
            first_line=closing.first_line, empty_lines=closing.empty_lines
        )
        closing = closing.with_changes(
            first_line=cst.TrailingWhitespace(cst.SimpleWhitespace(""), None), empty_lines=[]
        )
    return between, closing


def _code(call: cst.Call) -> str:
    return cst.Module([]).code_for_node(call)
