"""Run the examples of pages, and write into the pages what the examples print.

``python docs/renew_results.py`` does so for every page, or for those that are named after it. Look at the
difference before you keep it. ``tests/docs/test_results.py`` fails while a page shows anything else.

A page has its examples in fenced blocks. In a block ``python`` a line with a prompt ``>>>`` is run, and in a block
``console`` a line with a prompt ``$`` is given to the command line of the library, in this process. What either prints
stands below it. A block ``toml`` with the name of a file after it is saved under that name. All examples of a page
share one folder, which is empty at first, and one set of names. Where a page has ``...`` in what it shows, anything may
stand, and a line of ``...`` stays when the lines around it change. An exit status other than 0 must be told after the
command: ``# exit status 2``.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import doctest
import io
import os
import re
import shlex
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "Example", "examples", "pages", "play", "ready", "renewed"]

ROOT = Path(__file__).parents[1]

_FENCE = re.compile(r"^```(\w+)(?: +(\S+))?$")
_PICTURE = re.compile(r"(?:^!\[.+\]\(|^```\{figure\} )(?:\.\./)*_static/figures/(\w+\.png)\)?$")
_PROMPTS = {"python": (">>> ", "... "), "console": ("$ ", "> ")}
_NUMBER = re.compile(r"[-+]?\d[\d.,]*(?:e-?\d+)?")
_CHECK = doctest.OutputChecker().check_output


@dataclass
class Example:
    """What is run, and what the page says that it prints.

    Parameters
    ----------
    kind
        ``python``, ``console``, ``toml`` (a file to save), or ``picture`` (a figure that the page shows here).
    source
        The lines without their prompts; of a file its text, of a picture its name.
    first, last
        Lines of the page from which and before which the results stand, counted from 0.
    want
        What the page shows.
    got
        What was printed, once it has been run.
    """

    kind: str
    source: str
    first: int
    last: int
    want: str = ""
    got: str = ""

    @property
    def right(self) -> bool:
        """Whether the page shows what was printed."""
        return _CHECK(self.want, self.got, doctest.ELLIPSIS)


def _in_block(kind: str, start: int, body: list[str]) -> Iterator[Example]:
    prompt, further = _PROMPTS[kind]
    now: Example | None = None
    for number, line in enumerate(body, start + 1):
        if line.startswith(prompt):
            if now:
                yield now
            now = Example(kind, line[len(prompt) :] + "\n", number, number)
        elif now and not now.want and (line + " ").startswith(further):
            now.source += line[len(further) :] + "\n"
            now.first = now.last = number
        elif now:
            now.want += line + "\n"
            now.last = number if line else now.last
    if now:
        yield now


def examples(text: str) -> Iterator[Example]:
    """Find the examples of a page, in order."""
    lines = text.splitlines()
    opened, kind, name = -1, "", ""
    for number, line in enumerate(lines):
        if opened < 0 and (picture := _PICTURE.match(line)):
            yield Example("picture", picture[1], number, number)
        if opened < 0 and line.startswith("```"):
            found = _FENCE.match(line)
            opened, kind, name = number, found[1] if found else "", (found[2] if found else "") or ""
        elif line == "```":
            body = lines[opened + 1 : number]
            if kind in _PROMPTS:
                for each in _in_block(kind, opened + 1, body):
                    each.want = each.want.rstrip("\n") + "\n" if each.want.strip() else ""
                    yield each
            elif kind == "toml" and name:
                yield Example("toml", "\n".join([name, *body, ""]), number, number)
            opened = -1


def _printed(example: Example) -> str:
    """Give a command to the command line, and return what a terminal would show."""
    from typer.testing import CliRunner

    from escalation.cli.main import app

    line = example.source.replace("\\\n", " ")
    told = re.search(r"# exit status (\d+)$", line.strip())
    program, *words = shlex.split(line, comments=True)
    assert program == "escalation", f"only commands of the library can be run, and not {program}"
    done = CliRunner().invoke(app, words, prog_name="escalation")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == int(told[1] if told else 0), f"{line.strip()} ends with {done.exit_code}: {done.output}"
    return done.output


def _evaluated(example: Example, held: dict[str, Any]) -> str:
    """Run lines of Python as at its prompt, and return what they print; of an error its last line counts."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(example.source, "<page>", "single"), held)
        except Exception as error:
            if not example.want.startswith("Traceback"):
                raise
            home = type(error).__module__.removesuffix("builtins")
            name = f"{home}.{type(error).__qualname__}".lstrip(".")
            print(f"Traceback (most recent call last):\n    ...\n{name}: {error}")  # noqa: T201
    return out.getvalue()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Work in an empty folder, on a terminal of a known width, with warnings as errors."""
    from matplotlib import pyplot

    before = os.environ.get("COLUMNS")
    with tempfile.TemporaryDirectory() as made, contextlib.chdir(made), warnings.catch_warnings():
        warnings.simplefilter("error")
        os.environ["COLUMNS"] = "100"
        try:
            yield Path(made)
        finally:
            pyplot.close("all")
            os.environ.pop("COLUMNS")
            if before is not None:
                os.environ["COLUMNS"] = before


def play(text: str, *, pictures: Path | None = None) -> list[Example]:
    """Run the examples of a page.

    Parameters
    ----------
    text
        The page.
    pictures
        A folder to save the page's pictures in: each is a file that a command saved under its name, or else shows what
        is called ``ax``. None: they are not drawn.

    Returns
    -------
    list of Example
        All that print, with what they printed.
    """
    found = list(examples(text))
    held: dict[str, Any] = {"__name__": "__main__"}
    with _folder():
        for each in found:
            if each.kind == "toml":
                name, _, body = each.source.partition("\n")
                Path(name).write_text(body, encoding="utf-8")
            elif each.kind == "picture":
                _picture(each.source, held, pictures)
            else:
                try:
                    said = _printed(each) if each.kind == "console" else _evaluated(each, held)
                except Exception as error:
                    error.add_note(f"in the example that ends at line {each.first} of the page")
                    raise
                each.got = "".join(f"{line.rstrip()}\n" for line in said.rstrip().splitlines())
    return [each for each in found if each.kind in _PROMPTS]


def _picture(name: str, held: dict[str, Any], folder: Path | None) -> None:
    from matplotlib import pyplot

    if folder is not None:
        if Path(name).exists():
            shutil.copy(name, folder / name)
        else:
            held["ax"].figure.savefig(folder / name, dpi=130)
    pyplot.close("all")


def _shown(want: str, got: str) -> list[str]:
    """Lines of what was printed, with a gap where the page leaves lines out.

    The lines around a gap are found again by what they say but for its numbers.
    """
    shown, printed = want.splitlines(), got.splitlines()
    words = [[_NUMBER.sub("#", line) for line in lines] for lines in (shown, printed)]
    blocks = difflib.SequenceMatcher(None, *words, autojunk=False).get_matching_blocks()
    same = {block.a + n: block.b + n for block in blocks for n in range(block.size)}
    gaps = []
    for gap in (place for place, line in enumerate(shown) if line.strip() == "..."):
        before = max((place for place in same if place < gap), default=-1)
        after = min((place for place in same if place > gap), default=len(shown))
        first = same.get(before, -1) + gap - before
        last = same.get(after, len(printed)) - (after - gap)
        if first <= last:
            gaps.append((first, last, shown[gap]))
    for first, last, line in reversed(gaps):
        printed[first : last + 1] = [line]
    return printed


def renewed(text: str, found: list[Example]) -> str:
    """Put what the examples printed into a page, where it shows something else."""
    lines = text.splitlines(keepends=True)
    for each in reversed(found):
        if not each.right:
            lines[each.first : each.last] = [f"{line}\n" for line in _shown(each.want, each.got)]
    return "".join(lines)


def ready() -> None:
    """Compile the model, if it is not, so that no command says on a page that it does."""
    import escalation as esc

    esc.run(esc.load("two-state-deterrence"), runs=1, seed=0, progress=False)


def pages() -> list[Path]:
    """List the pages with examples that print something."""
    every = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    kept = [path for path in every if not {"_build", "gallery"} & set(path.parts)]
    return [path for path in kept if any(e.kind in _PROMPTS for e in examples(path.read_text(encoding="utf-8")))]


def main() -> None:
    """Renew the pages that the command line names."""
    parser = argparse.ArgumentParser(description="Write into pages what their examples print.")
    parser.add_argument("page", nargs="*", type=Path, help="a page; all of them where none is given")
    named = parser.parse_args().page
    ready()
    for path in named or pages():
        before = path.read_text(encoding="utf-8")
        try:
            after = renewed(before, play(before))
        except Exception as error:
            error.add_note(f"which is {path}; it is left as it was")
            raise
        if after != before:
            path.write_text(after, encoding="utf-8")
        print(f"{path}: {'as it was' if after == before else 'renewed'}")  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("MPLBACKEND", "agg")
    main()
