"""The styles in which a program may import TensorFlow and Keras, and the way from each to each.

A program is read whole: what its imports bind, and each expression that starts with such a name.
Then all of it is written in the other style. Programs that this can't do are refused: imports
elsewhere than among the module's statements, star imports, names that are also bound to something
else, attributes of a library that are set.
"""

from __future__ import annotations

import ast
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import libcst as cst

from flake8_tf_session.tensorflow.vocabulary import LIBRARIES, canonical
from tests.metamorphic.importing import MODULES
from tests.metamorphic.transformation import Transformation

_ABBREVIATIONS = {"backend": "K", "layers": "L", "models": "M", "keras": "ks"}
_KERAS = ("tensorflow.compat.v1.keras", "tensorflow.python.keras", "tensorflow.keras", "tf_keras")
_COMPAT = "tensorflow.compat.v1"
_Bound = list[tuple[str, str]]


# --- a program as it is ---


class Program(NamedTuple):
    """What a program imports of the libraries, and where it uses that.

    Attributes:
        imports: The statements by which it does.
        uses: The expressions that start with an imported name, and what they are, dotted.
        unused: What is imported and not used, dotted.
        taken: All other names.
    """

    imports: list[ast.stmt]
    uses: list[tuple[ast.expr, str]]
    unused: list[str]
    taken: set[str]


class _Refused(Exception):
    """A program whose imports can't be respelled."""


@lru_cache(maxsize=64)
def read(text: str) -> Program:
    """Read the imports of a program.

    Raises:
        _Refused: it has some that can't be respelled.
    """
    tree = ast.parse(text)
    lines = text.split("\n")
    imports: list[ast.stmt] = []
    bound: dict[str, str] = {}
    times: Counter[str] = Counter()
    for statement in tree.body:
        found = _bound_by(statement, bound)
        if not found:
            continue
        for name, dotted in found:
            if bound.setdefault(name, dotted) != dotted:
                raise _Refused(f"{name} is imported as several things")
        if not _is_alone(statement, lines):
            raise _Refused("an import shares its line")
        imports.append(statement)
        times.update(name for each in ast.walk(statement) for name in _binds(each))
    if not imports:
        raise _Refused("nothing is imported")
    everywhere = Counter(name for each in ast.walk(tree) for name in _binds(each))
    if everywhere["*"] or any(everywhere[name] != times[name] for name in bound):
        raise _Refused("an imported name is bound elsewhere")
    if any(_named_in_text(each) in bound for each in ast.walk(tree)):
        raise _Refused("the text of an annotation names what is imported")
    inside = {each for statement in imports for each in ast.walk(statement)}
    if any(_imported_libraries(each) for each in ast.walk(tree) if each not in inside):
        raise _Refused("there is an import that is no statement of the module, or of more")
    uses = [
        use
        for statement in tree.body
        if statement not in imports
        for use in _uses(statement, bound)
    ]
    names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    assigned = [each.value for each in imports if isinstance(each, ast.Assign)]
    used = {_chain(expression)[0] for expression in (*assigned, *(each for each, _ in uses))}
    unused = [dotted for name, dotted in bound.items() if name not in used]
    return Program(imports, uses, unused, (names | {*everywhere}) - {*bound})


def _bound_by(statement: ast.stmt, bound: dict[str, str]) -> _Bound | None:
    """The names that a statement binds to parts of the libraries; None if it does more."""
    if isinstance(statement, ast.Import):
        found = [
            (each.asname or each.name.partition(".")[0], each.name)
            if each.asname
            else (each.name.partition(".")[0],) * 2
            for each in statement.names
        ]
    elif isinstance(statement, ast.ImportFrom):
        if statement.level or statement.names[0].name == "*":
            return None
        found = [
            (each.asname or each.name, f"{statement.module}.{each.name}")
            for each in statement.names
        ]
    elif isinstance(statement, ast.Assign):
        # `K = tensorflow.keras.backend`
        (target, *others), parts = statement.targets, _chain(statement.value)
        if others or not isinstance(target, ast.Name) or not parts or parts[0] not in bound:
            return None
        dotted = ".".join([bound[parts[0]], *parts[1:]])
        return [(target.id, dotted)] if _modules(dotted) == dotted else None
    elif isinstance(statement, ast.Try):
        return _bound_by_either(statement)
    else:
        return None
    return found if all(_is_library(dotted) for _, dotted in found) else None


