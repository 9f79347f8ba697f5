"""Entries: the functions and classes of a file that are flows of their own."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from ..domain import lookup
from ..domain.call_strings import CallStrings
from ..domain.frame import Frame
from ..domain.frameworks import is_run
from ..domain.state import State
from ..domain.values import Class, Routine
from ..ir.liveness import words_read
from ..ir.nodes import ClassDef, Function
from ..settings import Settings
from ..tensorflow.vocabulary import (
    PROCESS_CLASSES,
    PROCESS_WORDS,
    START_METHODS,
    TASK_CLASSES,
    THREAD_WORDS,
)
from ..text.gate import RelevantWords
from ..text.source import Source


class Entry(NamedTuple):
    """A flow to be walked: a function, with its class if it is a method, or a class's creation.

    ``is_forked`` tells that it begins in a process that was forked before.
    """

    function: Function
    routine: Routine
    created: Class | None = None
    is_forked: bool = False

    @property
    def subject(self) -> Function | ClassDef:
        """Whose flow it is."""
        return self.function if self.created is None else self.created.definition

    @property
    def scope(self) -> Function:
        """Where the code stands whose flow it is."""
        return self.function if self.created is None else self.created.definition.scope

    @property
    def words(self) -> Set[str]:
        """The words through which it may lead somewhere."""
        if self.created is None:
            words = words_of(self.function, self.routine.owner)
            return words | PROCESS_WORDS if self.is_forked else words
        return self.scope.words


class Entries:
    """What the flows of a file tell of further ones.

    Attributes:
        methods: Those that may start a thread, or are one's: walked after their class's
            ``__init__`` as well.
        others: The functions and classes of other files that were executed.
        created: The classes whose objects calls create, by the calls' chains.
        run_elsewhere: The methods that other threads run.
    """

    def __init__(
        self, source: Source | None, options: Settings, relevant: RelevantWords, chains: CallStrings
    ) -> None:
        """Begin for the file that is checked; without a ``source`` all entries are another's."""
        self.methods: list[Entry] = []
        self.others: dict[object, Entry] = {}
        self.created: dict[int, Class] = {}
        self.run_elsewhere: set[Function] = set()
        self._source = source
        self._options = options
        self._relevant = relevant
        self._chains = chains
        self._defined: list[Entry] = []
        self._seen: set[object] = set()

    def define(
        self, function: Function, routine: Routine, frame: Frame, is_task: bool = False
    ) -> None:
        """Note that an entry's own flow defines a function, which is an entry as well: a task of
        Celery, say.
        """
        if not frame.is_entry:
            return
        cls = routine.owner
        entry = Entry(function, routine, is_forked=self._is_forked(function, cls, is_task))
        words = entry.words
        for around in self._around(frame):
            if not around.local.isdisjoint(function.words):
                # What the function around it made of its variables, its words tell.
                words = words | around.words
        built: frozenset[str] = frozenset()
        is_init = function.name == "__init__"
        if cls is not None and not (is_init or self._relevant.sessions.isdisjoint(words)):
            # What `__init__` has built.
            built = built.union(*(each.definition.scope.words for each in cls.mro))
        if self._is_hot(function, words, built):
            self._defined.append(entry)
        threads = self._options.follow_threads
        if threads and cls is not None and not routine.wrapper and function.parameters:
            if is_run(cls, function.name):
                self.run_elsewhere.add(function)
            if function in self.run_elsewhere or not THREAD_WORDS.isdisjoint(function.words):
                self.methods.append(Entry(function, routine, cls))

    def _is_forked(self, function: Function, cls: Class | None, is_task: bool) -> bool:
        """Whether a process that was forked begins with a function."""
        if is_task:
            return self._options.celery_prefork
        if cls is None or function.name != "run":
            return False
        if lookup.derives_from(cls, TASK_CLASSES):
            return self._options.celery_prefork
        forks = START_METHODS.isdisjoint(function.anchor.source.index.words)
        return forks and lookup.derives_from(cls, PROCESS_CLASSES)

    def _around(self, frame: Frame) -> list[Function]:
        """The functions whose variables a function defined in a frame finds."""
        return [self._chains.functions[id_] for id_ in frame.visible if id_ != frame.module]

    def define_class(self, cls: Class, state: State, frame: Frame) -> None:
        """Note that an entry's own flow defines a class: creating one is a flow.

        That of a class with an ``__init__`` of its own is that method's.
        """
        if not frame.is_entry or state.get(cls.id, "__init__") is not None:
            return
        inherited = lookup.class_attribute(cls, "__init__", state)
        own = state.attributes(cls.id).values()
        changes = len(cls.bases) > 1 or any(isinstance(value, Routine) for value in own)
        if not isinstance(inherited, Routine) or not changes:
            return
        definition = cls.definition
        if self._is_hot(definition, definition.scope.words):
            self._defined.append(Entry(inherited.function, inherited, cls))

    def _is_hot(self, entry: object, words: Set[str], built: Set[str] = frozenset()) -> bool:
        if entry in self._seen or self._relevant.import_depth(words, built) is None:
            return False
        self._seen.add(entry)
        return True

    def take_defined(self) -> list[Entry]:
        """The entries that were defined since they were taken last."""
        defined, self._defined = self._defined, []
        return defined

    def forget(self) -> None:
        """Forget what was defined: the flow that defined it is walked once more."""
        self._defined, self._seen = [], set()

    def note_other(self, routine: Routine) -> None:
        """Note a function of another file that a flow executes."""
        self.others[routine.function] = Entry(routine.function, routine)

    def note_created(self, call: int, cls: Class, method: Routine) -> None:
        """Note the class of an object that a call creates, and its ``__init__``."""
        self.created[call] = cls
        if cls.definition.scope.anchor.source is not self._source:
            self.others[cls.definition] = Entry(method.function, method, cls)


def words_of(function: Function, cls: Class | None) -> Set[str]:
    """The words through which a function, if it is a method with its class, may lead somewhere."""
    if cls is None:
        return function.words
    return function.words | words_read((*cls.definition.bases, *cls.definition.keywords))
