"""How a file spells the names of TensorFlow: as it spells those beside which they are needed."""

from __future__ import annotations

import ast
import re

import libcst as cst
from libcst.codemod import CodemodContext
from libcst.codemod.visitors import AddImportsVisitor

from ..tensorflow.vocabulary import canonical
from .draft import Edit
from .observe import Facts
from .places import Places
from .refusal import Refused

_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")
# Names that only the namespace of TensorFlow 1 has.
_FIRST_VERSION = re.compile(
    r"\.(?:Session|InteractiveSession|ConfigProto|GPUOptions|placeholder|get_variable"
    r"|global_variables_initializer|get_default_graph|reset_default_graph)\b"
)
_PROTOCOL = "tensorflow.core.protobuf.config_pb2"


class Spelled:
    """Names of TensorFlow as a file spells them, and the imports that they need.

    Attributes:
        edits: What has to be added to the file's imports.
    """

    def __init__(self, places: Places, facts: Facts, call: ast.Call) -> None:
        """Take the spelling over from a call of something of TensorFlow."""
        self._places = places
        self.edits: list[Edit] = []
        self._prefix = ""
        self._imports: list[ast.ImportFrom] = []
        self._protocol = False
        func = call.func
        range_ = places.draft.range_of(call)
        dotted = facts.calls.at(range_).external
        if isinstance(func, ast.Name):
            if self._is_starred(dotted) or self._take_imports(func.id):
                return
        elif isinstance(func, ast.Attribute):
            prefix = places.draft.segment(places.draft.range_of(func.value))
            module = {name.rpartition(".")[0] for name in dotted}
            if prefix.endswith(".train"):
                prefix = prefix[: -len(".train")]
                module = {name.rpartition(".")[0] for name in module}
            if module and all(map(_is_tensorflow, module)) and _DOTTED.match(prefix):
                self._prefix = f"{prefix}."
                return
        self._take_module()

    def __call__(self, *names: str) -> tuple[str, ...]:
        """The names as they are to be written."""
        for statement in self._imports:
            draft = self._places.draft
            old = draft.segment(draft.range_of(statement))
            module = _PROTOCOL if self._protocol else statement.module or ""
            new = _with_imports(old, module, names)
            if self._protocol:
                slot = self._places.slot_of(statement)
                if not self._places.has_own_lines(slot):
                    raise Refused("the import of the session shares its line")
                new = new.replace("\n", "\n" + self._places.indentation(statement))
            if new != old:
                self.edits.append(Edit(draft.range_of(statement), new))
        return tuple(self._prefix + name for name in names)

    def _is_starred(self, dotted: set[str]) -> bool:
        """Whether a bare name comes from a star import, which brings the others as well."""
        modules = {
            node.module
            for node in ast.walk(self._places.draft.tree)
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
        }
        return bool(dotted) and all(
            name.rpartition(".")[0] in modules and _is_tensorflow(name.rpartition(".")[0])
            for name in dotted
        )

    def _take_imports(self, name: str) -> bool:
        """Import from where a name is imported; every such import, if there are alternatives."""
        self._imports = [
            node
            for node in ast.walk(self._places.draft.tree)
            if isinstance(node, ast.ImportFrom)
            and any(name == (alias.asname or alias.name) for alias in node.names)
        ]
        if self._imports and all(_is_tensorflow(node.module or "") for node in self._imports):
            return True
        if len(self._imports) == 1 and canonical(self._imports[0].module or "") == "tensorflow":
            # `tensorflow.python.client.session` has no configs: they have a module of their own.
            self._protocol = not self._take_alias()
            if not self._protocol:
                self._imports = []
            return True
        self._imports = []
        return False

    def _take_module(self) -> None:
        if not self._take_alias():
            raise Refused("how the file spells TensorFlow's own names can't be known")

    def _take_alias(self) -> bool:
        """Use the name under which the module imports TensorFlow as a whole."""
        for statement in self._places.draft.tree.body:
            if isinstance(statement, ast.Import):
                pairs = [(alias.name, alias.asname or alias.name) for alias in statement.names]
            elif isinstance(statement, ast.ImportFrom) and not statement.level:
                pairs = [
                    (f"{statement.module}.{alias.name}", alias.asname or alias.name)
                    for alias in statement.names
                ]
            else:
                continue
            for module, name in pairs:
                if module == "tensorflow":
                    text = self._places.draft.normal
                    old = any(
                        text[: match.start()].endswith(name)
                        for match in _FIRST_VERSION.finditer(text)
                    )
                    self._prefix = f"{name}." if old else f"{name}.compat.v1."
                    return True
                if _is_tensorflow(module):
                    self._prefix = f"{name}."
                    return True
        return False


def _is_tensorflow(module: str) -> bool:
    """Whether a module is one that has all names of sessions and configs."""
    return canonical(module) == "tensorflow" and not module.startswith(
        ("tensorflow.python", "tensorflow.core", "tensorflow.compat.v2", "tensorflow._api.v2")
    )


def _with_imports(statement: str, module: str, names: tuple[str, ...]) -> str:
    """An import statement that also imports further names, by libcst's own codemod."""
    parsed = cst.parse_module(statement)
    context = CodemodContext()
    for name in names:
        AddImportsVisitor.add_needed_import(context, module, name)
    return AddImportsVisitor(context).transform_module(parsed).code
