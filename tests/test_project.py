"""The project's own papers agree with each other: versions, dependencies, licence, sources cited."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import escalation

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "escalation"
BIBLIOGRAPHY = PACKAGE / "reports" / "bibliography.bib"

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Distributions whose package bears another name.
IMPORTED_AS = {"lazy-loader": "lazy_loader", "scikit-learn": "sklearn", "netcdf4": "netCDF4", "salib": "SALib"}
# A package that another one pins exactly and hands out objects of.
PART_OF = {"pydantic_core": "pydantic"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


# ---------------------------------------------------------------------------------- versions and names


def test_citation_and_changelog_name_the_version_of_the_package() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version: {escalation.__version__}\n" in citation
    assert re.search(rf"^## {re.escape(escalation.__version__)}\b", changelog, re.MULTILINE)


def test_every_public_name_has_its_state_and_no_other() -> None:
    page = (ROOT / "docs" / "reference" / "stability.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \|.*\| (?:stable|provisional) \|$", page, re.MULTILINE)
    names = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert len(names) == len(set(names))
    assert sorted({*names, "baselines", "games"}) == sorted({*escalation.__all__, "baselines", "games"})


def test_licence_is_the_same_everywhere() -> None:
    assert PROJECT["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "license: MIT\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------- dependencies


def imported() -> set[str]:
    """Top-level names of the foreign packages that the library imports, inside functions too."""
    names = set()
    for module in modules():
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    foreign = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"escalation"}
    return {PART_OF.get(name, name) for name in foreign}


def packages(requirements: list[str]) -> set[str]:
    names = {re.split(r"[\s\[<>=!~;]", requirement)[0] for requirement in requirements}
    return {IMPORTED_AS.get(name, name) for name in names}


def test_every_import_is_a_declared_dependency() -> None:
    used_in_extras = {
        name: lines for name, lines in PROJECT["optional-dependencies"].items() if name not in {"docs", "test"}
    }
    declared = packages([*PROJECT["dependencies"], *(line for lines in used_in_extras.values() for line in lines)])
    assert imported() - declared == set()


def test_every_declared_dependency_is_imported() -> None:
    assert packages(PROJECT["dependencies"]) - imported() == set()


# ---------------------------------------------------------------------------------- sources


def entries() -> dict[str, dict[str, str]]:
    """Fields of every entry of the bibliography, by key; a field is `name = {value}` on a line of its own."""
    found = {}
    for entry in re.split(r"^@", BIBLIOGRAPHY.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, *lines = entry.splitlines()
        key = re.fullmatch(r"[a-z]+\{(\w+),", head)
        assert key, f"@{head}: an entry begins with its type and key, as in @article{{Fearon1995,"
        assert key[1] not in found, f"{key[1]} stands twice"
        found[key[1]] = dict(re.findall(r"^  (\w+) = \{(.*)\},$", "\n".join(lines), flags=re.MULTILINE))
    return found


def citations() -> Iterator[tuple[str, str]]:
    """File and key of every `[Key]_` in the package, the examples and the documentation."""
    texts = [
        *modules(),
        *PACKAGE.rglob("*.toml"),
        *(ROOT / "examples").rglob("*.py"),
        *(ROOT / "docs").rglob("*.md"),
    ]
    for path in sorted(texts):
        for key in re.findall(r"\[([A-Z]\w*)\]_", path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), key


def test_every_citation_is_in_the_bibliography() -> None:
    known = entries()
    missing = sorted({(key, file) for file, key in citations() if key not in known})
    assert missing == []


@pytest.mark.parametrize(("key", "fields"), entries().items(), ids=entries())
def test_entry_says_who_what_when_and_where(key: str, fields: dict[str, str]) -> None:
    assert fields.keys() & {"author", "editor"}
    assert fields.get("title")
    assert re.fullmatch(r"\d{4}", fields.get("year", ""))
    assert key.endswith(fields["year"]), "a key is made of names and the year"
    assert fields.keys() & {"journal", "publisher", "booktitle", "institution", "eprint"}


def test_scenario_library_and_type_marker_are_where_the_wheel_takes_them_from() -> None:
    assert (PACKAGE / "py.typed").is_file()
    assert list((PACKAGE / "library").glob("*.toml"))
    assert list((PACKAGE / "library" / "ladders").glob("*.toml"))
