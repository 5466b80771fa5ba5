"""Verdicts on single runs worked out by hand, and against what the model itself counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from crises import crisis_of

from escalation.engines.lower import lower
from escalation.engines.tables import views
from escalation.files import load
from escalation.montecarlo.deeds import Verdict, _Calendar, _Deeds, _verdict
from escalation.montecarlo.runner import run
from escalation.world.plain_words import kind_word
from escalation.world.scenario import Scenario

Act = tuple[int, str, str]
RUNS = 600


def said(kind: str, day: float = 10, *, fronts: dict[str, Any] | None = None, **keys: Any) -> Scenario:
    """Crisis in which a says something to b on a day; c has pledged to stand by b against a."""
    return crisis_of(
        "a-b c-b",
        front=fronts or {},
        commitments={"pledge": {"patron": "c", "protege": "b", "adversary": "a"}},
        signals={"word": {"kind": kind, "date": day, "sender": "a", "receivers": ["b"], **keys}},
    )


def verdict(
    scenario: Scenario,
    *acts: Act,
    wars: dict[str, int] | None = None,
    bound: int = -1,
    joined: int = -1,
    ended: int = 60,
    status: int = 0,
) -> Verdict:
    """Verdict on the only signal of a run in which these acts were done, each on a day and a front.

    From the day `bound` on, a has a vow against b that comes of the signal and is due within five days.
    """
    lowered = lower(scenario)
    crisis: Any = views(lowered.template.copy(), lowered)
    crisis.signals["status"] = status
    options = [crisis.options[lowered.option_names.index(act)] for _, _, act in acts]
    war = np.full(len(lowered.front_ids), -1)
    for front, day in (wars or {}).items():
        war[lowered.front_ids.index(front)] = day
    vow_by = np.full((61, len(lowered.front_ids)), -1.0)
    if bound >= 0:
        vow_by[bound:, lowered.front_ids.index("a-b")] = crisis.signals[0]["key"]
    deeds = _Deeds(
        period=np.array([day for day, _, _ in acts], np.int64),
        front=np.array([lowered.front_ids.index(front) for _, front, _ in acts], np.int64),
        seen=np.array([option["intensity"] * option["publicity"] for option in options], np.float64),
        done_at=np.array([option["intensity"] for option in options], np.float64),
        day=np.array([day for day, _, _ in acts], np.float64),
        force=np.array([option["role"] >= 3 for option in options], np.bool_),
        exact=np.full(len(acts), True),
        scheduled=np.full(len(acts), False),
        known=np.full(len(acts), True),
        war=war,
        joined=np.full(len(lowered.commitment_rows), joined),
        vow_by=vow_by,
        vow_due=np.full(vow_by.shape, bound + 5.0),
        ended=ended,
    )
    (signal,) = scenario.signals.values()
    return _verdict(kind_word(signal), crisis, crisis.signals[0], deeds, _Calendar(lowered))


STRIKE, COVERT, SHOW = "limited-strike", "limited-strike (covert)", "display"
UNTESTED, BELIED, BORNE_OUT = Verdict.UNTESTED, Verdict.BELIED, Verdict.BORNE_OUT


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), BELIED),
        (((12, "a-b", STRIKE),), BORNE_OUT),
        (((9, "a-b", STRIKE),), BELIED),  # before it was said
        (((10, "a-b", STRIKE),), BORNE_OUT),  # on the day
        (((24, "a-b", STRIKE),), BORNE_OUT),  # on the last of its fourteen days
        (((25, "a-b", STRIKE),), BELIED),
        (((12, "a-b", COVERT),), BELIED),  # nobody knows whose it is
        (((12, "a-b", SHOW),), BELIED),  # less than was vowed
        (((12, "b-a", STRIKE),), BELIED),  # by the other
        (((5, "a-b", STRIKE), (20, "a-b", STRIKE)), BORNE_OUT),  # a first crossing would not tell
    ],
)
def test_a_vow(acts: Sequence[Act], expected: Verdict) -> None:
    assert verdict(said("vow"), *acts) is expected


def test_a_vow_and_war() -> None:
    assert verdict(said("vow"), wars={"a-b": 20, "b-a": 20}) is BORNE_OUT
    assert verdict(said("vow"), wars={"a-b": 25, "b-a": 25}) is BELIED
    assert verdict(said("vow"), wars={"c-b": 20, "b-c": 20}) is BELIED


def test_a_vow_whose_days_reach_beyond_the_horizon_is_not_tested() -> None:
    assert verdict(said("vow", 46.4), (50, "a-b", STRIKE)) is BORNE_OUT  # due on day 60.4, which is within day 60
    assert verdict(said("vow", 47), (50, "a-b", STRIKE)) is UNTESTED


def test_a_vow_of_what_goes_on_anyway_is_not_tested() -> None:
    scenario = said("vow").replace("fronts.a-b.baseline", STRIKE)
    assert verdict(scenario, (12, "a-b", "major-strike")) is UNTESTED
    assert verdict(scenario.replace("signals.word.rung", "major-strike"), (12, "a-b", "major-strike")) is BORNE_OUT


def test_a_vow_waits_for_the_first_choice() -> None:
    scenario = said("vow", 1, due=3).replace("start", "2024-01-01").replace("as_of", "2024-01-21")
    assert verdict(scenario, (21, "a-b", STRIKE)) is BORNE_OUT
    assert verdict(scenario, (22, "a-b", STRIKE)) is BELIED


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), UNTESTED),
        (((12, "b-a", SHOW),), BELIED),
        (((12, "b-a", SHOW), (13, "a-b", STRIKE)), BORNE_OUT),
        (((12, "b-a", SHOW), (12, "a-b", STRIKE)), BELIED),  # at the same moment is no answer
        (((12, "b-a", SHOW), (26, "a-b", STRIKE)), BORNE_OUT),  # fourteen days from the crossing
        (((12, "b-a", SHOW), (27, "a-b", STRIKE)), BELIED),
        (((12, "b-a", SHOW), (13, "a-b", SHOW)), BELIED),
        (((12, "b-a", COVERT),), UNTESTED),  # crosses nothing that is known
        (((12, "b-a", "threat"),), UNTESTED),  # below the trigger
        (((9, "b-a", SHOW), (12, "a-b", STRIKE)), UNTESTED),  # before it was said
        (((24, "b-a", SHOW), (38, "a-b", STRIKE)), BORNE_OUT),
        (((25, "b-a", SHOW), (30, "a-b", STRIKE)), UNTESTED),  # it stood until day 24
        (((12, "a-b", STRIKE),), UNTESTED),  # unprovoked
    ],
)
def test_a_threat(acts: Sequence[Act], expected: Verdict) -> None:
    assert verdict(said("threat"), *acts) is expected


def test_a_threat_and_war() -> None:
    crossed = (12, "b-a", SHOW)
    assert verdict(said("threat"), crossed, wars={"a-b": 12, "b-a": 12}) is BORNE_OUT
    assert verdict(said("threat"), crossed, wars={"a-b": 27, "b-a": 27}) is BELIED
    assert verdict(said("threat"), wars={"a-b": 12, "b-a": 12}) is UNTESTED


def test_a_threat_that_cannot_be_answered_before_the_horizon_is_not_tested() -> None:
    assert verdict(said("threat", 40), (46, "b-a", SHOW), (50, "a-b", STRIKE)) is BORNE_OUT
    assert verdict(said("threat", 40), (47, "b-a", SHOW), (50, "a-b", STRIKE)) is UNTESTED
    assert verdict(said("threat").replace("fronts.a-b.baseline", STRIKE), (12, "b-a", SHOW)) is UNTESTED


WARNED = {"sender": "c", "receivers": ["a"], "subject": "pledge"}


@pytest.mark.parametrize(
    ("acts", "joined", "expected"),
    [
        ((), -1, UNTESTED),
        (((12, "a-b", STRIKE),), 12, BORNE_OUT),
        (((12, "a-b", STRIKE),), -1, BELIED),
        (((12, "a-b", SHOW),), -1, UNTESTED),  # calls on nobody
        (((12, "a-b", COVERT),), -1, UNTESTED),
        (((12, "b-a", STRIKE),), -1, UNTESTED),  # by the protégé
        (((5, "a-b", STRIKE),), 5, UNTESTED),  # it had joined before it warned
        (((5, "a-b", STRIKE), (12, "a-b", "major-strike")), 5, UNTESTED),
        (((5, "a-b", STRIKE), (12, "a-b", STRIKE)), -1, UNTESTED),  # it is not called twice for as much
        (((5, "a-b", STRIKE), (12, "a-b", "major-strike")), -1, BELIED),
        (((5, "a-b", STRIKE), (12, "a-b", "major-strike")), 12, BORNE_OUT),
        (((12, "a-b", STRIKE), (20, "a-b", "major-strike")), 20, BORNE_OUT),  # in the end
    ],
)
def test_a_warning(acts: Sequence[Act], joined: int, expected: Verdict) -> None:
    assert verdict(said("warning", **WARNED), *acts, joined=joined) is expected
    told = said("warning", **WARNED | {"receivers": ["b"]})  # to the protégé: then it is of every adversary
    assert verdict(told, *acts, joined=joined) is expected


@pytest.mark.parametrize(
    ("terms", "acts", "expected"),
    [
        ({"begins": 15}, ((12, "a-b", STRIKE),), UNTESTED),  # it was not called in the name of what had not begun
        ({"begins": 15}, ((12, "a-b", STRIKE), (20, "a-b", STRIKE)), BELIED),
        ({"begins": 12}, ((12, "a-b", STRIKE),), BELIED),
        ({"lapses": 12}, ((12, "a-b", STRIKE),), UNTESTED),
        ({"lapses": 13}, ((12, "a-b", STRIKE),), BELIED),
        ({"while_below": STRIKE}, ((11, "b-a", STRIKE), (12, "a-b", STRIKE)), UNTESTED),
        ({"while_below": STRIKE}, ((11, "b-a", COVERT), (12, "a-b", STRIKE)), UNTESTED),
        ({"while_below": STRIKE}, ((12, "b-a", STRIKE), (12, "a-b", STRIKE)), UNTESTED),
        ({"while_below": STRIKE}, ((13, "b-a", STRIKE), (12, "a-b", STRIKE)), BELIED),
        ({"while_below": STRIKE}, ((11, "b-a", SHOW), (12, "a-b", STRIKE)), BELIED),
    ],
)
def test_nobody_is_called_by_a_commitment_that_is_not_in_force(
    terms: dict[str, Any], acts: Sequence[Act], expected: Verdict
) -> None:
    scenario = said("warning", **WARNED)
    for key, value in terms.items():
        scenario = scenario.replace(f"commitments.pledge.{key}", value)
    assert verdict(scenario, *acts) is expected


@pytest.mark.parametrize(("lapses", "expected"), [(12, UNTESTED), (13, BELIED)])
def test_war_calls_on_a_commitment_in_force_alone(lapses: int, expected: Verdict) -> None:
    warned = said("warning", **WARNED).replace("commitments.pledge.lapses", lapses)
    assert verdict(warned, wars={"a-b": 12, "b-a": 12}) is expected


def test_a_warning_to_one_adversary_says_nothing_of_another() -> None:
    anybody = crisis_of(
        "a-b d-b",
        actors={"d": {}},
        commitments={"pledge": {"patron": "c", "protege": "b"}},
        signals={"word": {"kind": "warning", "date": 10, **WARNED}},
    )
    assert lower(anybody).commitment_rows == ("pledge:a", "pledge:d")
    assert verdict(anybody, (12, "d-b", STRIKE)) is UNTESTED
    assert verdict(anybody, (12, "a-b", STRIKE)) is BELIED
    told = anybody.replace("signals.word.receivers", ["b"])
    assert verdict(told, (12, "d-b", STRIKE)) is BELIED


def test_a_warning_and_war() -> None:
    warned = said("warning", **WARNED)
    assert verdict(warned, wars={"a-b": 12, "b-a": 12}) is BELIED
    assert verdict(warned, wars={"a-b": 5, "b-a": 5}) is UNTESTED
    assert verdict(warned, (5, "a-b", STRIKE), wars={"a-b": 12, "b-a": 12}) is BELIED
    assert verdict(warned, wars={"b-c": 12, "c-b": 12}) is UNTESTED


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), BORNE_OUT),
        (((12, "a-b", STRIKE),), BELIED),
        (((12, "a-b", COVERT),), BELIED),  # the word was still not kept
        (((12, "a-b", SHOW),), BORNE_OUT),
        (((12, "b-a", STRIKE),), BORNE_OUT),
        (((9, "a-b", STRIKE),), BORNE_OUT),
        (((24, "a-b", STRIKE),), BELIED),
        (((25, "a-b", STRIKE),), BORNE_OUT),
    ],
)
def test_a_reassurance(acts: Sequence[Act], expected: Verdict) -> None:
    assert verdict(said("reassurance"), *acts) is expected


def test_a_reassurance_of_another_and_to_several() -> None:
    vouched = said("reassurance", sender="c", receivers=["b"], subject="a")
    assert verdict(vouched, (12, "a-b", STRIKE)) is BELIED
    assert verdict(vouched, (12, "c-b", STRIKE)) is BORNE_OUT
    both = said("reassurance", sender="b", receivers=["a", "c"])
    assert verdict(both, (12, "b-c", STRIKE)) is BELIED
    assert verdict(both) is BORNE_OUT
    assert verdict(said("reassurance", receivers=["c"])) is UNTESTED  # they face one another only once c has joined
    assert verdict(said("reassurance", receivers=["c"]), joined=9) is BORNE_OUT
    assert verdict(said("reassurance", receivers=["c"]), joined=25) is UNTESTED
    assert verdict(said("reassurance", receivers=["c"]), (12, "a-c", STRIKE), joined=11) is BELIED
    assert verdict(said("reassurance", sender="c", receivers=["a"]), joined=9) is BORNE_OUT
    distant = crisis_of(signals={"word": {"kind": "reassurance", "date": 9, "sender": "a", "receivers": ["c"]}})
    assert verdict(distant) is UNTESTED


def test_a_reassurance_and_war_and_the_horizon() -> None:
    assert verdict(said("reassurance"), wars={"a-b": 12, "b-a": 12}) is BELIED
    assert verdict(said("reassurance"), wars={"a-b": 25, "b-a": 25}) is BORNE_OUT
    assert verdict(said("reassurance"), wars={"a-b": 9, "b-a": 9}) is UNTESTED
    assert verdict(said("reassurance", 46)) is BORNE_OUT
    assert verdict(said("reassurance", 46.2)) is UNTESTED
    assert verdict(said("reassurance").replace("rules.act_window", 3.0), (14, "a-b", STRIKE)) is BORNE_OUT
    assert verdict(said("reassurance").replace("rules.act_window", 0.1), (10, "a-b", STRIKE)) is BELIED


@pytest.mark.parametrize(
    ("acts", "bound", "expected"),
    [
        ((), -1, UNTESTED),  # it was met, or its sender did not wait
        (((12, "a-b", STRIKE),), -1, UNTESTED),
        ((), 20, BELIED),
        (((19, "a-b", STRIKE),), 20, BELIED),
        (((20, "a-b", STRIKE),), 20, BORNE_OUT),
        (((25, "a-b", STRIKE),), 20, BORNE_OUT),  # on the last of its five days
        (((26, "a-b", STRIKE),), 20, BELIED),
        (((22, "a-b", SHOW),), 20, BELIED),
        (((22, "a-b", COVERT),), 20, BELIED),
        ((), 56, UNTESTED),  # due after the horizon
    ],
)
def test_an_ultimatum(acts: Sequence[Act], bound: int, expected: Verdict) -> None:
    ultimatum = said("demand", rung=STRIKE, due=10, or_else=5)
    assert verdict(ultimatum, *acts, bound=bound) is expected
    if bound > 0:
        assert verdict(ultimatum, wars={"a-b": bound + 5, "b-a": bound + 5}, bound=bound) is not BELIED


@pytest.mark.parametrize("kind", ["vow", "threat", "reassurance"])
def test_what_was_not_said(kind: str) -> None:
    assert verdict(said(kind), status=1) is Verdict.NOT_SAID
    assert verdict(said(kind), ended=9) is Verdict.NOT_SAID
    assert verdict(said(kind), ended=10) is not Verdict.NOT_SAID


def test_wars_from_the_start_test_nothing() -> None:
    for kind in ("vow", "threat", "reassurance"):
        at_war = said(kind, fronts={"a-b": {"at_war": True}, "b-a": {"at_war": True}})
        assert verdict(at_war, (12, "b-a", SHOW)) is UNTESTED


def test_days_fall_in_periods_as_the_model_has_them() -> None:
    weekly = said("vow", 10, due=14).replace("period", 7.0)  # said at the end of day 7, due at that of day 21
    assert verdict(weekly, (1, "a-b", STRIKE)) is BORNE_OUT
    assert verdict(weekly, (3, "a-b", STRIKE)) is BORNE_OUT
    assert verdict(weekly, (4, "a-b", STRIKE)) is BELIED
    noon = said("vow", 10.5)  # from noon on it is the next day's
    assert verdict(noon, (10, "a-b", STRIKE)) is BELIED
    assert verdict(noon, (11, "a-b", STRIKE)) is BORNE_OUT
    last = said("vow", 50, due=10).replace("period", 7.0)  # the ninth and last period has four days, and ends on day 60
    assert verdict(last, (9, "a-b", STRIKE)) is BORNE_OUT
    assert verdict(last.replace("signals.word.due", 12.5), (9, "a-b", STRIKE)) is UNTESTED


def heated(*, stake: float = 0.5, **tables: Any) -> Scenario:
    """Crisis in which much happens, of two sides and a patron with a stake in one."""
    return crisis_of(
        "a-b c-b",
        front={"a-b": {"revisionism": 0.7, "fear": 0.3}},
        commitments={"pledge": {"patron": "c", "protege": "b", "adversary": "a", "stake": stake, "strength": 0.2}},
        **tables,
    )


def test_vows_are_kept_and_broken_as_the_model_counts_them() -> None:
    vow = {"kind": "vow", "date": 8, "sender": "a", "receivers": ["b"], "due": 20, "occurred": 0.8}
    ensemble = run(heated(signals={"vow": vow}), runs=RUNS, seed=2, progress=False)
    found = ensemble.words_and_deeds().verdict("vow")
    a = ensemble.actor_ids.index("a")
    kept, broken = (ensemble.outcomes[name][:, a] > 0 for name in ("vows_kept", "vows_broken"))
    assert np.array_equal(found == BORNE_OUT, kept)
    assert np.array_equal(found == BELIED, broken)
    assert min(kept.sum(), broken.sum(), (found == Verdict.NOT_SAID).sum()) > 20
    # A first crossing is not enough to tell.
    first = ensemble.outcomes["crossed"][:, ensemble.front_ids.index("a-b"), ensemble.rung_names.index(STRIKE)]
    assert (kept & (first >= 0) & (first < 8)).sum() > 5


def test_ultimatums_are_kept_and_broken_as_the_model_counts_them() -> None:
    ultimatum = {"kind": "demand", "date": 2, "sender": "b", "receivers": ["a"], "rung": STRIKE, "due": 5, "or_else": 9}
    scenario = heated(signals={"ultimatum": ultimatum})
    ensemble = run(scenario, runs=RUNS, seed=2, progress=False)
    words = ensemble.words_and_deeds()
    assert [(word.actor, word.kind) for word in words.actors] == [("b", "ultimatum")]
    b = ensemble.actor_ids.index("b")
    kept, broken = (ensemble.outcomes[name][:, b] > 0 for name in ("vows_kept", "vows_broken"))
    found = words.verdict("ultimatum")
    assert np.array_equal(found == BORNE_OUT, kept)
    assert np.array_equal(found == BELIED, broken)
    assert min(kept.sum(), broken.sum(), (found == UNTESTED).sum()) > 20
    # Where actors can conciliate, restraint does not meet a demand: it can be broken without anybody's acting.
    able = scenario.replace("rules.conciliation", True).replace("fronts.a-b.revisionism", 0.05)
    still = run(able.replace("fronts.a-b.fear", 0.01), runs=RUNS, seed=2, progress=False)
    nobody = (still.outcomes["crossed"][:, :, 1:] < 0).all(axis=(1, 2))
    broken = still.outcomes["vows_broken"][:, b] > 0
    assert set(still.words_and_deeds().verdict("ultimatum")[broken]) == {BELIED}
    assert (nobody & broken).sum() > 20


def test_threats_are_kept_and_broken_as_the_model_counts_them() -> None:
    threat = {"kind": "threat", "date": 3, "sender": "b", "receivers": ["a"], "due": 12}
    ensemble = run(heated(signals={"threat": threat}), runs=RUNS, seed=2, progress=False)
    found = ensemble.words_and_deeds().verdict("threat")
    b = ensemble.actor_ids.index("b")
    kept, broken = (ensemble.outcomes[name][:, b] > 0 for name in ("vows_kept", "vows_broken"))
    assert np.array_equal(found == BORNE_OUT, kept)
    assert np.array_equal(found == BELIED, broken)
    assert min(kept.sum(), broken.sum(), (found == UNTESTED).sum()) > 20


@pytest.mark.parametrize("terms", [{}, {"begins": 10}, {"lapses": 20}, {"while_below": STRIKE}])
@pytest.mark.parametrize("belligerency", [False, True])
def test_patrons_are_called_as_the_model_counts_it(belligerency: bool, terms: dict[str, Any]) -> None:
    warning = {"kind": "warning", "date": 0, "sender": "c", "receivers": ["a"], "subject": "pledge"}
    scenario = heated(signals={"warning": warning}, rules={"belligerency": belligerency}, stake=0.1)
    for key, value in terms.items():
        scenario = scenario.replace(f"commitments.pledge.{key}", value)
    ensemble = run(scenario, runs=RUNS, seed=2, progress=False)
    found = ensemble.words_and_deeds().verdict("warning")
    (row,) = (k for k, name in enumerate(ensemble.commitment_rows) if name == "pledge:a")
    kept, broken = (ensemble.outcomes[name][:, row] for name in ("kept", "broken"))
    assert np.array_equal(found == BORNE_OUT, kept > 0)
    assert np.array_equal(found == BELIED, (kept == 0) & (broken > 0))
    assert min((found == verdict).sum() for verdict in (BORNE_OUT, BELIED, UNTESTED)) > 5


def test_chance_that_is_drawn_once_a_run_is_that_of_the_run() -> None:
    drawn = {"distribution": "uniform", "low": 3.0, "high": 30.0}
    vow = {"kind": "vow", "date": 8, "sender": "a", "receivers": ["b"], "due": drawn}
    ensemble = run(heated(signals={"vow": vow}), runs=300, seed=2, progress=False)
    found = ensemble.words_and_deeds().verdict("vow")
    assert np.array_equal(found == BELIED, ensemble.outcomes["vows_broken"][:, ensemble.actor_ids.index("a")] > 0)


def test_a_reassurance_is_held_against_the_table_of_events() -> None:
    from escalation.reports.event_table import event_rows, simulate

    scenario = load("july-1914")
    ensemble = run(scenario, runs=100, seed=4, progress=False)
    found = ensemble.words_and_deeds().verdict("serbian-answer")
    signal = scenario.signals["serbian-answer"]
    day, last = scenario.day(signal.date), scenario.day(scenario.as_of) + 1.0 + 14.0
    force = scenario.ladder.names[ensemble.axes.force :]
    for number, verdict in enumerate(found.tolist()):
        path = simulate(scenario, seed=4, run=number)
        acts = [
            row
            for row in event_rows(path)
            if row["source"] == "srb"
            and row["target"] in signal.receivers
            and row.get("rung") in force
            and day - 0.5 < row["day"] <= last
        ]
        fronts = [f"srb-{receiver}" for receiver in signal.receivers]
        wars = [f for f in fronts if f in path.outcome["wars"]]
        started = [path.days[path.outcomes["crossed"][path.front_ids.index(f), -1]] for f in wars]
        assert (verdict == BELIED) == bool(acts or any(d <= last for d in started))
