"""The ladders of the library: what they promise of themselves, and that they can be played."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from escalation.engines.compiled import run_block
from escalation.engines.lower import lower
from escalation.files import load
from escalation.reports.cameo import ROOT_WEIGHTS
from escalation.world.ladder import Role, ladder_names, load_ladder

FINER = ("ten-rung", "eleven-rung", "kahn-44")
DEFAULT = load_ladder("default")
HOSTILITY = {Role.RESTRAINT: 1, Role.THREAT: 2, Role.DISPLAY: 3, Role.FORCE: 4, Role.MAJOR: 4, Role.WAR: 5}


def test_the_library_has_the_four() -> None:
    assert {"default", *FINER} <= set(ladder_names())


@pytest.mark.parametrize(("name", "rungs"), [("ten-rung", 10), ("eleven-rung", 11), ("kahn-44", 44)])
def test_as_many_rungs_as_it_says(name: str, rungs: int) -> None:
    assert len(load_ladder(name).rungs) == rungs


@pytest.mark.parametrize("name", FINER)
def test_it_says_that_severities_are_judgements(name: str) -> None:
    assert "Severities are judgements" in " ".join(load_ladder(name).description.split())


@pytest.mark.parametrize("name", FINER)
def test_every_class_of_the_default_ladder_is_there(name: str) -> None:
    assert {rung.role for rung in load_ladder(name).rungs} == set(Role)


@pytest.mark.parametrize("name", FINER)
def test_a_rung_stays_near_the_default_rung_of_its_class(name: str) -> None:
    centre = {rung.role: rung.intensity for rung in DEFAULT.rungs}
    assert all(abs(rung.intensity - centre[rung.role]) < 0.1 for rung in load_ladder(name).rungs)


@pytest.mark.parametrize("name", FINER)
def test_gain_and_destruction_are_read_off_the_default_ladder(name: str) -> None:
    scale = [rung.intensity for rung in DEFAULT.rungs]
    for rung in load_ladder(name).rungs:
        at = 1.0 if rung.role is Role.WAR else rung.intensity
        assert rung.gain == pytest.approx(np.interp(at, scale, [r.gain for r in DEFAULT.rungs]), abs=1e-4)
        assert rung.destruction == pytest.approx(np.interp(at, scale, [r.destruction for r in DEFAULT.rungs]), abs=1e-4)


@pytest.mark.parametrize("name", ladder_names())
def test_codes_are_those_of_the_codebooks(name: str) -> None:
    for rung in load_ladder(name).rungs:
        assert rung.mid == HOSTILITY[rung.role]
        assert rung.goldstein == ROOT_WEIGHTS[str(rung.cameo)]


def test_conventional_war_is_fought_and_kahns_central_war_is_mass_violence() -> None:
    codes = {name: {r.cameo for r in load_ladder(name).rungs if r.role is Role.WAR} for name in ladder_names()}
    assert codes == {"default": {"19"}, "ten-rung": {"19"}, "eleven-rung": {"19"}, "kahn-44": {"20"}}


@pytest.mark.parametrize("name", ["default", *FINER])
def test_codes_do_not_fall_from_rung_to_rung(name: str) -> None:
    for lower_rung, upper in pairwise(load_ladder(name).rungs):
        assert (lower_rung.mid or 0) <= (upper.mid or 0)


def test_kahns_rungs_are_numbered_and_name_no_weapon_or_target() -> None:
    names = load_ladder("kahn-44").names
    assert [int(name.split("-")[1]) for name in names] == list(range(1, 45))
    words = {word for name in names for word in name.split("-")}
    assert not words & {
        "nuclear",
        "counterforce",
        "countervalue",
        "city",
        "salvo",
        "population",
        "property",
        "evacuation",
    }


@pytest.mark.parametrize("name", FINER)
def test_a_covert_variant_belongs_to_force_alone(name: str) -> None:
    assert all(rung.covert == (rung.role is Role.FORCE) for rung in load_ladder(name).rungs)


@pytest.mark.parametrize("name", FINER)
def test_a_scenario_runs_on_it_and_climbs_through_every_class_of_acts(name: str) -> None:
    scenario = load("two-state-deterrence").without("threat").replace("ladder", name)
    crossed = run_block(lower(scenario), seed=2, first=0, count=1_000)["crossed"]
    reached = (crossed >= 0).any(axis=(0, 1))
    roles = [rung.role for rung in load_ladder(name).rungs]
    assert reached.shape == (len(roles),)
    assert reached[: roles.index(Role.MAJOR) + 1].all()


def test_eleven_rungs_are_the_ten_and_sanctions() -> None:
    eleven, ten = load_ladder("eleven-rung"), load_ladder("ten-rung")
    assert [rung for rung in eleven.rungs if rung.name != "sanctions"] == list(ten.rungs)
    assert eleven.rung("sanctions").role is Role.THREAT
    played = load("two-state-deterrence").replace("ladder", "eleven-rung")
    crossed = run_block(lower(played), seed=1, first=0, count=2000)["crossed"]
    assert (crossed[:, :, eleven.names.index("sanctions")] >= 0).any()
