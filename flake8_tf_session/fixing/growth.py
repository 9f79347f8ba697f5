"""TFS201, TFS202: give a session's config growth, where the code makes it."""

from __future__ import annotations

import ast

from ..findings import Finding
from ..positions import Range
from .calls import has_argument, keyword_added, value_replaced
from .fix import Change, Fix, Situation
from .observe import Facts, Growth
from .places import Slot
from .refusal import Refused
from .source import Edit
from .spelling import Spelled

_GROWTH = "allow_growth"
_CONFIG_POSITIONS = {
    "Session": 2,
    "InteractiveSession": 2,
    "MonitoredTrainingSession": 9,
    "SingularMonitoredSession": 3,
    "managed_session": 1,
    "prepare_or_wait_for_session": 1,
    "PrepareSession": 1,
}


class GrowthFix(Fix):
    """Asks for growth in the way that fits: in the options, in the config, or with a config."""

    safe = True

    def change(self, situation: Situation, finding: Finding) -> Change:
        growths = situation.facts.growths.get(Range(*finding[2:6]), [])
        lacking = [growth for growth in growths if growth.grows is False]
        if not lacking:
            raise Refused("the config of the session can't be followed")
        edits: set[Edit] = set()
        safe = True
        for growth in lacking:
            for way in (_changed_value, _earlier_assignment, _more_options, _more_config):
                found = way(situation, growth)
                if found is not None:
                    edits.update(found)
                    safe &= way is not _changed_value
                    break
            else:
                edits.update(_whole_config(situation, growth))
        return Change(situation.source.edited(edits), safe)

    def holds(self, before: Facts, after: Facts, finding: Finding) -> bool:
        """Whether the sessions that the finding is about provably grow now, and all others do
        as before.
        """
        about = {growth.session for growth in before.growths.get(Range(*finding[2:6]), [])}
        then, now = _by_session(before), _by_session(after)
        return len(then) == len(now) and all(
            new == old or (False not in new and True in new)
            if session not in about
            else False not in new and True in new
            for (session, old), (_, new) in zip(then, now)
        )


def _by_session(facts: Facts) -> list[tuple[Range, set[bool | None]]]:
    found: dict[Range, set[bool | None]] = {}
    for growth in facts.sessions:
        found.setdefault(growth.session, set()).add(growth.grows)
    return sorted(found.items(), key=lambda item: item[0])


