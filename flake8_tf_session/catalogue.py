"""The catalogue of codes: their names, their defaults and their messages."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A code.

    Attributes:
        code: ``TFS`` and three digits.
        name: What the rule is called, after the bad pattern.
        summary: Where it is reported, for the table of codes.
        message: The finding's text. ``{subject}`` is what happens, ``{via}`` where inside the
            reported call it happens, ``{related}`` the line of the place referred to, ``{reason}``
            what the rule adds.
        on_by_default: Whether flake8 reports it unless it is asked not to.
        order: Whether it is one of the findings of which a place has only the most certain.
    """

    code: str
    name: str
    summary: str
    message: str
    on_by_default: bool = True
    order: bool = False


_ENTRIES = (
    Entry(
        "TFS101",
        "keras-object-before-session",
        "a Keras layer or model is created before `set_session` in the same flow",
        "{subject} is created{via} before set_session() {related}: weights it gets until then"
        " stay behind in another session; register the session first",
        order=True,
    ),
    Entry(
        "TFS102",
        "build-call-before-session",
        "a building method (`_build_graph`) is called before `set_session`",
        "{subject} is called{via} before set_session() {related}: weights of what it builds"
        " stay behind in another session; register the session first",
        order=True,
    ),
    Entry(
        "TFS103",
        "weights-before-session",
        "weights are loaded, read, trained or initialised before `set_session`",
        "{subject} uses weights in Keras' implicit session{via} before set_session() {related}"
        " takes Keras to another: they are lost unless loaded again; register the session first",
        order=True,
    ),
    Entry(
        "TFS104",
        "session-replaced",
        "`set_session` replaces the session under which a model was built",
        "set_session() registers another session{via} than {reason}",
    ),
    Entry(
        "TFS105",
        "initializer-after-weights",
        "the initializer is run after weights were loaded, set or trained",
        "the initializer runs{via} over weights that {subject} gave {related}: {reason}; run"
        " it before they come, initialise only your own variables, or load the weights after it",
    ),
    Entry(
        "TFS106",
        "weights-in-another-session",
        "weights are accessed while Keras uses another session than the one that holds them",
        "{subject} runs{via} in {reason}",
    ),
    Entry(
        "TFS107",
        "used-after-clear",
        "a model or layer is used after `clear_session` or `reset_default_graph`",
        "{subject} uses{via} a model or layer from before {reason}, which threw its graph away: it"
        " fails, or another model answers; build or load it again after that, or clear when it is"
        " done with",
    ),
    Entry(
        "TFS201",
        "session-without-allow-growth",
        "a session is created without `gpu_options.allow_growth=True`",
        "{subject}{via} {reason}; give it a config with gpu_options.allow_growth=True",
    ),
    Entry(
        "TFS202",
        "allow-growth-too-late",
        "`allow_growth` is set when the session has its config already, or the config its options",
        "allow_growth is set{via} after {subject} {related}: the runtime never sees it and takes"
        " the GPU's memory at once; set it before that",
    ),
    Entry(
        "TFS203",
        "growth-never-used",
        "growth is asked for, but no session gets it",
        "growth is asked for, but no session is created with it: it changes nothing; give it to"
        " the session that Keras is to use",
    ),
    Entry(
        "TFS301",
        "session-never-registered",
        "a session is created and never registered, in a flow that creates Keras objects",
        "{subject}{via} {reason}",
    ),
    Entry(
        "TFS302",
        "session-of-another-graph",
        "`set_session` of a session of another graph than the one Keras objects are built under",
        "set_session() registers{via} a session of another graph than the one under which"
        " {subject} is built {related}: Keras does not use it; build inside the session's graph",
    ),
    Entry(
        "TFS303",
        "session-cleared",
        "`clear_session` takes the registered session away before Keras objects are built",
        "clear_session(){via} takes away the session registered {related}, and {subject} is built"
        " after it: Keras makes a session of its own; clear first, register then",
    ),
    Entry(
        "TFS304",
        "closed-session",
        "a session that was closed, or whose `with` block has ended, is registered or used",
        "{subject}{via} {reason}; close it when Keras is done with it, or give Keras another",
    ),
    Entry(
        "TFS305",
        "session-under-eager",
        "`set_session` in a TensorFlow 2 program that never left eager execution",
        "set_session() is called, but nothing here leaves TensorFlow 2's eager execution, under"
        " which Keras ignores the session; call tf.compat.v1.disable_eager_execution() first",
        on_by_default=False,
    ),
    Entry(
        "TFS306",
        "set-session-result-used",
        "the value of `set_session(...)` is used: it is None",
        "the value of set_session() is used, but it is None; use the session that was passed to it",
    ),
    Entry(
        "TFS307",
        "session-at-import",
        "a session is created when the module is imported",
        "{subject} is created{via} when the module is imported: whoever imports it opens a session"
        " and takes GPU memory; create the session in a function",
        on_by_default=False,
    ),
    Entry(
        "TFS401",
        "model-in-thread-without-session",
        "a Keras model is used in another thread that enters neither its graph nor its session",
        "{subject} runs{via} in another thread, which does not enter {reason}",
    ),
    Entry(
        "TFS402",
        "model-before-fork",
        "a Keras model is used in a forked process, and TensorFlow has run in its parent",
        "{subject} runs{via} in a process that is forked after TensorFlow has run in its parent"
        " ({related}): the threads it needs are missing there, so that it hangs; load the model in"
        " that process, or start it by 'spawn'",
    ),
    Entry(
        "TFS501",
        "api-missing-in-target",
        "a session API is called that the version in `tf-session-target` does not have",
        "{subject} does not exist in {reason}",
    ),
    Entry(
        "TFS900",
        "not-analysed",
        "a file, or a flow in it, could not be analysed",
        "{subject} was not analysed: {reason}",
    ),
)

CODES = {entry.code: entry for entry in _ENTRIES}
