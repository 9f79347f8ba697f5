"""Draw docs/_static/editor.svg: the README's first program in Vim, with the findings beside it.

    python scripts/picture.py

A real run: Vim with ALE (Debian's packages vim and vim-ale) runs flake8 with this plugin in a
terminal, whose screen is drawn. Needs pyte, which reads what Vim writes there, from PyPI.
"""

import html
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

import pyte

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "_static" / "editor.svg"
COLUMNS, LINES = 104, 19
OPTIONS = "--isolated --select=TFS --extend-ignore=TFS305,TFS307"
# The file `done` says that ALE has shown what it found.
SET_UP = f"""
set nocompatible noswapfile viminfo= number laststatus=0 noruler noshowcmd shortmess+=I
set t_Co=16 background=dark
packadd! ale
let g:ale_linters = {{'python': ['flake8']}}
let g:ale_python_flake8_executable = '{sys.executable}'
let g:ale_python_flake8_options = '-m flake8 {OPTIONS}'
let g:ale_virtualtext_cursor = 'disabled'
let g:ale_echo_cursor = 0
let g:ale_sign_warning = '▲'
let g:ale_open_list = 1
let g:ale_list_window_size = 5
let g:ale_loclist_msg_format = '%code: %%s'
autocmd FileType qf setlocal wrap linebreak nonumber
syntax on
highlight SignColumn ctermbg=NONE
highlight QuickFixLine ctermfg=NONE ctermbg=NONE
highlight ALEWarningSign ctermfg=Red ctermbg=NONE
highlight ALEWarning cterm=underline ctermfg=NONE ctermbg=NONE
autocmd User ALELintPost call timer_start(500, {{-> writefile([], 'done')}})
"""
SECONDS = 60
WIDTH, HEIGHT = 8.4, 18
COLOURS = {
    "default": "#d4d4d4",
    "red": "#f48771",
    "green": "#89d185",
    "brown": "#d7ba7d",
    "blue": "#75beff",
    "magenta": "#c586c0",
    "cyan": "#4ec9b0",
    "black": "#808080",
    "white": "#ffffff",
}


def program() -> str:
    """The README's first program."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    return found[1]


def screen_of_vim(folder: Path) -> pyte.Screen:
    """What stands in the terminal once Vim shows the findings.

    Raises:
        TimeoutError: it shows none.
    """
    (folder / "train.py").write_text(program(), encoding="utf-8")
    (folder / "vimrc").write_text(SET_UP, encoding="utf-8")
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        size = {"TERM": "linux", "COLUMNS": str(COLUMNS), "LINES": str(LINES)}
        subprocess.run(["stty", "cols", str(COLUMNS), "rows", str(LINES)], check=True)
        os.execvpe("vim", ["vim", "-u", "vimrc", "+11", "train.py"], {**os.environ, **size})
    for _ in range(SECONDS):
        while select.select([terminal], [], [], 1)[0]:
            stream.feed(os.read(terminal, 65536))
        if (folder / "done").exists():
            break
    else:
        raise TimeoutError("ALE found nothing")
    os.write(terminal, b"\x1b:qa!\r")
    os.waitpid(child, 0)
    return screen


def drawn(screen: pyte.Screen) -> str:
    """A screen as a picture: a text for each run of characters of one colour."""
    width, height = round(COLUMNS * WIDTH) + 24, LINES * HEIGHT + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img">',
        "<title>The findings of flake8-tf-session in Vim, beside their lines</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="#1e1e1e"/>',
        '<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">',
    ]
    for line in range(LINES):
        cells = [(column, screen.buffer[line][column]) for column in range(COLUMNS)]
        for colour, run in groupby(cells, key=lambda cell: colour_of(cell[1])):
            characters = list(run)
            text = "".join(cell.data for _, cell in characters)
            if text.strip():
                start = len(text) - len(text.lstrip())
                x = 12 + (characters[0][0] + start) * WIDTH
                length = len(text.strip()) * WIDTH
                parts.append(
                    f'<text x="{x:.1f}" y="{12 + (line + 0.75) * HEIGHT:.1f}" fill="{colour}"'
                    f' textLength="{length:.1f}" xml:space="preserve">{html.escape(text.strip())}'
                    "</text>"
                )
    return "\n".join([*parts, "</g>", "</svg>", ""])


def colour_of(cell: pyte.screens.Char) -> str:
    """The colour in which a character is drawn."""
    return COLOURS.get(cell.fg.replace("bright", ""), COLOURS["default"])


def main() -> int:
    """Draw the picture; the exit code."""
    if shutil.which("vim") is None:
        print("picture.py: vim is not installed", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(drawn(screen_of_vim(Path(folder))), encoding="utf-8")
    print(PICTURE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
