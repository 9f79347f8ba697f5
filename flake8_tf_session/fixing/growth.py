"""TFS201, TFS202: give a session's config growth, where the code makes it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..findings import Finding
from ..report.ranges import Range
from ..tensorflow.vocabulary import CONFIG_POSITIONS
from ..text.syntax import is_dotted
from .calls import keyword_added, value_replaced
from .draft import Edit
from .fix import Change, Fix, Situation
from .observe import Facts, Growth
from .places import Slot
from .refusal import Refused
from .spelling import Spelled
from .statements import free_name, room_above, standing

_GROWTH = "allow_growth"
_CREATOR = "ChiefSessionCreator"


class GrowthFix(Fix):
    """Asks for growth in the way that fits: in the options, in the config, or with a config."""

    safe = True

    def changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
        growths = situation.facts.growths.get(Range(*finding[2:6]), [])
        lacking = [growth for growth in growths if growth.grows is False]
        if not lacking:
            raise Refused("the config of the session can't be followed")
        # The same for all sessions that the finding is about, where it can be had.
        for form in (_standing, _standing_grown, None, _stated, _more_arguments):
            edits: set[Edit] = set()
            safe = True
            fits = form is None
            for growth in lacking:
                found = form and form(situation, growth)
                fits |= bool(found)
                more, more_safe = (found, True) if found else _in_place(situation, growth)
                edits.update(more)
                safe &= more_safe
            if fits:
                yield Change(situation.draft.edited(edits), safe, frozenset(edits))

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


def _in_place(situation: Situation, growth: Growth) -> tuple[list[Edit], bool]:
    """Growth asked for where the config is, and whether that is safe."""
    for way in (_changed_value, _earlier_assignment, _more_options, _more_config):
        found = way(situation, growth)
        if found is not None:
            return found, way is not _changed_value
    return _whole_config(situation, growth), True


def _standing(situation: Situation, growth: Growth) -> list[Edit] | None:
    """A session without a config: the one that stands above it."""
    slot = _standing_slot(situation, growth)
    if slot is None:
        return None
    return [_config_given(situation, growth, _name(slot))]


def _standing_grown(situation: Situation, growth: Growth) -> list[Edit] | None:
    """A session without a config: the one that stands above it, with growth."""
    slot = _standing_slot(situation, growth)
    if slot is None or not situation.places.has_own_lines(slot):
        return None
    return [_config_given(situation, growth, _name(slot)), _growth_below(situation, slot)]


def _standing_slot(situation: Situation, growth: Growth) -> Slot | None:
    if growth.config is not None or growth.kind == "MonitoredSession":
        return None
    return next(standing(situation, _call(situation, growth.session)), None)


def _name(slot: Slot) -> str:
    return ast.unparse(_target(slot.statement))


def _stated(situation: Situation, growth: Growth) -> list[Edit] | None:
    """Growth in a statement of its own, with one for the config where it has none."""
    places, draft = situation.places, situation.draft
    if growth.sets:
        return None
    if growth.options is not None:
        creation = _assigned(situation, growth.options)
        if creation is None or not places.has_own_lines(creation):
            return None
        return [_growth_below(situation, creation, "allow_growth")]
    call = _call(situation, growth.config or growth.session)
    slot = room_above(places, call)
    name = None if slot is None else free_name(places, slot)
    if slot is None or name is None:
        return None
    range_ = draft.range_of(call)
    if growth.config is None:
        spelled = Spelled(places, situation.facts, call)
        (config,) = spelled("ConfigProto")
        made = f"{config}()"
        edits = [_config_given(situation, growth, name, config), *spelled.edits]
    else:
        made = draft.segment(range_)
        has_name = isinstance(slot.statement, (ast.Assign, ast.AnnAssign)) and (
            slot.statement.value is call
        )
        if has_name or "\n" in made or not _is_literal(call):
            return None
        edits = [Edit(range_, name)]
    at = draft.range_of(slot.statement)
    indentation = places.indentation(slot.statement)
    lines = [f"{name} = {made}", f"{name}.gpu_options.allow_growth = True", ""]
    start = Range(at.line, at.column, at.line, at.column)
    return [*edits, Edit(start, f"\n{indentation}".join(lines))]


def _is_literal(call: ast.Call) -> bool:
    """Whether a call has no arguments that anything else could change."""
    try:
        for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
            ast.literal_eval(given)
    except ValueError:
        return False
    return not _is_starred(call)


def _changed_value(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`allow_growth = False`, in a call or an assignment: True instead."""
    edits = []
    draft = situation.draft
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
        edits.append(Edit(draft.range_of(value), "True"))
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
    places, draft = situation.places, situation.draft
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
        line = draft.body(late.statement.lineno)[late.statement.col_offset :]
        first, last = late.statement.lineno, late.statement.end_lineno or late.statement.lineno
        if first != last or _comment_above(situation, late):
            continue
        end = draft.range_of(creation.statement).end_line
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
    range_ = situation.draft.range_of(call)
    code = situation.draft.segment(range_)
    return [Edit(range_, keyword_added(code, _GROWTH, "True"))]