def _changed_value(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`allow_growth = False`, in a call or an assignment: True instead."""
    edits = []
    source = situation.source
    for range_, given in growth.sets:
        if given is not False:
            continue
        call = situation.places.call(range_)
        if call is not None:
            code = source.segment(source.range_of(call))
            new = value_replaced(code, _GROWTH, "True")
            if new is None:
                raise Refused("allow_growth is given by a name")
            edits.append(Edit(source.range_of(call), new))
            continue
        statement = situation.places.slots_at(range_)[-1].statement
        value = getattr(statement, "value", None)
        if not isinstance(value, ast.Constant):
            raise Refused("allow_growth is given by a name")
        edits.append(Edit(source.range_of(value), "True"))
    return edits or None


def _earlier_assignment(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`config.gpu_options.allow_growth = True` that comes too late: to where its object is made."""
    places, source = situation.places, situation.source
    for range_, given in growth.sets:
        if given is not True:
            continue
        slots = places.slots_at(range_)
        late = slots[-1] if slots else None
        if late is None or not isinstance(late.statement, ast.Assign):
            continue
        if len(late.statement.targets) != 1 or not isinstance(late.statement.value, ast.Constant):
            continue
        target = late.statement.targets[0]
        owner = target.value if isinstance(target, ast.Attribute) else None
        made = growth.options
        if isinstance(owner, ast.Attribute) and owner.attr == "gpu_options":
            owner, made = owner.value, growth.config
        if owner is None or made is None:
            continue
        creation = _assigned(situation, made)
        if creation is None or creation.block is not late.block or creation.number >= late.number:
            continue
        if ast.dump(owner) != ast.dump(_as_value(_target(creation.statement))):
            continue
        if not (places.has_own_lines(creation) and places.has_own_lines(late)):
            continue
        line = source.body(late.statement.lineno)[late.statement.col_offset :]
        first, last = late.statement.lineno, late.statement.end_lineno or late.statement.lineno
        if first != last or _comment_above(situation, late):
            continue
        end = source.range_of(creation.statement).end_line
        indentation = places.indentation(creation.statement)
        return [
            _line_added(situation, end, indentation + line),
            _line_removed(situation, first),
        ]
    return None


def _more_options(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`GPUOptions(…)` that the config was made with: one more argument."""
    call = None if growth.options is None else situation.places.call(growth.options)
    if call is None:
        return None
    range_ = situation.source.range_of(call)
    code = situation.source.segment(range_)
    if has_argument(code, _GROWTH):
        raise Refused("allow_growth is given by a name")
    return [Edit(range_, keyword_added(code, _GROWTH, "True"))]


def _more_config(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`ConfigProto(…)`: a line after it, if it has a name, else one more argument."""
    call = None if growth.config is None else situation.places.call(growth.config)
    if call is None or growth.config is None:
        return None
    source, places = situation.source, situation.places
    range_ = source.range_of(call)
    code = source.segment(range_)
    creation = _assigned(situation, growth.config)
    if creation is not None and places.has_own_lines(creation):
        target = source.segment(source.range_of(_target(creation.statement)))
        end = source.range_of(creation.statement).end_line
        line = f"{places.indentation(creation.statement)}{target}.gpu_options.allow_growth = True"
        return [_line_added(situation, end, line)]
    for keyword in call.keywords:
        if keyword.arg == "gpu_options" and isinstance(keyword.value, ast.Dict):
            return [_more_mapping(situation, keyword.value)]
    spelled = Spelled(places, situation.facts, call)
    (options,) = spelled("GPUOptions")
    value = f"{options}({_GROWTH}=True)"
    new = value_replaced(code, "gpu_options", value)
    if new is None:
        if has_argument(code, "gpu_options"):
            raise Refused("its gpu_options can't be followed")
        new = keyword_added(code, "gpu_options", value)
    return [Edit(range_, new), *spelled.edits]


def _more_mapping(situation: Situation, mapping: ast.Dict) -> Edit:
    source = situation.source
    for key, value in zip(mapping.keys, mapping.values):
        if isinstance(key, ast.Constant) and key.value == _GROWTH:
            return Edit(source.range_of(value), "True")
    range_ = source.range_of(mapping)
    code = source.segment(range_)
    separator = ", " if mapping.keys else ""
    return Edit(range_, f'{{"{_GROWTH}": True{separator}{code[1:].lstrip() if separator else "}"}')


def _whole_config(situation: Situation, growth: Growth) -> list[Edit]:
    """A session without a config: one that asks for growth."""
    call = situation.places.call(growth.session)
    if call is None:
        raise Refused("the call that creates the session can't be found")
    source = situation.source
    if growth.kind == "MonitoredSession":
        creator = _creator(call)
        if creator is None and (call.args or _named(call, "session_creator")):
            raise Refused("its session_creator is made elsewhere")
        spelled = Spelled(situation.places, situation.facts, call)
        names = spelled("ConfigProto", "GPUOptions")
        range_ = source.range_of(creator or call)
        code = source.segment(range_)
        value = _config(*names)
        if creator is None:
            prefix = names[0][: -len("ConfigProto")]
            if not prefix:
                raise Refused("it needs a session_creator with a config")
            value = f"{prefix}train.ChiefSessionCreator(config={value})"
            return [Edit(range_, keyword_added(code, "session_creator", value)), *spelled.edits]
        return [Edit(range_, _with_config(code, value, 2)), *spelled.edits]
    spelled = Spelled(situation.places, situation.facts, call)
    range_ = source.range_of(call)
    value = _config(*spelled("ConfigProto", "GPUOptions"))
    code = source.segment(range_)
    return [Edit(range_, _with_config(code, value, _CONFIG_POSITIONS[growth.kind])), *spelled.edits]


def _with_config(code: str, value: str, position: int) -> str:
    new = value_replaced(code, "config", value, position)
    if new is not None:
        return new
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    if has_argument(code, "config") or len(call.args) > position:
        raise Refused("its config is given by a name that is None here")
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        raise Refused("its arguments are given by a star")
    return keyword_added(code, "config", value)


def _config(config: str, options: str) -> str:
    return f"{config}(gpu_options={options}({_GROWTH}=True))"


def _creator(call: ast.Call) -> ast.Call | None:
    """The call of the creator in a `MonitoredSession(…)`."""
    given = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "session_creator")]
    return given[0] if given and isinstance(given[0], ast.Call) else None


def _named(call: ast.Call, name: str) -> bool:
    return any(keyword.arg in (name, None) for keyword in call.keywords)


def _assigned(situation: Situation, made: Range) -> Slot | None:
    """The assignment of what a call makes to one name or attribute, if that is all it does."""
    call = situation.places.call(made)
    if call is None:
        return None
    slot = situation.places.slot_of(call)
    statement = slot.statement
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is call:
        several = isinstance(statement, ast.Assign) and len(statement.targets) != 1
        if not several and _is_dotted(_target(statement)):
            return slot
    return None


def _target(statement: ast.stmt) -> ast.expr:
    if isinstance(statement, ast.Assign):
        return statement.targets[0]
    assert isinstance(statement, ast.AnnAssign)
    return statement.target


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _as_value(node: ast.expr) -> ast.expr:
    parsed = ast.parse(ast.unparse(node), mode="eval")
    return parsed.body


def _comment_above(situation: Situation, slot: Slot) -> bool:
    line = slot.statement.lineno - 1
    return line > 0 and situation.source.body(line).lstrip().startswith("#")


def _line_added(situation: Situation, after: int, line: str) -> Edit:
    """A line below another one, which may be the last and have no end."""
    source = situation.source
    column = len(source.body(after))
    return Edit(Range(after, column, after, column), "\n" + line)


def _line_removed(situation: Situation, line: int) -> Edit:
    source = situation.source
    if line < len(source.lines):
        return Edit(Range(line, 0, line + 1, 0), "")
    above = len(source.body(line - 1))
    return Edit(Range(line - 1, above, line, len(source.body(line))), "")
