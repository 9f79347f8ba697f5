"""Configs of sessions and servers, and their options of the GPU."""

from __future__ import annotations

from typing import Callable

from ..domain import escape
from ..domain.configs import options_of
from ..domain.facts import COPIES, FRACTION, GPUS, GROWTH, OPTIONS, SOURCE
from ..domain.state import State
from ..domain.values import (
    NONE,
    UNKNOWN,
    Arguments,
    Config,
    Const,
    External,
    Mapping,
    Options,
    Sequence,
    Server,
    Value,
)
from ..rules.base import Site
from ..tensorflow.vocabulary import Role


def _new_config(site: Site, copied: Options | None, gpus: Value | None, state: State) -> Config:
    """A config, with a copy of the options that it is given: later changes of these are lost."""
    config = Config(site.chain)
    options = Options(site.part("options"), config.id)
    state.store[config.id] = (
        {OPTIONS.name: options} if gpus is None else {OPTIONS.name: options, GPUS.name: gpus}
    )
    state.store[options.id] = {}
    if copied is not None:
        for fact in (GROWTH, FRACTION):
            value = state.fact(copied.id, fact)
            if value is not None:
                state.note(options.id, fact, value)
        copies = state.fact(copied.id, COPIES)
        others = copies.items if isinstance(copies, Sequence) else ()
        state.note(copied.id, COPIES, Sequence((*others, options), is_list=False))
        state.note(options.id, SOURCE, copied)
    return config


def config(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a config: ``ConfigProto(gpu_options=…, device_count=…)``."""
    devices = arguments.get("device_count")
    gpus: Value | None = None if devices is None else UNKNOWN
    if isinstance(devices, Mapping):
        gpus = devices.get("GPU")
    given = arguments.get("gpu_options")
    config = _new_config(site, given if isinstance(given, Options) else None, gpus, state)
    options = options_of(config, state)
    assert options is not None
    if isinstance(given, Mapping):
        _set_options(site, options, given.get, state)
    elif not isinstance(given, Options) and given is not None and given != NONE:
        state.note(options.id, GROWTH, UNKNOWN)
    return config


def options(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make options for the GPUs: ``GPUOptions(allow_growth=True)``."""
    options = Options(site.chain)
    state.store[options.id] = {}
    _set_options(site, options, arguments.get, state)
    return options


def _set_options(
    site: Site, options: Options, given: Callable[[str], Value | None], state: State
) -> None:
    """Set what options are created with."""
    for name in _OPTIONS:
        value = given(name)
        if value is not None:
            set_attribute(site, options, name, value, state)


# The fields of GPU options that count, and the facts that they are.
_OPTIONS = {"allow_growth": GROWTH, "per_process_gpu_memory_fraction": FRACTION}


def set_attribute(site: Site, owner: Value, attr: str, value: Value, state: State) -> None:
    """Assign to an attribute of something that is no object of the file's own classes."""
    if isinstance(owner, Options) and attr in _OPTIONS:
        state.note(owner.id, _OPTIONS[attr], value)
        if attr == "allow_growth":
            for rule in site.flow.rules:
                rule.growth_set(site, owner, value, state)
    elif isinstance(owner, Config) and attr == "gpu_options":
        options = options_of(owner, state)
        if options is not None:
            state.note(options.id, GROWTH, UNKNOWN)


def server(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Make a server of which the config counts: ``tf.train.Server(cluster, config=…)``."""
    cluster = arguments.get("server_or_cluster_def", 0)
    if known.name != "create_local_server" and not _is_cluster(cluster):
        # The definition of a server has a config of its own.
        return UNKNOWN
    config = arguments.get("config", known.position)
    if isinstance(config, Config):
        escape.used((config,), state)
        # It is copied: a later change of the original changes nothing here.
        config = _new_config(site, options_of(config, state), state.fact(config.id, GPUS), state)
    return Server(site.chain, NONE if config is None else config)


def _is_cluster(value: Value | None) -> bool:
    """Whether a value is a specification of a cluster, which tells nothing of devices."""
    return isinstance(value, Mapping) or (
        isinstance(value, External) and value.dotted.endswith("train.ClusterSpec()")
    )


def memory_growth(site: Site, known: Role, arguments: Arguments, state: State) -> Value:
    """Ask for growth of a device: ``set_memory_growth(gpu, True)``; the flow notes that."""
    if arguments.get("enable", 1) == Const(True):
        site.flow.memory_growth = True
    return NONE
