"""How the package is built: what may import what, and how long a module and a function may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import flake8_tf_session

PACKAGE = Path(flake8_tf_session.__file__).parent
MODULE_LINES = 450
FUNCTION_LINES = 45

# A module imports from its own row and from those above it, for types as well. A row names folders,
# and modules that stand beside them; the modules that no row names are front doors: the last row.
ORDER = (
    "catalogue failures findings process stack",
    "tensorflow",
    "settings",
    "text",
    "ir",
    "domain",
    "rules",
    "models",
    "interpreter",
    "report",
    "__init__ check engine plugin",
    "as_json fixing",
)
ROWS = {name: number for number, row in enumerate(ORDER) for name in row.split()}


class Import(NamedTuple):
    """One module of the package imports another, on a line."""

    module: str
    line: int
    imported: str

    def __str__(self) -> str:
        return f"{self.module} imports {self.imported} on line {self.line}"


def modules() -> dict[str, tuple[str, ast.Module]]:
    """Name, text and tree of each module: ``rules.order`` for a module, ``rules`` for a folder."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = text, ast.parse(text)
    return found


MODULES = modules()


def imports() -> Iterator[Import]:
    """All imports between the package's modules, those for types and those in functions too."""
    for name, (_, tree) in MODULES.items():
        path = PACKAGE.joinpath(*name.split("."))
        folders = [PACKAGE.name, *name.split(".")][: None if path.is_dir() else -1]
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                targets = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = folders[: len(folders) - node.level + 1] if node.level else []
                origin = ".".join([*start, *([node.module] if node.module else [])])
                targets = [f"{origin}.{alias.name}" for alias in node.names]
            else:
                continue
            for target in targets:
                yield from (Import(name, node.lineno, each) for each in _module(target))


def _module(target: str) -> list[str]:
    """The module that a dotted name is of, if it is one of the package's."""
    package, _, name = f"{target}.".partition(".")
    name = name.rstrip(".")
    if package != PACKAGE.name:
        return []
    longest = (name, name.rpartition(".")[0], "__init__")
    return [next(each for each in longest if each in MODULES)]


IMPORTS = sorted(set(imports()))


def reached(start: str) -> set[str]:
    """All modules that a module imports, and those that these import."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        module = waiting.pop()
        new = {each.imported for each in IMPORTS if each.module == module} - found
        found |= new
        waiting += new
    return found


def row(module: str) -> int:
    """The row of the order in which a module stands."""
    return ROWS.get(module.partition(".")[0], len(ORDER))


def check_none(what: str, found: list[str]) -> None:
    """Fail with what was found, a line each."""
    __tracebackhide__ = True
    if found:
        pytest.fail("\n".join([f"{what}:", *found]))


def test_no_modules_import_each_other_in_a_circle() -> None:
    reach = {name: reached(name) for name in MODULES}

    circle = [str(each) for each in IMPORTS if each.module in reach[each.imported]]

    check_none("each of these is part of a circle", circle)


def test_folders_import_in_the_order_in_which_data_flows() -> None:
    against = [str(each) for each in IMPORTS if row(each.imported) > row(each.module)]

    assert len(IMPORTS) > len(MODULES)
    check_none("against the order", against)


def test_the_order_names_what_is_there() -> None:
    assert {*ROWS} <= {name.partition(".")[0] for name in MODULES}


def test_no_module_is_long() -> None:
    lines = {name: len(text.splitlines()) for name, (text, _) in MODULES.items()}

    long = [f"{name} has {count} lines" for name, count in lines.items() if count > MODULE_LINES]

    check_none(f"over {MODULE_LINES} lines", long)


def test_no_function_is_long() -> None:
    functions = [
        (f"{name}, {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for name, (_, tree) in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]

    long = [f"{name} has {count} lines" for name, count in functions if count > FUNCTION_LINES]

    assert functions
    check_none(f"over {FUNCTION_LINES} lines", long)