def _bound_by_either(statement: ast.Try) -> _Bound | None:
    """The names that ``try: import … except ImportError: import …`` binds, either way the same."""
    if len(statement.handlers) != 1 or statement.orelse or statement.finalbody:
        return None
    (handler,) = statement.handlers
    if not isinstance(handler.type, ast.Name) or handler.type.id != "ImportError":
        return None
    arms: list[_Bound] = []
    for body in (statement.body, handler.body):
        found = [_bound_by(each, {}) for each in body]
        if not all(found):
            return None
        arms.append([item for each in found if each for item in each])
    first, second = ({name: canonical(dotted) for name, dotted in arm} for arm in arms)
    return arms[0] if first == second else None


def _binds(node: ast.AST) -> Iterator[str]:
    """The names that a node binds by itself, in whatever scope; one declared elsewhere counts."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        yield from node.names
    else:
        # Functions, classes, handlers, and patterns.
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            yield name


def _named_in_text(node: ast.AST) -> str | None:
    """The name with which the annotation of a parameter begins, if it is a string."""
    if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Constant):
        return str(node.annotation.value).partition(".")[0]
    return None


def _imported_libraries(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(_is_library(each.name) for each in node.names)
    return isinstance(node, ast.ImportFrom) and not node.level and _is_library(node.module or "")


def _uses(node: ast.AST, bound: dict[str, str]) -> Iterator[tuple[ast.expr, str]]:
    """The expressions in a node that start with a bound name, as long as they go."""
    parts = _chain(node)
    if parts and parts[0] in bound:
        assert isinstance(node, (ast.Name, ast.Attribute))
        if not isinstance(node.ctx, ast.Load):
            raise _Refused("an attribute of a library is set")
        yield node, ".".join([bound[parts[0]], *parts[1:]])
        return
    for child in ast.iter_child_nodes(node):
        found = list(_uses(child, bound))
        # In f-strings there are no places before Python 3.12; a name alone is a pattern of all.
        if found and type(node).__name__ in ("JoinedStr", "MatchValue"):
            raise _Refused("a library is used in an f-string or a pattern")
        yield from found


def _chain(node: ast.AST) -> list[str]:
    """The parts of a dotted name; none if an expression is anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def _is_alone(statement: ast.stmt, lines: list[str]) -> bool:
    end = lines[(statement.end_lineno or 0) - 1].encode()[statement.end_col_offset or 0 :]
    return statement.col_offset == 0 and end.strip()[:1] in (b"", b"#")


def _is_library(dotted: str) -> bool:
    return dotted.partition(".")[0] in LIBRARIES


def _modules(dotted: str) -> str:
    """The part of a dotted name that is modules: ``tensorflow.keras.layers`` of a layer in it."""
    parts = dotted.split(".")
    count = 1
    while count < len(parts) and parts[count] in MODULES:
        count += 1
    return ".".join(parts[:count])


# --- a program as it shall be ---


class Spelling(NamedTuple):
    """How something is imported.

    Attributes:
        text: The statements, with ``{}`` for the name that they bind, if that may be any.
        name: The name that is wanted for it.
        prefix: What the name stands for, dotted.
    """

    text: str
    name: str
    prefix: str


def _root(dotted: str) -> Spelling:
    root = dotted.partition(".")[0]
    return Spelling(f"import {root}", root, root)


def _root_as(dotted: str) -> Spelling:
    root = dotted.partition(".")[0]
    return Spelling(f"import {root} as {{}}", "tf" if root == "tensorflow" else root, root)


def _compat_as(dotted: str) -> Spelling:
    if not f"{dotted}.".startswith(f"{_COMPAT}."):
        return _root_as(dotted)
    return Spelling(f"import {_COMPAT} as {{}}", "tf", _COMPAT)


