"""The documentation holds together, which is seen without building it: links, toctrees, code, and commands told."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer
from renew_results import examples

from escalation.cli.main import app
from escalation.files import loads

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NOT_SOURCES = ("_build", "gallery", "generated", "_static", "_templates")
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")

MADE = ("scenario-file.md", "command-line.md", "interface.rst", "parts.rst", "mechanisms.rst", "bibliography.rst")
"""Pages of the reference that are made from the code when the documentation is built."""


def sources() -> list[Path]:
    found = [path for path in DOCS.rglob("*.md") if not set(NOT_SOURCES) & set(path.relative_to(DOCS).parts)]
    return sorted(path for path in found if path.relative_to(DOCS).as_posix() not in {f"reference/{m}" for m in MADE})


PAGES = sources()
ALL = [*PAGES, *(ROOT / name for name in PAPERS)]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def made_pages() -> set[str]:
    """Pages that come into being when the documentation is built, without their suffix."""
    lessons = {f"gallery/{path.stem}" for path in (ROOT / "examples").glob("[0-9]*.py")}
    return lessons | {"gallery/index"} | {f"reference/{name.partition('.')[0]}" for name in MADE}


def made_figures() -> set[Path]:
    """Pictures that pages draw of themselves when the documentation is built."""
    drawn = {e.source for path in PAGES for e in examples(path.read_text(encoding="utf-8")) if e.kind == "picture"}
    return {DOCS / "_static" / "figures" / name for name in drawn}


FENCED = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> list[tuple[str, str]]:
    """Fenced blocks, with their language."""
    return FENCED.findall(text)


def prose(text: str) -> str:
    """Text without blocks and spans of code."""
    return re.sub(r"`[^`\n]+`", "", FENCED.sub("", text))


def anchors(text: str) -> set[str]:
    """Places on a page that a link can lead to: its headings."""
    heads = re.findall(r"^#{1,3} (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


# ---------------------------------------------------------------------------------- toctrees


def toctree_entries(page: Path) -> Iterator[str]:
    """Pages that the toctrees of a page name, without their suffix."""
    folder = page.parent.relative_to(DOCS)
    others = {path.relative_to(DOCS).with_suffix("").as_posix() for path in PAGES if path != page} | made_pages()
    for kind, body in blocks(page.read_text(encoding="utf-8")):
        for line in body.splitlines() if kind == "{toctree}" else ():
            entry = found[1] if (found := re.search(r"<(.+)>", line)) else line.strip()
            if not entry or entry.startswith(":"):
                continue
            place = (folder / entry).as_posix()
            yield from sorted(name for name in others if fnmatch(name, place)) if "*" in place else (place,)


def test_every_entry_of_a_toctree_is_a_page_and_every_page_is_in_one() -> None:
    entries = {entry for page in PAGES for entry in toctree_entries(page)}
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in PAGES}
    assert entries - pages - made_pages() == set()
    assert pages - entries == {"index"}


# ---------------------------------------------------------------------------------- links


def links(page: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", ALL, ids=named)
def test_links_within_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / parts.path).resolve() if parts.path else page
        if target in made_figures():
            continue
        if target.exists():
            known = anchors(target.read_text(encoding="utf-8")) if target.suffix == ".md" else set()
            if parts.fragment and parts.fragment not in known:
                lost.append(link)
        elif target.with_suffix("").relative_to(DOCS).as_posix() not in made_pages():
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", ALL, ids=named)
def test_links_without_are_well_formed(page: Path) -> None:
    outside = [urlsplit(link) for link in links(page) if "://" in link]
    assert [link.geturl() for link in outside if link.scheme != "https" or "." not in link.netloc] == []


# ---------------------------------------------------------------------------------- code


@pytest.mark.parametrize("page", ALL, ids=named)
def test_python_is_python_and_scenarios_are_scenarios(page: Path) -> None:
    for kind, body in blocks(page.read_text(encoding="utf-8")):
        if kind == "python" and ">>>" not in body:  # what has prompts is run as a doctest
            ast.parse(body)
        elif kind == "toml":
            assert loads(body).fronts


def spoken(text: str) -> Iterator[str]:
    """Commands that a page tells: in blocks for a shell, in indented lines, in spans of code."""
    for kind, body in blocks(text):
        if kind in ("", "sh", "console"):
            yield from (line.strip().removeprefix("$ ") for line in body.replace("\\\n", " ").splitlines())
    rest = FENCED.sub("", text)
    yield from (line.strip() for line in re.findall(r"^    (.+)$", rest, re.MULTILINE))
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", rest))


def parsed(line: str) -> None:
    """Parse a command as the shell would hand it over; nothing is run."""
    group: Any = typer.main.get_command(app)
    words = shlex.split(re.split(r"\s[|>&]\s?", line)[0], comments=True)[1:]
    if not words or words[0].startswith("-") or words[0] == "COMMAND":
        return
    command = group.commands[words[0]]
    # A mention, as `escalation run --json`, and not a command in full.
    mentioned = not words[1:] or words[1].startswith("-") or any(word.isupper() or "[" in word for word in words[1:])
    command.make_context(words[0], words[1:], resilient_parsing=mentioned)


@pytest.mark.parametrize("page", ALL, ids=named)
def test_commands_that_are_told_can_be_given(page: Path) -> None:
    wrong = {}
    for line in spoken(page.read_text(encoding="utf-8")):
        if line.startswith("escalation "):
            try:
                parsed(line)
            except Exception as error:  # noqa: BLE001 -- a vendored parser raises errors of its own
                wrong[line] = repr(error)
    assert wrong == {}
