"""How Sphinx builds the site: ``nox -s docs``."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "_extensions")]

from flake8_tf_session import __version__  # noqa: E402

project = "flake8-tf-session"
author = "the maintainers of flake8-tf-session"
project_copyright = author
release = __version__

extensions = [
    "myst_parser",
    "rule_pages",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
]
exclude_patterns = ["_build", "_extensions", "requirements.txt"]
nitpicky = True
# A pair of integers, as its attribute says; and Python's own, which have no pages here.
nitpick_ignore = [("py:class", "Version"), ("py:class", "collections.abc.Collection")]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
python_maximum_signature_line_length = 80

html_theme = "furo"
html_title = f"flake8-tf-session {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
copybutton_exclude = ".linenos, .gp, .go"