def _module_dotted(dotted: str) -> Spelling:
    root = dotted.partition(".")[0]
    return Spelling(f"import {_modules(dotted)}", root, root)


def _module_as(dotted: str) -> Spelling:
    module = _modules(dotted)
    last = module.rpartition(".")[2]
    name = "tf" if module in ("tensorflow", _COMPAT) else last
    return Spelling(f"import {module} as {{}}", name, module)


def _from(dotted: str, name: str = "") -> Spelling:
    """``from`` all but the last part ``import`` that; a library itself as it is usual."""
    package, _, last = dotted.rpartition(".")
    if not package:
        return _root_as(dotted)
    return Spelling(f"from {package} import {last} as {{}}", name or last, dotted)


def _from_root(dotted: str) -> Spelling:
    parts = _modules(dotted).split(".")
    return _from(".".join(parts[:2]))


def from_package(dotted: str) -> Spelling:
    """``from tensorflow.keras import layers``."""
    return _from(_modules(dotted))


def _from_package_as(dotted: str) -> Spelling:
    module = _modules(dotted)
    return _from(module, _ABBREVIATIONS.get(module.rpartition(".")[2], ""))


def _member(dotted: str) -> str:
    """The modules of a dotted name and the first thing in them."""
    return ".".join(dotted.split(".")[: _modules(dotted).count(".") + 2])


def _from_module(dotted: str) -> Spelling:
    return _from(_member(dotted))


def _from_module_as(dotted: str) -> Spelling:
    member = _member(dotted)
    return _from(member, f"{member.rpartition('.')[2]}_alias")


def _assigned(dotted: str) -> Spelling:
    module = _modules(dotted)
    root, _, rest = module.partition(".")
    if not rest:
        return _root(dotted)
    return Spelling(f"import {root}\n{{}} = {module}", rest.rpartition(".")[2], module)


class Style(Transformation):
    """One way to import TensorFlow and Keras.

    Where one of both comes from another package, TFS305, TFS401 and TFS501 tell the two apart.

    Args:
        example: What it looks like: its name.
        spell: The spelling of something that is used.
        keras: The package that Keras comes from; the one it came from if it is empty.
        tensorflow: The one that TensorFlow comes from, likewise.
        otherwise: The style in the handler of an ``ImportError``.
    """

    def __init__(
        self,
        example: str,
        spell: Callable[[str], Spelling],
        keras: str = "",
        tensorflow: str = "",
        otherwise: Style | None = None,
    ) -> None:
        self._example = example
        self._spell = spell
        self._keras = keras
        self._tensorflow = tensorflow
        self._otherwise = otherwise
        if keras or tensorflow or otherwise:
            self.free = frozenset(("TFS305", "TFS401", "TFS501"))

    @property
    def name(self) -> str:
        """What it looks like."""
        return self._example

    def apply(self, module: cst.Module) -> tuple[str, int]:
        """The text in this style; as it is if it is refused."""
        return self.respell(module.code)

    def respell(self, text: str) -> tuple[str, int]:
        """The same of a text."""
        try:
            program = read(text)
            changed = self._written(text, program)
        except _Refused:
            return text, 0
        return changed, 0 if changed == text else len(program.imports) + len(program.uses)

    def _packaged(self, dotted: str) -> str:
        """The same in this style's packages."""
        for package in (*_KERAS, "keras"):
            if dotted == package or dotted.startswith(f"{package}."):
                return (self._keras or package) + dotted[len(package) :]
        root, _, rest = dotted.partition(".")
        if self._tensorflow and rest.partition(".")[0] not in ("compat", "contrib", "python"):
            return self._tensorflow + dotted[len(root) :]
        return dotted

    def _written(self, text: str, program: Program) -> str:
        names: dict[Spelling, str] = {}
        either: list[list[str]] = [[], []]

        def name_of(dotted: str) -> str:
            """What stands for something; its import is noted."""
            meant = self._packaged(dotted)
            spelling = self._spell(meant)
            if spelling not in names:
                names[spelling] = _free_name(spelling, program.taken, names)
                either[0] += _statements(spelling, names[spelling])
                if self._otherwise is not None:
                    # What it binds has to be the same thing, of another package.
                    other = self._spell(self._otherwise._packaged(spelling.prefix))
                    either[1] += _statements(other, names[spelling])
            return names[spelling] + meant[len(spelling.prefix) :]

        edits: list[tuple[ast.stmt | ast.expr, str]] = [
            (expression, name_of(dotted)) for expression, dotted in program.uses
        ]
        for dotted in program.unused:
            name_of(dotted)
        first, second = ("\n".join(dict.fromkeys(each)) for each in either)
        if second:
            first, second = (each.replace("\n", "\n    ") for each in (first, second))
            first = f"try:\n    {first}\nexcept ImportError:\n    {second}"
        edits += [
            (statement, "" if number else first) for number, statement in enumerate(program.imports)
        ]
        return _edited(text, edits)


