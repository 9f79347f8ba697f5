"""A flake8 plugin that finds TensorFlow session mistakes in Keras graph-mode code."""

from __future__ import annotations

__version__ = "0.1.0"

from .check import check_source
from .findings import Finding, Place
from .settings import Settings

__all__ = ["Finding", "Place", "Settings", "__version__", "check_source"]
