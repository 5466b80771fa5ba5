from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from escalation.errors import StoreError
from escalation.files import load
from escalation.files.study_key import (
    Made,
    check_key,
    differences,
    fit_key,
    run_key,
    source_files,
    source_hash,
    warn_of_other_sources,
)
from escalation.world.distributions import LogNormal

PACKAGE = Path(str(files("escalation")))
ENTRIES: dict[Made, tuple[str, ...]] = {
    "runs": ("montecarlo.runner", "montecarlo.netcdf", "engines.simulate", "engines.explaining.explain"),
    "fits": ("analysis.fit.counts.calibration", "analysis.fit.crises.search"),
    "machine code": ("engines.compiled", "dynamics.period"),
}
COST = "actors.challenger.belligerence_cost"


def modules() -> dict[str, Path]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("escalation."):
            module = str(node.module).removeprefix("escalation.")
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def reached(*entries: str) -> set[Path]:
    """Files that modules import, and what these import, inside functions too."""
    known, found, left = modules(), set(), list(entries)
    while left:
        module = left.pop()
        if module in known and known[module] not in found:
            found.add(known[module])
            left += imported(known[module])
    return found


@pytest.mark.parametrize("made", ["runs", "fits"])
def test_every_source_that_is_reached_is_in_the_hash(made: Made) -> None:
    from_entries = reached(*ENTRIES[made])
    assert from_entries <= set(source_files(PACKAGE, made))
    assert {path.name for path in from_entries} >= {
        "signals.py",
        "period.py",
        "utility.py",
        "quantities.py",
        "draws.py",
    }


def test_every_source_of_a_step_is_in_the_hash_of_machine_code() -> None:
    compiled = {
        path for path in reached("dynamics.period") if path.parent.name in ("dynamics", "mechanisms", "arithmetic")
    }
    sources = set(source_files(PACKAGE, "machine code"))
    assert {path.name for path in compiled} >= {"period.py", "utility.py", "war_and_contest.py", "draws.py"}
    assert compiled <= sources
    assert PACKAGE / "engines" / "lowering" / "signals.py" in sources


@pytest.mark.parametrize("made", ["runs", "fits", "machine code"])
def test_a_change_of_any_source_changes_the_hash(made: Made, tmp_path: Path) -> None:
    root = tmp_path / "escalation"
    shutil.copytree(PACKAGE, root, ignore=shutil.ignore_patterns("__pycache__", "*.toml", "*.csv"))
    plain = source_hash.__wrapped__
    before = plain(made, root=root)
    assert before == source_hash(made)
    sources = source_files(root, made)
    hashes = {before}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("escalation.files.study_key.source_files", lambda *_: sources)  # to find them again takes long
        for source in sources:
            content = source.read_bytes()
            source.write_bytes(content + b"\n")
            hashes.add(plain(made, root=root))
            source.write_bytes(content)
    assert len(hashes) == 1 + len(sources)
    assert plain(made, root=root) == before
    for name in ("cli/run.py", "app/game.py", "plotting/fan.py", "reports/page.py"):
        (root / name).write_text("")
    assert plain(made, root=root) == before
    sources[0].rename(sources[0].with_name("renamed.py"))
    assert plain(made, root=root) not in hashes


def test_a_new_module_counts_for_runs(tmp_path: Path) -> None:
    (tmp_path / "physics").mkdir()
    (tmp_path / "physics" / "gravity.py").touch()
    (tmp_path / "constants.py").touch()
    assert [path.name for path in source_files(tmp_path, "runs")] == ["constants.py", "gravity.py"]


def test_a_key_says_what_differs() -> None:
    scenario = load("two-state-deterrence")
    held = run_key(scenario, seed=1)
    assert differences(held, run_key(scenario.replace("title", "another"), seed=1)) == []
    check_key("study", held, held, what="runs")
    other = run_key(scenario.replace("rules.leash", 0.9), seed=2)
    with pytest.raises(StoreError, match="another study") as refused:
        check_key("study", held, other, what="runs")
    assert str(refused.value) == (
        "study: holds runs of another study, which differs in scenario "
        f"('two-state-deterrence', hash {scenario.hash[:12]} there, 'two-state-deterrence', hash "
        f"{other['scenario']['hash'][:12]} here); seed (1 there, 2 here); give each study a store of its own"
    )
    assert differences({}, {"seed": 2}) == ["seed (not said there, 2 here)"]


def test_every_part_of_a_fit_is_in_its_key() -> None:
    stated = load("two-state-deterrence").replace(COST, LogNormal(median=0.5, sigma=1.0))
    ask = {
        "scenario": stated,
        "parameters": [COST],
        "observed": {"war": (3, 40)},
        "seed": 1,
        "method": "abc-smc",
        "runs": 60,
        "population": 12,
    }
    other = {
        "scenario": (stated.replace("horizon", 31), "scenario"),
        "parameters": ([], "parameters"),
        "observed": ({"war": (6, 80)}, "counts"),
        "seed": (2, "seed"),
        "method": ("moments", "method"),
        "runs": (61, "runs"),
        "population": (13, "population"),
    }
    held = fit_key(**ask)  # type: ignore[arg-type]
    assert differences(held, fit_key(**ask)) == []  # type: ignore[arg-type]
    for name, (value, part) in other.items():
        found = differences(held, fit_key(**ask | {name: value}))  # type: ignore[arg-type]
        assert any(text.startswith(f"{part} (") for text in found), name
    (prior,) = differences(held, fit_key(**ask | {"scenario": stated.replace(f"{COST}.sigma", 2.0)}))  # type: ignore[arg-type]
    assert prior.startswith("priors (")
    (event,) = differences(held, fit_key(**ask | {"observed": {"initiation": (3, 40)}}))  # type: ignore[arg-type]
    assert event == "events (['war'] there, ['initiation'] here)"


def test_runs_of_other_sources_are_read_with_a_word() -> None:
    warn_of_other_sources("runs.nc", source_hash("runs"), version="0.1", stacklevel=2)
    with pytest.warns(RuntimeWarning, match=r"runs\.nc: .* \(0\.1, sources older; here \w{24}\)") as said:
        warn_of_other_sources("runs.nc", "older", version="0.1", stacklevel=2)
    assert said[0].filename == __file__
