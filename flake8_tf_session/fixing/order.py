"""TFS101 to TFS105: move a session's set-up, or its initializer, to where it does no harm."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..findings import Finding
from ..report.ranges import Range
from ..tensorflow.vocabulary import CONFIG_CLASSES, INITIALIZING, SETUP
from .dependence import Dependence, Effects
from .draft import Draft
from .fix import Change, Fix, Situation
from .observe import Pair
from .places import Places, Slot
from .refusal import Refused
from .removal import removals
from .uninitialized import narrowed

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class _Move(NamedTuple):
    """Statements of one block that are to stand above another one of it: their numbers."""

    block: list[ast.stmt]
    above: int
    moved: list[int]


class OrderFix(Fix):
    """Moves the statements that set a session up above the first build.

    Safe where everything that they are moved over is known; over a call of unknown code the change
    is not safe.
    """

    safe = True
    allowed = SETUP
    what = "the session is set up"

    def changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
        pairs = [pair for pair in situation.facts.pairs if self._is_of(pair, finding)]
        if not pairs:
            also = ", or in what was built before" if finding.code == "TFS104" else ""
            raise Refused(f"the order is wrong only in what it calls{also}")
        # Of several set-ups the last: it moves with the others, or not at all.
        pair = max(pairs, key=self._late)
        late, early = self._slots(situation.places, self._late(pair), self._early(pair))
        above = early.number
        for other in situation.facts.pairs:
            if self._late(other) != self._late(pair):
                continue
            numbers = [
                slot.number
                for slot in situation.places.slots_at(self._early(other))
                if slot.block is late.block and slot.number < late.number
            ]
            if not numbers:
                # Half a move is none: what stays in front would lose what it has now.
                raise Refused("more is built before it, in a block around this one")
            above = min(above, *numbers)
        move, safe = self._move(situation, late, above)
        ways = ["parting", "carried", "left"]
        if late.number and isinstance(late.block[late.number - 1], _DEFINITIONS):
            ways.reverse()
        for blank in ways:
            yield Change(_moved(situation.places, move, blank), safe and self.safe)

    def _is_of(self, pair: Pair, finding: Finding) -> bool:
        return pair.stands == Range(*finding[2:6]) and pair.code[:5] == finding.code[:5]

    def _late(self, pair: Pair) -> Range:
        """Where the session is registered."""
        return pair.event if pair.code == "TFS104" else pair.related

    def _early(self, pair: Pair) -> Range:
        """Where something is built before that."""
        return pair.related if pair.code == "TFS104" else pair.event

    def _slots(self, places: Places, late: Range, early: Range) -> tuple[Slot, Slot]:
        """The statements of one block that the two events stand in."""
        for first, second in zip(places.slots_at(late), places.slots_at(early)):
            if first.statement is second.statement:
                continue
            if first.block is not second.block:
                raise Refused(f"{self.what} in another branch of the same statement")
            if first.number < second.number:
                raise Refused(f"{self.what} again in the next round of a loop")
            return first, second
        raise Refused(f"{self.what} in the same statement")

    def _move(self, situation: Situation, late: Slot, above: int) -> tuple[_Move, bool]:
        """What has to be moved, and whether that is safe.

        Raises:
            Refused: it can't be moved without changing what the program does.
        """
        draft, block = situation.draft, late.block
        dependence = Dependence(situation.places, situation.facts)
        effects = {number: dependence.of(block[number]) for number in range(above, late.number + 1)}
        self._check_moved(effects[late.number], "", draft, block[late.number])
        moved = {late.number}
        needed = {late.number: ""}
        pending = [late.number]
        while pending:
            number = pending.pop()
            own = effects[number]
            for other in range(above, number):
                if other in moved:
                    continue
                shared = _conflict(effects[other], own)
                if shared:
                    if other == above:
                        raise Refused(f"{shared} is used by the first build and by the set-up")
                    moved.add(other)
                    needed[other] = shared
                    pending.append(other)
        for number in sorted(moved - {late.number}):
            self._check_moved(effects[number], needed[number], draft, block[number])
        passed = [effects[number] for number in range(above, late.number) if number not in moved]
        safe = self._check_passed(passed, [effects[number] for number in sorted(moved)])
        self._check_own(situation, block[above], passed, [effects[n] for n in moved])
        return _Move(block, above, sorted(moved)), safe

    def _check_moved(self, own: Effects, needed: str, draft: Draft, node: ast.stmt) -> None:
        """Refuse to move what is no mere set-up."""
        origin = draft.origins[node.lineno - 1][0]
        because = f" (line {origin[0]}, which {needed} comes from)" if needed and origin else ""
        if own.leaves or own.raises:
            raise Refused(f"the set-up may end the flow{because}")
        if own.creates or own.touches:
            raise Refused(f"the set-up also builds or uses a model{because}")
        if own.unknown:
            raise Refused(f"the set-up calls {min(own.unknown)}, which can't be known{because}")
        other = own.stateful - self.allowed
        if other:
            raise Refused(f"the set-up also calls {min(other)}(){because}")
        if own.runs and not self.allowed & INITIALIZING:
            raise Refused(f"the set-up also runs the session{because}")

    def _check_passed(self, passed: list[Effects], moved: list[Effects]) -> bool:
        """Whether moving something over all this is safe.

        Raises:
            Refused: it would change what the program does.
        """
        # The first session decides how the GPU is used: two of them keep their order.
        creates = any("Session" in each.stateful for each in moved)
        harmless = CONFIG_CLASSES if creates else CONFIG_CLASSES | {"Session"}
        for each in passed:
            if each.leaves:
                article = "an" if each.leaves == "await" else "a"
                raise Refused(f"{article} {each.leaves} stands in between")
            if each.stateful - harmless:
                raise Refused(f"{min(each.stateful - harmless)}() is called in between")
            if each.prints and any(other.prints for other in moved):
                raise Refused("both show something")
        assumed = any(each.assumed for each in moved)
        return not (assumed or any(each.unknown or each.raises for each in passed))

    def _check_own(
        self, situation: Situation, first: ast.stmt, passed: list[Effects], moved: list[Effects]
    ) -> None:
        """Refuse to move what reads an attribute that unknown code in between may have made."""
        if not any(each.unknown for each in passed):
            return
        known = set()
        for node in ast.walk(situation.draft.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                known.add(node.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                known |= {node.attr} if node.lineno < first.lineno else set()
        for each in moved:
            unknown = each.own - known - {write[1:] for other in moved for write in other.writes}
            if unknown:
                raise Refused(f"self.{min(unknown)} may be made in between")


class ReplacedFix(OrderFix):
    """Moves the second session's set-up above what is built under the first.

    Never safe: what worked in the first session is from now on in the second.
    """

    safe = False


class InitializerFix(OrderFix):
    """Moves the run of the initializer above the first statement that puts weights in, or takes it
    out, or lets it run over what has no value yet.

    Never over code of TensorFlow that may create variables: they would not be initialised. Safe
    where all variables exist by then, and nothing unknown is passed.
    """

    allowed = INITIALIZING
    what = "the initializer is run"

    def changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
        ways = (
            super().changes(situation, finding),
            self._at_its_run(situation, finding, narrowed),
            self._at_its_run(situation, finding, removals),
        )
        found: list[Change] = []
        refused: list[Refused] = []
        for way in ways:
            try:
                found += way
            except Refused as error:
                refused.append(error)
        if not found:
            # Why it is not moved says more than why it is not taken out.
            raise refused[0]
        yield from sorted(found, key=lambda change: not change.safe)

    def _at_its_run(
        self,
        situation: Situation,
        finding: Finding,
        changed: Callable[[Situation, Slot], Iterator[Change]],
    ) -> Iterator[Change]:
        stands = Range(*finding[2:6])
        if all(pair.event != stands for pair in situation.facts.pairs):
            raise Refused("the initializer is run in what it calls")
        yield from changed(situation, situation.places.slots_at(stands)[-1])

    def _late(self, pair: Pair) -> Range:
        return pair.event

    def _early(self, pair: Pair) -> Range:
        return pair.related

    def _check_passed(self, passed: list[Effects], moved: list[Effects]) -> bool:
        safe = super()._check_passed(passed, moved)
        for each in passed:
            if each.tensorflow - INITIALIZING:
                name = min(each.tensorflow - INITIALIZING)
                raise Refused(f"{name}() in between may create variables that it initialises")
            if each.runs:
                raise Refused("the session is run in between")
        return safe and not any(each.creates for each in passed)


def _conflict(first: Effects, second: Effects) -> str:
    """What keeps the second from standing above the first; empty if nothing does."""
    shared = (
        (first.writes & second.reads)
        | (first.writes & second.writes)
        | (first.reads & second.writes)
    )
    return min(shared) if shared else ""


def _moved(places: Places, move: _Move, blank: str) -> Draft:
    """The text with whole statements moved, each with the comment above it.

    Empty lines that part them from what they followed part them from what follows them now, or are
    carried above them, or are left: functions need some on both sides.
    """
    draft, block = places.draft, move.block
    target = _slot(places, block[move.above])
    if draft.body(block[move.above].lineno)[: block[move.above].col_offset].strip(" \t\f"):
        raise Refused("the first build shares its line with another statement")
    lines: list[int] = []
    parting: list[int] = []
    for number in move.moved:
        slot = _slot(places, block[number])
        if not places.has_own_lines(slot):
            raise Refused("the set-up shares its line with another statement")
        first = places.commented_line(slot.statement)
        empty = [] if blank == "left" else _empty_above(draft, first)
        if not lines and blank == "parting":
            parting = empty
        else:
            lines += empty
        lines += range(first, draft.range_of(block[number]).end_line + 1)
    before = places.commented_line(target.statement)
    if blank == "carried":
        before -= len(_empty_above(draft, before))
    return draft.moved(lines + parting, before)


def _empty_above(draft: Draft, line: int) -> list[int]:
    """The numbers of the empty lines above a line."""
    first = line
    while first > 1 and not draft.body(first - 1).strip():
        first -= 1
    return list(range(first, line))


def _slot(places: Places, statement: ast.stmt) -> Slot:
    return places.slot_of(statement)
