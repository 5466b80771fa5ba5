"""The check of the built pages finds what it should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[2] / "docs" / "check_built.py"

GOOD = """<html><head><link rel="stylesheet" href="_static/style.css"></head><body>
<a href="two.html#there">two</a> <a href="#here">here</a> <p id="here"></p> <img src="_static/a%20b.png">
<a href="https://www.example.org/a">outside</a></body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "style.css").write_text("body { background: url(a.png) }")
    (tmp_path / "_static" / "a b.png").write_bytes(b"")
    (tmp_path / "index.html").write_text(GOOD)
    (tmp_path / "two.html").write_text('<h1 id="there">Two</h1>')
    return tmp_path


def check(site: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, str(CHECK), str(site)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_good_pages_pass(site: Path) -> None:
    assert check(site) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("two.html#there", "three.html", "link three.html leads nowhere"),
        ("#there", "#nowhere", "link two.html#nowhere leads to no place on its page"),
        ('href="#here"', 'href="#gone"', "link #gone leads to no place on its page"),
        ("_static/a%20b.png", "_static/c.png", "link _static/c.png leads nowhere"),
        ("_static/a%20b.png", "https://cdn.example.org/a.png", "loads https://cdn.example.org/a.png from elsewhere"),
        ("_static/style.css", "//cdn.example.org/a.css", "loads //cdn.example.org/a.css from elsewhere"),
        ("https://www.example.org/a", "https://example/a", "link https://example/a is not well formed"),
    ],
)
def test_fault_is_named_with_its_page(site: Path, old: str, new: str, fault: str) -> None:
    page = site / "index.html"
    page.write_text(page.read_text().replace(old, new))
    assert check(site) == (1, f"index.html: {fault}\n")


def test_style_sheet_that_loads_from_elsewhere_is_found(site: Path) -> None:
    (site / "_static" / "style.css").write_text('@import "https://fonts.example.org/a.css";')
    status, said = check(site)
    assert status == 1
    assert "style.css: loads https://fonts.example.org/a.css from elsewhere" in said


def test_folder_without_pages_is_a_fault(tmp_path: Path) -> None:
    assert check(tmp_path)[0] == 1
