"""Pages show what their examples print, and no example keeps its result to itself."""

from __future__ import annotations

import re

import pytest
import renew_results
from renew_results import ROOT, examples, play, ready, renewed

SAYS_NOTHING = {"True\n", "False\n", "(True, True)\n", "None\n"}

NEEDED = {"docs/how-to/other-programs.md": ("duckdb", "polars", "h5netcdf", "h5py")}
"""Packages that a page is about, and that the tests of everything else do without."""

PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in renew_results.pages()}

SMALL = """# A page

```toml two.toml
name = "two"
[actors.a]
[actors.b]
[fronts.a-b]
[fronts.b-a]
```

```python
>>> import escalation as esc
>>> two = esc.load(
...     "two.toml"
... )
>>> print("one", len(two.actors), sep="\\n\\n")
one

2
>>> esc.load("three.toml")
Traceback (most recent call last):
    ...
escalation.errors.ScenarioError: ...
```

```console
$ escalation validate \\
>   two.toml
two.toml: good ...
$ escalation run nothing.toml  # exit status 2
Error: nothing.toml: ...
```
"""


GAPS = """```python
>>> for name in ("head", "force", "war", "peace", "foot"): print(f"{name} 0.5")
head 0.4
...
peace 0.4
...
```
"""


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    ready()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_its_examples_print(page: str) -> None:
    for package in NEEDED.get(page, ()):
        pytest.importorskip(package)
    wrong = [each for each in play(PAGES[page]) if not each.right]
    said = [f"line {each.first}: {each.source}shown:\n{each.want}printed:\n{each.got}" for each in wrong]
    assert not said, "\n".join([*said, f"python docs/renew_results.py {page} writes what is printed"])


def test_no_example_keeps_its_result_to_itself() -> None:
    """A bare True or a number of runs that was asked for tells a reader nothing."""
    kept = {page: each.source for page, text in PAGES.items() for each in examples(text) if each.want in SAYS_NOTHING}
    assert kept == {}


NOT_RUN = re.compile(r"escalation app|.* --dask |escalation estimate leblang2003.csv|escalation report ")
"""What is served until it is stopped, needs a cluster, or data or tools that are not here."""


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("docs/tutorials/", "docs/how-to/"))])
def test_commands_in_blocks_are_run(page: str) -> None:
    lines = re.findall(r"^ *(escalation .+)$", PAGES[page], re.MULTILINE)
    assert [line for line in lines if not NOT_RUN.match(line)] == []


FOLLOWED = re.compile(r"^```(python|console)\n(.*?)^```\n*(?=([^\n]*))", re.MULTILINE | re.DOTALL)


def unspoken(text: str) -> list[str]:
    """What follows a block with results at once where it is no prose: a heading, another block, the end."""
    shows = [
        (any(each.want for each in examples(f"```{kind}\n{block}```\n")), line)
        for kind, block, line in FOLLOWED.findall(text)
    ]
    return [line for shown, line in shows if shown and (not line or line.startswith(("#", "```python", "```console")))]


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("docs/tutorials/", "docs/how-to/"))])
def test_what_is_shown_is_put_into_words(page: str) -> None:
    assert unspoken(PAGES[page]) == []


def test_results_without_words_are_found() -> None:
    assert unspoken("```python\n>>> 1\n1\n```\n\n# Next\n") == ["# Next"]
    assert unspoken("```console\n$ a\nb\n```\n\n```python\n>>> x = 1\n```\n") == ["```python"]
    assert unspoken("```python\n>>> 1\n1\n```\n\nOne.\n\n```python\n>>> x = 1\n```\n\n# Next\n") == []


def test_what_a_page_shows_is_compared_and_what_is_left_out_stays() -> None:
    found = play(SMALL)
    assert [each.right for each in found] == [True] * 6
    assert renewed(SMALL, found) == SMALL


@pytest.mark.parametrize(("right", "wrong"), [("\n2\n", "\n3\n"), ("toml: good ...", "toml: bad ..."), ("one\n", "")])
def test_what_is_wrong_is_found_and_renewed(right: str, wrong: str) -> None:
    page = SMALL.replace(right, wrong, 1)
    found = play(page)
    assert [each.right for each in found].count(False) == 1
    again = renewed(page, found)
    assert all(each.right for each in play(again))
    assert right.removesuffix("...") in again


def test_a_command_that_fails_is_an_error_unless_the_page_says_so() -> None:
    with pytest.raises(AssertionError, match="ends with 2"):
        play(SMALL.replace("  # exit status 2", ""))


def test_other_programs_are_not_run() -> None:
    with pytest.raises(AssertionError, match="only commands of the library"):
        play("```console\n$ rm two.toml\n```\n")


def test_lines_that_a_page_leaves_out_stay_out_when_others_change() -> None:
    assert renewed(GAPS, play(GAPS)) == GAPS.replace("0.4", "0.5")