def _more_config(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`ConfigProto(…)`: a line after it, if it has a name, else one more argument."""
    if growth.config is None:
        return None
    creation = _assigned(situation, growth.config)
    if creation is not None and situation.places.has_own_lines(creation):
        return [_growth_below(situation, creation)]
    return _more_arguments(situation, growth)


def _more_arguments(situation: Situation, growth: Growth) -> list[Edit] | None:
    """`ConfigProto(…)`: one more argument."""
    if growth.config is None or growth.options is not None:
        return None
    call = _call(situation, growth.config)
    draft = situation.draft
    range_ = draft.range_of(call)
    code = draft.segment(range_)
    given = {keyword.arg: keyword.value for keyword in call.keywords}.get("gpu_options")
    if isinstance(given, ast.Dict):
        return [_more_mapping(situation, given)]
    if _is_starred(call):
        raise Refused("its arguments are given by a star")
    spelled = Spelled(situation.places, situation.facts, call)
    (options,) = spelled("GPUOptions")
    value = f"{options}({_GROWTH}=True)"
    new = value_replaced(code, "gpu_options", value)
    if new is None:
        if given is not None:
            raise Refused("its gpu_options can't be followed")
        new = keyword_added(code, "gpu_options", value)
    return [Edit(range_, new), *spelled.edits]


def _more_mapping(situation: Situation, mapping: ast.Dict) -> Edit:
    draft = situation.draft
    range_ = draft.range_of(mapping)
    code = draft.segment(range_)
    separator = ", " if mapping.keys else ""
    return Edit(range_, f'{{"{_GROWTH}": True{separator}{code[1:].lstrip() if separator else "}"}')


def _whole_config(situation: Situation, growth: Growth) -> list[Edit]:
    """A session without a config: one that asks for growth."""
    spelled = Spelled(situation.places, situation.facts, _call(situation, growth.session))
    config, options = spelled("ConfigProto", "GPUOptions")
    value = f"{config}(gpu_options={options}({_GROWTH}=True))"
    return [_config_given(situation, growth, value, config), *spelled.edits]


def _config_given(situation: Situation, growth: Growth, value: str, config: str = "") -> Edit:
    """A session that is given a config; ``config`` is how the file spells the class of configs."""
    call = _call(situation, growth.session)
    draft = situation.draft
    if growth.kind != "MonitoredSession":
        range_ = draft.range_of(call)
        new = _with_config(draft.segment(range_), value, CONFIG_POSITIONS[growth.kind])
        return Edit(range_, new)
    creator = _creator(call)
    if creator is not None:
        range_ = draft.range_of(creator)
        return Edit(range_, _with_config(draft.segment(range_), value, CONFIG_POSITIONS[_CREATOR]))
    if call.args or _is_starred(call) or _named(call, "session_creator"):
        raise Refused("its session_creator is made elsewhere")
    range_ = draft.range_of(call)
    prefix = config[: -len("ConfigProto")]
    value = f"{prefix}train.{_CREATOR}(config={value})"
    return Edit(range_, keyword_added(draft.segment(range_), "session_creator", value))


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
        if not several and is_dotted(_target(statement)):
            return slot
    return None


def _target(statement: ast.stmt) -> ast.expr:
    if isinstance(statement, ast.Assign):
        return statement.targets[0]
    assert isinstance(statement, ast.AnnAssign)
    return statement.target


def _as_value(node: ast.expr) -> ast.expr:
    parsed = ast.parse(ast.unparse(node), mode="eval")
    return parsed.body


def _comment_above(situation: Situation, slot: Slot) -> bool:
    line = slot.statement.lineno - 1
    return line > 0 and situation.draft.body(line).lstrip().startswith("#")


def _line_added(situation: Situation, after: int, line: str) -> Edit:
    """A line below another one, which may be the last and have no end."""
    draft = situation.draft
    column = len(draft.body(after))
    return Edit(Range(after, column, after, column), "\n" + line)


def _growth_below(
    situation: Situation, creation: Slot, attribute: str = "gpu_options.allow_growth"
) -> Edit:
    """Growth, on the line below the assignment of what is to have it."""
    draft, statement = situation.draft, creation.statement
    target = draft.segment(draft.range_of(_target(statement)))
    line = f"{situation.places.indentation(statement)}{target}.{attribute} = True"
    return _line_added(situation, draft.range_of(statement).end_line, line)


def _line_removed(situation: Situation, line: int) -> Edit:
    """A line goes, and empty ones above it if there are others below it, or nothing."""
    draft = situation.draft
    first, last = line, len(draft.lines)
    if line == last or not draft.body(line + 1).strip():
        while first > 1 and not draft.body(first - 1).strip():
            first -= 1
    if line < last:
        return Edit(Range(first, 0, line + 1, 0), "")
    above = len(draft.body(first - 1))
    return Edit(Range(first - 1, above, line, len(draft.body(line))), "")
