"""TFS501: a session API that the configured version of TensorFlow does not have."""

from __future__ import annotations

from ..settings import Settings
from ..tensorflow.versions import replacement
from .base import Rule, Site


class TargetRule(Rule):
    """Compares each call with the names that the target has, but not inside fallbacks."""

    def hears_calls(self, options: Settings) -> bool:
        return options.target is not None

    def called(self, site: Site) -> None:
        target = site.flow.options.target
        if target is None or site.node is None:
            return
        if site.node.is_fallback or site.node.is_alternative:
            return
        instead = replacement(site.dotted, target)
        if instead is not None:
            version = ".".join(map(str, target))
            spelled = site.dotted.replace("tensorflow", "tf", 1)
            reason = f"TensorFlow {version}: use {instead}"
            site.flow.report("TFS501", site.chain, None, f"{spelled}()", reason, at_event=True)