def _free_name(spelling: Spelling, taken: set[str], names: dict[Spelling, str]) -> str:
    """The name for an import that is none of those taken, nor that of something else."""
    others = {name for other, name in names.items() if other.prefix != spelling.prefix} | taken
    name, number = spelling.name, 1
    if "{}" not in spelling.text and name in others:
        raise _Refused(f"{name} is something else")
    while name in others:
        number += 1
        name = f"{spelling.name}_{number}"
    return name


def _statements(spelling: Spelling, name: str) -> list[str]:
    """The statements of an import, without an ``as`` that says nothing."""
    lines = spelling.text.format(name).split("\n")
    return [line.replace(f" {name} as {name}", f" {name}") for line in lines]


def _edited(text: str, edits: list[tuple[ast.stmt | ast.expr, str]]) -> str:
    """The text with other texts for some nodes; a statement goes with its comment."""
    lines = [line.encode() for line in text.split("\n")]
    for node, new in sorted(edits, key=lambda edit: _start(edit[0]), reverse=True):
        assert node.end_lineno is not None and node.end_col_offset is not None
        begin, end = node.lineno - 1, node.end_lineno - 1
        if isinstance(node, ast.stmt):
            lines[begin : end + 1] = [new.encode()] if new else []
        else:
            before, after = lines[begin][: node.col_offset], lines[end][node.end_col_offset :]
            lines[begin : end + 1] = [before + new.encode() + after]
    return b"\n".join(lines).decode()


def _start(node: ast.stmt | ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


STYLES = [
    Style("import tensorflow", _root),
    Style("import tensorflow as tf", _root_as),
    Style(f"import {_COMPAT} as tf", _compat_as, keras=f"{_COMPAT}.keras", tensorflow=_COMPAT),
    Style("import tensorflow.keras.backend", _module_dotted),
    Style("import tensorflow.keras.backend as backend", _module_as),
    Style("import tensorflow; backend = tensorflow.keras.backend", _assigned),
    Style("from tensorflow import keras", _from_root, keras="tensorflow.keras"),
    Style("from tensorflow.keras import layers", from_package, keras="tensorflow.keras"),
    Style("from tensorflow.keras import backend as K", _from_package_as),
    Style("from tensorflow.keras.layers import Dense", _from_module, keras="tensorflow.keras"),
    Style("from tensorflow.keras.layers import Dense as Dense_alias", _from_module_as),
    Style("from keras import layers", from_package, keras="keras"),
    Style("from keras.layers import Dense", _from_module, keras="keras"),
    Style("from tf_keras import layers", from_package, keras="tf_keras"),
    Style("from tensorflow.python.keras import layers", from_package, keras=_KERAS[1]),
    Style(
        "try: from tensorflow.keras import layers; except ImportError: from keras import layers",
        from_package,
        keras="tensorflow.keras",
        otherwise=Style("", from_package, keras="keras", tensorflow=_COMPAT),
    ),
]

PAIRS = list(itertools.permutations(STYLES, 2))
