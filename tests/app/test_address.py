"""A link restores what was seen, and nothing in one is trusted."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import escalation as esc
from escalation.app.address import MOST_RUNS, PAIRS, TABS, Place, Trail, query, read
from escalation.app.edits import Edits, dials, removable
from escalation.app.mattered import events_asked, sides_asked
from escalation.app.session import Session
from escalation.app.shelf import Shelf
from escalation.files import dumps
from escalation.whole_numbers import RUNS_BELOW, SEEDS_BELOW
from escalation.world.scenario import Scenario

NAME = "two-state-deterrence"
FIRST = Session.opened(NAME)
OTHER = Session.opened("haniyeh-2024")
COARSE = Session.opened(NAME).uploaded("coarse.toml", dumps(FIRST.scenario.replace("period", 0.7)).encode())
KNOWN = {session.key: session for session in (FIRST, OTHER, COARSE)}


@st.composite
def places(draw: st.DrawFn) -> Place:
    session = draw(st.sampled_from(list(KNOWN.values())))
    edits = Edits()
    for dial in draw(st.lists(st.sampled_from(dials(session.scenario)), max_size=4)):
        edits = edits.with_value(dial.path, draw(st.floats(dial.low, dial.high)))
    for item in draw(st.lists(st.sampled_from(list(removable(session.scenario))), max_size=3)):
        edits = edits.with_dropped(item)
    picked = draw(st.booleans())
    run = draw(st.integers(0, RUNS_BELOW - 1)) if picked else 0
    session = session.seeded(draw(st.integers(0, SEEDS_BELOW - 1)), run).edited(edits)
    last = math.ceil(session.scenario.horizon / session.scenario.period)
    event = draw(st.sampled_from(events_asked(session.scenario)))
    actor, target = draw(st.sampled_from(sides_asked(session.scenario, event)))
    return Place(
        session,
        draw(st.integers(0, len(TABS) - 1)),
        draw(st.integers(0, last)),
        draw(st.integers(1, MOST_RUNS)),
        draw(st.sampled_from(PAIRS)),
        event,
        picked,
        actor,
        target,
        draw(st.booleans()),
    )


@given(places())
def test_a_link_restores_what_was_seen(place: Place) -> None:
    assert read(query(place), KNOWN.get, FIRST) == (place, ())


@given(st.text() | st.lists(st.tuples(st.sampled_from([*TABS, "set", "day", "run", "actor", "target"]), st.text())).map(
    lambda rows: "&".join(f"{name}={text}" for name, text in rows)
))  # fmt: skip
def test_whatever_a_link_says_there_is_a_place_to_show(search: str) -> None:
    place, _ = read(search, KNOWN.get, FIRST)
    again, faults = read(query(place), KNOWN.get, FIRST)
    assert (again, faults) == (place, ())


def test_an_empty_address_is_the_page_as_it_begins() -> None:
    assert read("", KNOWN.get, OTHER) == (Place(OTHER), ())
    assert query(Place(OTHER)) == "scenario=haniyeh-2024"


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("scenario=haniye-2024", "did you mean 'haniyeh-2024'? Allowed: "),
        ("scenario=/etc/passwd", "scenario='/etc/passwd'; allowed: "),
        ("scenario=", "scenario=''; allowed: "),
        (f"scenario=file-{'0' * 32}", "uploaded or edited scenario that the server no longer has: upload it again"),
        (
            "tab=dais",
            "tab='dais'; did you mean 'days'? Allowed: scenario, days, chair, runs, compare, mattered. Shown: scenario",
        ),
        ("run=ten", "run='ten'; allowed is a whole number from 0 to 1,099,511,627,775. Shown: a typical run."),
        (f"run={RUNS_BELOW}", "allowed is a whole number from 0"),
        ("seed=-1", "seed='-1'; allowed is a whole number from 0 to 18,446,744,073,709,551,615. Shown: 1."),
        (f"seed={SEEDS_BELOW}", "seed='18446744073709551616'"),
        ("runs=0", "runs='0'; allowed is a whole number from 1 to 1,000,000. Shown: 10,000."),
        ("runs=1000001", "allowed is a whole number from 1 to 1,000,000"),
        ("pairs=7", "pairs='7'; allowed: 1000, 10000, 100000. Shown: 1000."),
        ("event=wra", "event='wra'; did you mean 'war'? Allowed: initiation, war, settled, "),
        ("event=joined:usa-isr", "event='joined:usa-isr'; "),
        ("actor=chalenger", "actor='chalenger'; did you mean 'challenger'? Allowed: challenger, defender"),
        ("target=irn", "target='irn'; allowed: "),
        ("day=61", "day='61'; allowed is a day from 0 to 60, in steps of 1. Shown: 0."),
        ("day=-1", "day='-1'; allowed is a day"),
        ("day=2.5", "day='2.5'; allowed is a day"),
        ("day=nan", "day='nan'; allowed is a day"),
        ("day=1e999", "day='1e999'; allowed is a day"),
        ("day=", "day=''; allowed is a day"),
        ("day=٣", "day='٣'; allowed is a day"),
        ("set=rules.fcae:0.5", "did you mean 'rules.face'?"),
        ("set=rules.face", "set='rules.face'; "),
        ("set=rules.face:", "allowed at rules.face is a number from 0 to"),
        ("set=rules.face:inf", "allowed at rules.face is a number from 0 to"),
        ("set=rules.face:1e9", "allowed at rules.face is a number from 0 to"),
        ("set=name:1", "set='name:1'; allowed: "),
        ("without=thraet", "did you mean 'threat'?"),
        ("sed=3", "a part 'sed'; did you mean 'seed'?"),
        ("run=1&run=2", "run 2 times, and once is allowed"),
        ("run=" + "1" * 9000, "9,004 characters after the question mark, and at most 8,000 are read"),
    ],
)
def test_what_is_at_fault_is_said_and_shown_as_the_page_begins(search: str, said: str) -> None:
    place, faults = read(search, KNOWN.get, FIRST)
    assert place == Place(FIRST)
    (fault,) = faults
    assert said in fault
    assert fault.endswith(".")


def test_the_first_run_can_be_chosen_like_any_other() -> None:
    chosen, _ = read("run=0", KNOWN.get, FIRST)
    assert chosen == Place(FIRST, picked=True)
    assert query(chosen) == f"scenario={NAME}&run=0"
    assert query(Place(FIRST)) == f"scenario={NAME}"


def test_whose_acts_count_goes_with_the_event() -> None:
    place, faults = read("event=war&actor=irn&target=isr", KNOWN.get, OTHER)
    assert (place, faults) == (Place(OTHER, event="war", actor="irn", target="isr"), ())
    assert query(place) == "scenario=haniyeh-2024&event=war&actor=irn&target=isr"
    place, faults = read("event=war&actor=irn&target=tur", KNOWN.get, OTHER)
    assert (place.actor, place.target) == ("irn", "")
    assert ["target='tur'; allowed: " in fault for fault in faults] == [True]
    place, faults = read("event=war&actor=tur&target=isr", KNOWN.get, OTHER)
    assert (place.actor, place.target) == ("", "isr")
    assert ["actor='tur'; " in fault and "Shown: anybody." in fault for fault in faults] == [True]
    place, faults = read("event=settled&actor=irn", KNOWN.get, OTHER)
    assert place == Place(OTHER, event="settled")
    assert faults == ("The address says actor='irn'; there is none. Shown: anybody.",)


def test_one_fault_leaves_the_other_parts_as_they_are() -> None:
    place, faults = read("tab=days&run=x&seed=9&day=12&without=threat&without=x", KNOWN.get, FIRST)
    assert place == Place(FIRST.seeded(9, 0).edited(Edits(without=("threat",))), 1, 12)
    assert len(faults) == 2


def test_day_and_changes_go_with_a_scenario_that_is_gone() -> None:
    place, faults = read(f"scenario=file-{'0' * 32}&day=500&set=x:1&tab=runs&seed=2", KNOWN.get, FIRST)
    assert place == Place(FIRST.seeded(2, 0), 3)
    (fault,) = faults
    assert fault.endswith(f"Shown: {NAME}. Its day and its changes are left out.")


def test_the_trail_tells_who_moved() -> None:
    trail = Trail("", "a")
    assert (trail.to_read(""), trail.to_push("a")) == (False, False)
    assert trail.to_push("b")
    assert not trail.to_push("b")
    assert not trail.to_read("b"), "the page itself sent it there"
    assert trail.to_read("a"), "Back"
    trail.was_read("a")
    assert not trail.to_push("a")
    assert trail.to_push("c")
    assert trail.to_push("d")
    assert not trail.to_read("c"), "an address on the way is none that the visitor went to"
    assert not trail.to_read("d")
    assert trail.to_read("c")


def test_the_shelf_gives_back_what_was_uploaded_while_it_has_room(busy: Scenario) -> None:
    text = dumps(busy).encode()
    one, two, three = (FIRST.uploaded(f"{name}.toml", text) for name in "abc")
    assert len({one.key, two.key, three.key}) == 3
    shelf = Shelf(most=2 * len(dumps(busy)))
    shelf.keep(FIRST)
    assert shelf.find(NAME) is None
    shelf.keep(one)
    shelf.keep(two)
    assert shelf.find(one.key) == Session(busy, "a.toml", one.key)
    shelf.keep(three)
    assert shelf.find(two.key) is None, "it was not used for longest"
    assert shelf.find(one.key) is not None
    shelf.keep(one)
    assert shelf.find(three.key) is not None


def test_an_upload_that_bears_a_name_of_the_library_is_not_of_it(busy: Scenario) -> None:
    mine = FIRST.uploaded(NAME, dumps(busy).encode())
    assert (mine.origin, mine.of_library, FIRST.of_library) == (NAME, False, True)
    assert mine.chosen(NAME).scenario == esc.load(NAME)
    assert not FIRST.edited(Edits(without=("threat",))).adopted().of_library
