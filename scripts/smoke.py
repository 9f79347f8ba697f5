"""Try the installed package: does flake8 list it, does it find, does it fix?

    python scripts/smoke.py

Runs with the Python that it is to be tried with; `nox -s installs` does so on every one.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "fixtures" / "TFS201" / "image_tagger" / "bad.py"


def output(folder: str, status: int, *arguments: str) -> str:
    """What a module prints, run in a folder that has no copy of the package."""
    result = subprocess.run(
        [sys.executable, "-I", "-m", *arguments], cwd=folder, capture_output=True, text=True
    )
    if result.returncode != status:
        lines = f"{result.stdout}{result.stderr}".splitlines() or ["no message"]
        sys.exit(f"smoke.py: {' '.join(arguments)}: status {result.returncode}: {lines[-1]}")
    return result.stdout


def main() -> None:
    """Try it; the first thing that is wrong ends it."""
    own = version("flake8-tf-session")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(PROGRAM, folder)
        listed = output(folder, 0, "flake8", "--version")
        if not re.search(rf"\b(TFS|flake8[-_]tf[-_]session): {re.escape(own)}\b", listed):
            sys.exit(f"smoke.py: flake8 --version does not list flake8-tf-session {own}")
        lint = ("flake8", "--isolated", "--extend-ignore=C,E,F,W", PROGRAM.name)
        lines = PROGRAM.read_text(encoding="utf-8").splitlines()
        expected = [
            f"{number} {line.partition('# expect: ')[2]}"
            for number, line in enumerate(lines, 1)
            if "# expect: " in line
        ]
        found = re.findall(r":(\d+):\d+: (TFS\d+)", output(folder, 1, *lint))
        if [" ".join(each) for each in found] != expected:
            sys.exit(f"smoke.py: flake8 finds {found}, not {expected}")
        output(folder, 0, "flake8_tf_session.cli", "fix", "--isolated", PROGRAM.name)
        output(folder, 0, *lint)
        output(folder, 0, "flake8_tf_session.cli", "explain", "TFS201")
        output(folder, 0, "pip", "check")
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {python}, flake8 {version('flake8')}, libcst {version('libcst')}: works")


if __name__ == "__main__":
    main()
