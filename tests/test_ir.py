"""Every kind of syntax has its place in the IR, and every kind of node its meaning."""

from __future__ import annotations

import ast
import sys

from flake8_tf_session import check_source
from flake8_tf_session.ir import lower_expressions, lower_statements
from flake8_tf_session.ir.base import Expression, Statement
from flake8_tf_session.ir.functions import Function
from flake8_tf_session.ir.liveness import words_read
from flake8_tf_session.ir.lower import program_of
from flake8_tf_session.ir.statements import FunctionDef, Match
from flake8_tf_session.text.source import Source

ELSEWHERE = frozenset("FormattedValue Interpolation Slice Starred TemplateStr".split())
"""Expressions that stand only in others, which lower them; and what is not followed."""

EVERYTHING = """\
import tensorflow as tf
from tensorflow.keras import backend, layers


def everything(*items, key=None, **others):
    async def waits():
        async with read_1 as a, read_2:
            async for b in read_3:
                await read_4
        return [c async for c in read_5 if read_6]

    class Inner(read_7, metaclass=read_8):
        attribute: read_type = read_9

    global state
    x = y.z = read_10[read_11:read_12, read_13]
    x += read_14 + -read_15
    del x, y.z
    for d, *e in read_16:
        if read_17 and not read_18 or (f := read_19) == 1:
            continue
        elif read_20 is None:
            break
    else:
        assert read_21, read_22
    while read_23:
        pass
    try:
        read_24.m(read_25, *read_26, k=read_27, **read_28)
    except read_29 as g:
        raise read_30 from read_31
    finally:
        yield read_32
    with read_33 as h:
        yield from read_34
    i = lambda j=read_35: j
    print({read_36: 1, **read_37}, {read_38}, (read_39,), f"{read_40:{read_41}}", key or 1 < 2 < 3)
    print(read_42 if read_43 else read_44, {k: read_45 for k in read_46}, 1 == read_47)
    backend.set_session(tf.Session())
    return layers.Dense(1)


everything()
"""
NEWER = """

def matching(value):
    match read_48:
        case {"key": [k, *_], **rest} if read_49:
            backend.set_session(tf.Session())
            layers.Dense(read_50)
        case None | 1:
            pass


matching(1)
"""
if sys.version_info >= (3, 10):
    EVERYTHING += NEWER


def kinds_in(parts: list[object]) -> set[type]:
    """The kinds of node in some, and in the functions in them."""
    kinds: set[type] = set()
    pending = parts
    while pending:
        part = pending.pop()
        if isinstance(part, (list, tuple)):
            pending += part
        elif isinstance(part, Function):
            pending += [part.parameters, part.body]
        elif isinstance(part, (Expression, Statement)):
            kinds.add(type(part))
            pending += (getattr(part, slot) for slot in part.__slots__)
    return kinds


def kinds_of(base: type) -> set[type]:
    """Python's own kinds of statement or expression: TensorFlow brings more, if it is imported."""
    return {kind for kind in base.__subclasses__() if kind.__module__ == "ast"}


def test_every_statement_is_lowered() -> None:
    assert kinds_of(ast.stmt) == set(lower_statements._STATEMENTS)


def test_every_expression_is_lowered() -> None:
    kinds = {kind for kind in kinds_of(ast.expr) if kind.__name__ not in ELSEWHERE}
    assert kinds == set(lower_expressions._EXPRESSIONS)


def test_every_kind_of_node_is_followed() -> None:
    module = program_of(Source("<string>", EVERYTHING)).module
    expected = {*Expression.__subclasses__(), *Statement.__subclasses__()}

    assert kinds_in([module]) == expected - ({Match} if sys.version_info < (3, 10) else set())
    assert "TFS201" in {finding.code for finding in check_source(EVERYTHING)}


def test_whatever_is_read_is_live() -> None:
    module = program_of(Source("<string>", EVERYTHING)).module
    functions = [each.function for each in module.body if isinstance(each, FunctionDef)]
    names = {node.id for node in ast.walk(ast.parse(EVERYTHING)) if isinstance(node, ast.Name)}
    read = {name for name in names if name.startswith("read_")} - {"read_type"}

    assert read - words_read([function.body for function in functions]) == set()
