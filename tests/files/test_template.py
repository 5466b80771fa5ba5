from __future__ import annotations

import datetime
import re

import pytest

from escalation.errors import ScenarioError, StudyError
from escalation.files import loads
from escalation.files.template import template

PLEDGED = {"actors": ["reva", "sena", "tor"], "pledges": [("tor", "sena")]}


def uncommented(text: str, table: str) -> str:
    """The text with a table that stands as a remark made part of it."""
    before, head, after = text.partition(f"# [{table}]\n")
    assert head
    block, _, rest = after.partition("\n\n")
    return before + f"[{table}]\n" + re.sub(r"^# ", "", block, flags=re.MULTILINE) + "\n\n" + rest


def test_it_is_a_good_scenario_as_it_is() -> None:
    scenario = loads(template("strait", start=datetime.date(2031, 5, 1), horizon=60, **PLEDGED))
    assert (scenario.name, scenario.start, scenario.horizon) == ("strait", datetime.date(2031, 5, 1), 60)
    assert scenario.front_ids == ("reva-sena", "sena-reva")
    assert list(scenario.commitments) == ["tor-sena"]
    assert scenario.fronts["reva-sena"].revisionism == 0.5


def test_what_stands_as_a_remark_is_the_default() -> None:
    text = template("strait", **PLEDGED)
    body, signal, rest = text.partition("# Something said")
    told = body.replace("# [rules]", "[rules]")
    told = re.sub(r"^# (?=(?!as_of|fit|Numbers)[a-z_]+ = )", "", told, flags=re.MULTILINE)
    assert told.count("\n# ") < text.count("\n# ") - 40
    assert loads(told + signal + rest).hash == loads(text).hash


def test_the_signal_and_the_event_can_be_uncommented() -> None:
    text = template("strait", **PLEDGED)
    scenario = loads(uncommented(uncommented(text, "signals.warning"), "events.incident"))
    assert list(scenario.signals) == ["warning"]
    assert scenario.signals["warning"].sender == "sena"
    assert list(scenario.events) == ["incident"]


def test_a_patron_can_be_uncommented_where_nobody_pledges() -> None:
    text = template("strait")
    scenario = loads(uncommented(text, "actors.patron"))
    assert list(scenario.commitments) == ["patron-south"]
    assert scenario.commitments["patron-south"].patron == "patron"
    assert "# [actors.patron]" not in template("strait", **PLEDGED)


def test_the_information_date_and_the_fit_can_be_uncommented() -> None:
    text = re.sub(r"^# (?=as_of|fit)", "", template("strait"), flags=re.MULTILINE)
    scenario = loads(text)
    assert scenario.as_of == scenario.start
    assert scenario.fit
    assert scenario.hash != loads(template("strait")).hash


def test_the_first_faces_each_of_the_others() -> None:
    scenario = loads(template("three", actors=["a", "b", "c"]))
    assert scenario.front_ids == ("a-b", "b-a", "a-c", "c-a")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"pledges": [("east", "south")]}, "by or to 'east'"),
        ({"actors": ["north"]}, "two actors"),
        ({"actors": ["north", "south"], "pledges": [("south", "north")]}, "two actors"),
        ({"pledges": [("north", "south")]}, "pledges nothing"),
    ],
)
def test_who_faces_nobody(asked: dict[str, list[object]], said: str) -> None:
    with pytest.raises(StudyError, match=said):
        template("strait", **asked)


@pytest.mark.parametrize("actor", ["so uth", 'so"uth', "so\nuth", "so]uth"])
def test_ids_that_are_none_are_faults_and_nothing_else(actor: str) -> None:
    with pytest.raises(ScenarioError, match="actors"):
        loads(template("strait", actors=["north", actor]))


def test_a_name_or_a_file_cannot_break_out_of_its_remark() -> None:
    text = template("strait", file="a\n[actors.evil]\n.toml")
    assert "evil" not in loads(text).actors
