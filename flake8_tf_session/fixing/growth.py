"""TFS201, TFS202: give a session's config growth, where the code makes it."""

from __future__ import annotations

import ast

from ..findings import Finding
from ..positions import Range
from .calls import keyword_added, value_replaced
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
        if call is None:
            statement = situation.places.slots_at(range_)[-1].statement
            value = getattr(statement, "value", None)
        else:
            value = _given_growth(call)
        if not isinstance(value, ast.Constant):
            raise Refused("allow_growth is given by a name")
        edits.append(Edit(source.range_of(value), "True"))
    return edits or None


def _given_growth(call: ast.Call) -> ast.expr | None:
    """What a call gives as growth: `GPUOptions(allow_growth=…)`, or in a mapping for them."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    mapping = given.get("gpu_options")
    if isinstance(mapping, ast.Dict):
        pairs = zip(mapping.keys, mapping.values)
        given = {ast.unparse(key): value for key, value in pairs if key is not None}
        return given.get(repr(_GROWTH))
    return given.get(_GROWTH)


def _earlier_assignment(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`config.gpu_options.allow_growth = True` that comes too late: to where its object is made."""
    places, source = situation.places, situation.source
    for range_, given in growth.sets:
        if given is not True:
            continue
        late = places.slots_at(range_)[-1]
        if not isinstance(late.statement, ast.Assign):
            continue
        if len(late.statement.targets) != 1 or not isinstance(late.statement.value, ast.Constant):
            continue
        target = late.statement.targets[0]
        assert isinstance(target, ast.Attribute)
        owner, made = target.value, growth.options
        if isinstance(owner, ast.Attribute) and owner.attr == "gpu_options":
            owner, made = owner.value, growth.config
        if made is None:
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
    if growth.options is None:
        return None
    call = _call(situation, growth.options)
    if _is_starred(call):
        raise Refused("its arguments are given by a star")
    range_ = situation.source.range_of(call)
    code = situation.source.segment(range_)
    return [Edit(range_, keyword_added(code, _GROWTH, "True"))]


def _more_config(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`ConfigProto(…)`: a line after it, if it has a name, else one more argument."""
    if growth.config is None:
        return None
    call = _call(situation, growth.config)
    source, places = situation.source, situation.places
    range_ = source.range_of(call)
    code = source.segment(range_)
    creation = _assigned(situation, growth.config)
    if creation is not None and places.has_own_lines(creation):
        target = source.segment(source.range_of(_target(creation.statement)))
        end = source.range_of(creation.statement).end_line
        line = f"{places.indentation(creation.statement)}{target}.gpu_options.allow_growth = True"
        return [_line_added(situation, end, line)]
    given = {keyword.arg: keyword.value for keyword in call.keywords}.get("gpu_options")
    if isinstance(given, ast.Dict):
        return [_more_mapping(situation, given)]
    if _is_starred(call):
        raise Refused("its arguments are given by a star")
    spelled = Spelled(places, situation.facts, call)
    (options,) = spelled("GPUOptions")
    value = f"{options}({_GROWTH}=True)"
    new = value_replaced(code, "gpu_options", value)
    if new is None:
        if given is not None:
            raise Refused("its gpu_options can't be followed")
        new = keyword_added(code, "gpu_options", value)
    return [Edit(range_, new), *spelled.edits]


def _more_mapping(situation: Situation, mapping: ast.Dict) -> Edit:
    source = situation.source
    range_ = source.range_of(mapping)
    code = source.segment(range_)
    separator = ", " if mapping.keys else ""
    return Edit(range_, f'{{"{_GROWTH}": True{separator}{code[1:].lstrip() if separator else "}"}')


def _whole_config(situation: Situation, growth: Growth) -> list[Edit]:
    """A session without a config: one that asks for growth."""
    call = _call(situation, growth.session)
    source = situation.source
    if growth.kind == "MonitoredSession":
        creator = _creator(call)
        if creator is None and (call.args or _is_starred(call) or _named(call, "session_creator")):
            raise Refused("its session_creator is made elsewhere")
        spelled = Spelled(situation.places, situation.facts, call)
        names = spelled("ConfigProto", "GPUOptions")
        range_ = source.range_of(creator or call)
        code = source.segment(range_)
        value = _config(*names)
        if creator is None:
            prefix = names[0][: -len("ConfigProto")]
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
    if _is_starred(call):
        raise Refused("its arguments are given by a star")
    if _named(call, "config") or len(call.args) > position:
        raise Refused("its config is given by a name that is None here")
    return keyword_added(code, "config", value)


def _config(config: str, options: str) -> str:
    return f"{config}(gpu_options={options}({_GROWTH}=True))"


def _creator(call: ast.Call) -> ast.Call | None:
    """The call of the creator in a `MonitoredSession(…)`."""
    given = [*call.args[:1], *(k.value for k in call.keywords if k.arg == "session_creator")]
    return given[0] if given and isinstance(given[0], ast.Call) else None


def _named(call: ast.Call, name: str | None) -> bool:
    return any(keyword.arg == name for keyword in call.keywords)


def _is_starred(call: ast.Call) -> bool:
    return _named(call, None) or any(isinstance(given, ast.Starred) for given in call.args)


def _call(situation: Situation, range_: Range) -> ast.Call:
    """The call with a range that is known to be one's."""
    call = situation.places.call(range_)
    assert call is not None
    return call


def _assigned(situation: Situation, made: Range) -> Slot | None:
    """The assignment of what a call makes to one name or attribute, if that is all it does."""
    call = _call(situation, made)
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
