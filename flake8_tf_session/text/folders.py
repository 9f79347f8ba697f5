"""The folders of the tree that a file belongs to, and the modules in them.

Only what is in the tree is listed. Around it names are asked for, to find where it begins.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Callable, NamedTuple

_MARKERS = (".git", ".hg", "pyproject.toml", "setup.cfg", "setup.py")
# Where none of those is: what lies at the top of most projects, and in none of the folders around.
_HINTS = (".flake8", ".gitignore", "LICENSE", "README.md", "requirements.txt", "tox.ini")
_INSTALLED = frozenset(("dist-packages", "site-packages"))


class Module(NamedTuple):
    """A module of a project: its file (empty for a namespace package), a package's folder, and the
    folder of the tree in which it was found.
    """

    file: str
    folder: str
    root: str


class Folders:
    """Looks into folders, into each at most once."""

    def __init__(self) -> None:
        self._listings: dict[tuple[str, str], frozenset[str]] = {}
        self._links: set[str] = set()
        self._real_path = cache(os.path.realpath)
        self._roots: dict[str, str] = {}
        self._has_any = cache(_has_any)
        self._modules: dict[tuple[str, str, str], Module | None] = {}

    def root(self, folder: str) -> str:
        """The folder above which nothing belongs to the tree of a folder."""
        root = self._roots.get(folder)
        if root is None:
            root = self._roots[folder] = _find_root(folder, self._has_any)
        return root

    def find_top(self, folder: str, name: str, root: str) -> Module | None:
        """A module that stands in a folder or one of those around it, up to the tree's own."""
        installed = not _INSTALLED.isdisjoint(folder.split(os.sep))
        current = folder
        while True:
            if not installed or is_below(folder, os.path.join(current, name)):
                for place in (current, os.path.join(current, "src")):
                    found = self._module_in(place, name, root)
                    if found is not None:
                        return found
            if current == root:
                return None
            current = os.path.dirname(current)

    def descend(self, module: Module | None, parts: Iterable[str]) -> Module | None:
        """The module that a dotted name spells, from another one on; None if there is none, or if
        its file is a link that leads out of the tree.
        """
        for part in parts:
            if module is None or not module.folder:
                return None
            module = self._module_in(module.folder, part, module.root)
        if module is None or module.file not in self._links:
            return module
        return module if self._is_inside(module.file, module.root) else None

    def package(self, folder: str, root: str) -> Module:
        """The package that a folder of a tree is, with an ``__init__.py`` or without."""
        file = os.path.join(folder, "__init__.py")
        return Module(file if "__init__.py" in self._listed(folder, root) else "", folder, root)

    def _module_in(self, folder: str, name: str, root: str) -> Module | None:
        key = (folder, name, root)
        if key not in self._modules:
            self._modules[key] = self._look_for(folder, name, root)
        return self._modules[key]

    def _is_inside(self, path: str, root: str) -> bool:
        """Whether a path is in the tree, links followed."""
        return is_below(self._real_path(path), self._real_path(root))

    def _look_for(self, folder: str, name: str, root: str) -> Module | None:
        inner = os.path.join(folder, name)
        if not is_below(folder, root):
            # Above the tree there is only the way down to it.
            return self.package(inner, root) if is_below(root, inner) else None
        listed = self._listed(folder, root)
        if name in listed and "__init__.py" in self._listed(inner, root):
            return Module(os.path.join(inner, "__init__.py"), inner, root)
        if name + ".py" in listed:
            return Module(inner + ".py", "", root)
        if name in listed and self._listed(inner, root):
            return Module("", inner, root)
        return None

    def _listed(self, folder: str, root: str) -> frozenset[str]:
        """The names in a folder of a tree; none if it is not there, or can't be read."""
        names = self._listings.get((folder, root))
        if names is None:
            names = frozenset()
            if self._is_inside(folder, root):
                with suppress(OSError, ValueError), os.scandir(folder) as entries:
                    found = [(entry.name, entry.is_symlink()) for entry in entries]
                    names = frozenset(name for name, _ in found)
                    self._links.update(os.path.join(folder, name) for name, link in found if link)
            self._listings[folder, root] = names
        return names


def leads_out(path: str) -> bool:
    """Whether a file is a link, or behind one, to a place out of its tree."""
    root = _find_root(os.path.dirname(os.path.abspath(path)))
    return not is_below(os.path.realpath(path), os.path.realpath(root))


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder's, or the folder itself, as they are spelled."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _has_any(folder: str, names: tuple[str, ...]) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)


def _find_root(folder: str, has_any: Callable[[str, tuple[str, ...]], bool] = _has_any) -> str:
    """The top of a folder's tree. Around the tree nothing is listed: names are only asked for."""
    for current in _upwards(folder):
        if has_any(current, _MARKERS) or os.path.basename(os.path.dirname(current)) in _INSTALLED:
            return current
    # Nothing marks it: the folder that holds the top package, or the script's folder.
    top = folder
    while has_any(top, ("__init__.py",)) and os.path.dirname(top) != top:
        top = os.path.dirname(top)
    return next((current for current in _upwards(top) if has_any(current, _HINTS)), top)


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent
