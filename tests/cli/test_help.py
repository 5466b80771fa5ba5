"""Help texts can be read aloud: short sentences, of words and not of dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
import typer

from escalation.cli.main import app

MEAN, MOST = 20.0, 30
"""Words of a sentence: on average over the text of a command, which is less than the first; and at most the second."""

ROOT = typer.main.get_command(app)
COMMANDS: dict[str, click.Command] = {"escalation": ROOT, **ROOT.commands}  # type: ignore[attr-defined]


def sentences(text: str) -> Iterator[int]:
    """Number of words of each sentence; what stands in backticks is one word, and examples are none."""
    prose = re.sub(r"`[^`]*`", "code", text.partition("For example:")[0])
    for sentence in re.split(r"(?<=[.!?])\s+|\n\n", prose):
        if count := len(re.findall(r"[^\W\d_][\w’'-]*", sentence)):
            yield count


@pytest.mark.parametrize("name", COMMANDS)
def test_sentences_are_short(name: str) -> None:
    command = COMMANDS[name]
    said = list(sentences(command.help or ""))
    assert said, "a command says what it does"
    assert max(said) <= MOST
    assert sum(said) / len(said) < MEAN


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_in_short_sentences(name: str) -> None:
    for parameter in COMMANDS[name].params:
        text = getattr(parameter, "help", None) or ""
        assert text.endswith((".", "...")), f"{parameter.name}: {text!r} is no sentence"
        assert max(sentences(text)) <= MOST, parameter.name
        assert text[0].isupper() or text[0] in "`.", f"{parameter.name}: {text!r} begins in the middle"


def test_words_are_counted_by_sentences() -> None:
    assert list(sentences("Two words. It is `a b c` here!\n\nFor example:\n\n`escalation run x y z`")) == [2, 4]
