from __future__ import annotations

import builtins
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from html_tags import tags_of

from escalation.errors import StudyError
from escalation.reports.page import Page, Picture, Section
from escalation.reports.tables import Table

PNG = b"\x89PNG\r\n\x1a\nnot a picture"
TRICK = "<script>alert(1)</script> & *stars* [link](x)"
PAGE = Page(
    TRICK,
    [
        Section(
            "First",
            text=(TRICK,),
            points=("one", "two"),
            tables=(Table(("a", "b"), (("1 | 2", "3"), (TRICK, r"a \| b"))),),
        ),
        Section("Second", pictures=(Picture("shot", "What it shows.", PNG),)),
    ],
)


def test_html_is_one_sound_file_in_which_text_stays_text() -> None:
    tags = tags_of(PAGE.html())
    assert tags.count("h2") == 2
    assert tags.count("li") == 2
    assert tags.count("img") == 1
    assert "&lt;script&gt;" in PAGE.html()
    assert 'alt="What it shows."' in PAGE.html()


def test_markdown_has_the_same_parts_and_text_stays_text() -> None:
    text = PAGE.markdown()
    assert re.findall("^#+ .*", text, flags=re.MULTILINE)[1:] == ["## First", "## Second"]
    assert "\\<script\\>" in text
    assert "\\*stars\\* \\[link\\](x)" in text
    assert "- one\n- two" in text
    assert "| 1 \\| 2 | 3 |" in text
    # In a table too, where a backslash before a bar would else let the bar end the cell.
    assert "| \\<script\\>alert(1)\\</script\\> & \\*stars\\* \\[link\\](x) | a \\\\\\| b |" in text
    assert "*What it shows.*" in text


def test_pictures_of_markdown_go_beside_it(tmp_path: Path) -> None:
    written = PAGE.save(tmp_path / "it.md")
    assert written == [tmp_path / "it.md", tmp_path / "it-pictures" / "shot.png"]
    assert written[1].read_bytes() == PNG
    assert "![What it shows.](it-pictures/shot.png)" in written[0].read_text(encoding="utf-8")
    assert Page("Bare", []).save(tmp_path / "bare.md") == [tmp_path / "bare.md"]
    assert not (tmp_path / "bare-pictures").exists()


def test_html_is_saved_as_it_is(tmp_path: Path) -> None:
    assert PAGE.save(tmp_path / "it.HTML") == [tmp_path / "it.HTML"]
    assert (tmp_path / "it.HTML").read_text(encoding="utf-8") == PAGE.html()


@pytest.mark.parametrize("name", ["it.docx", "it"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudyError, match=r"\.html, \.md, \.pdf"):
        PAGE.save(tmp_path / name)


def test_pdf_is_set_where_it_can_be(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError, reason="Pango is not there")
    page = Page("Türkiye → λ", [Section("First", text=("Some words.",))])
    page.save(tmp_path / "it.pdf")
    assert (tmp_path / "it.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("error", "said"), [(ImportError("no"), r"\.\[report\]"), (OSError("no lib"), "Pango")])
def test_what_pdf_needs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str) -> None:
    real = builtins.__import__

    def refuse(name: str, *given: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise error
        return real(name, *given, **named)

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(StudyError, match=said):
        PAGE.save(tmp_path / "it.pdf")
    assert not (tmp_path / "it.pdf").exists()
