"""``python -m flake8_tf_session`` is the command ``flake8-tf-session``."""

from __future__ import annotations

import sys

from .cli import main

if __name__ == "__main__":  # pragma: no branch - workers may import it
    sys.exit(main())
