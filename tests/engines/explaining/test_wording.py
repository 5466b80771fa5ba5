from __future__ import annotations

from dataclasses import replace

import pytest

from escalation.engines.explaining.explain import decisions
from escalation.engines.explaining.explanation import Change, Explanation, Move, change_text, move_text, sentences
from escalation.engines.simulate import simulate
from escalation.files import library_names, load
from escalation.world.plain_words import TERMS, date_words, rung_words

EITHER = "restraint or conciliation"


def chosen(explanation: Explanation, name: str, **changed: float) -> Explanation:
    """Explanation had another act been chosen, with other probabilities by act."""
    acts = tuple(
        replace(act, chosen=act.name == name, probability=changed.get(act.name, act.probability))
        for act in explanation.acts
    )
    return replace(explanation, acts=acts)


def test_it_says_when_who_what_and_how_likely(threat: Explanation) -> None:
    did, odds, *_ = sentences(threat)
    act = rung_words(threat.chosen.name)
    assert did == f"On {date_words(threat.date)} {threat.actor_name} chose {act} against {threat.target_name}."
    chosen, restraint = threat.chosen.probability, threat.restraint.probability
    assert odds == f"The probability of this was {chosen:.2f}, and of restraint {restraint:.2f}."
    assert threat.sentence == " ".join(sentences(threat))


def test_the_two_greatest_differences_from_restraint_are_the_reasons(threat: Explanation) -> None:
    gaps = {term: threat.chosen.terms[term] - threat.restraint.terms[term] for term in threat.chosen.terms}
    first, second, *_ = sorted(gaps, key=lambda name: -gaps[name])
    assert gaps[second] > 0.005
    said = sentences(threat)
    told = f"What counted most for it, rather than for restraint, was {TERMS[first].reason} ({gaps[first]:.2f} stakes)."
    assert said[said.index(told) + 1] == f"Next came {TERMS[second].reason} ({gaps[second]:.2f} stakes)."


def with_terms(explanation: Explanation, **acts: dict[str, float]) -> Explanation:
    """Explanation had these acts some terms above 0 or below, and all else nothing."""
    nothing = dict.fromkeys(explanation.restraint.terms, 0.0)
    weighed = tuple(replace(act, terms=nothing | acts.get(act.name, {})) for act in explanation.acts)
    return replace(explanation, acts=weighed)


def test_war_is_credited_with_no_replies_and_with_no_destruction_short_of_war(threat: Explanation) -> None:
    costly = with_terms(threat, restraint={"replies": -0.3, "destruction": -0.2, "war": -0.4}, war={"war": -0.5})
    said = sentences(chosen(costly, "war"))
    counted = (
        "What counted most for it, rather than for restraint, was being spared replies short of war (0.30 stakes)."
    )
    assert said[said.index(counted) + 1] == "Next came being spared destruction short of war (0.20 stakes)."


@pytest.mark.parametrize("outcome", [-0.1, 0.3])
def test_war_that_looks_better_than_restraint_is_its_own_reason(threat: Explanation, outcome: float) -> None:
    hopeful = with_terms(threat, restraint={"war": -0.2}, war={"war": outcome})
    told = f"was what it expects of a war that it begins ({outcome + 0.2:.2f} stakes)."
    assert any(each.endswith(told) for each in sentences(chosen(hopeful, "war")))


def test_restraint_is_not_said_to_have_better_replies_than_war(threat: Explanation) -> None:
    conciliated = with_terms(threat, restraint={"replies": 0.3, "war": -0.1}, war={"war": -0.3})
    said = sentences(chosen(conciliated, "restraint", restraint=0.9, war=0.8))
    counted = "What counted most for it, rather than for war, was what replies short of war are expected to bring"
    assert f"{counted} (0.30 stakes)." in said
    assert "Next came smaller losses in a possible war (0.20 stakes)." in said


def test_hope_of_winning_a_possible_war_is_no_smaller_loss(threat: Explanation) -> None:
    hopeful = with_terms(threat, **{"limited-strike": {"war": 0.2}})
    said = sentences(chosen(hopeful, "limited-strike"))
    assert any(each.endswith("was what it expects to win in a possible war (0.20 stakes).") for each in said)


def test_an_act_is_war_where_there_is_no_reply_to_it(threat: Explanation) -> None:
    assert [act.name for act in threat.acts if act.is_war] == ["war"]


def test_every_term_has_words(threat: Explanation) -> None:
    assert TERMS.keys() == threat.chosen.terms.keys()
    assert len({term.label for term in TERMS.values()}) == len(TERMS)


def test_restraint_is_set_against_the_likeliest_other_act(threat: Explanation) -> None:
    said = sentences(chosen(threat, "restraint", restraint=0.9, display=0.05, threat=0.01))
    others = [act for act in threat.acts if act.name not in ("restraint", "display", "threat")]
    runner_up = max([("display", 0.05), *((act.name, act.probability) for act in others)], key=lambda pair: pair[1])
    assert said[0].endswith(f"chose restraint towards {threat.target_name}.")
    assert said[1] == "The probability of this was 0.90."
    assert said[2].startswith(f"What counted most for it, rather than for {rung_words(runner_up[0])}, was ")
    assert said[-1] == "As things were, restraint was likeliest."
    assert not any("rivate reasons" in each for each in said)


def test_private_reasons_are_told(threat: Explanation) -> None:
    tipped = "Private reasons, which the model draws by chance, tipped the choice."
    said = sentences(chosen(threat, "war", restraint=0.1, display=0.8))
    assert said[2:4] == ("Likelier was display, at 0.80.", tipped)
    said = sentences(chosen(threat, "war", restraint=0.9))
    assert said[2] == tipped
    assert said[-1] == "As things were, restraint was likeliest."
    assert tipped not in sentences(chosen(threat, "war", war=0.99))


def test_nothing_may_count_for_an_act(threat: Explanation) -> None:
    nothing = dict.fromkeys(threat.restraint.terms, 0.0)
    acts = tuple(replace(act, terms=nothing) for act in threat.acts)
    assert "Nothing that it weighed counted for it rather than for restraint." in sentences(replace(threat, acts=acts))


def test_one_reason_may_be_all_there_is(threat: Explanation) -> None:
    nothing = dict.fromkeys(threat.restraint.terms, 0.0)
    acts = tuple(
        replace(act, terms=nothing | {"gain": 0.3, "face": 0.004} if act.chosen else nothing) for act in threat.acts
    )
    said = sentences(replace(threat, acts=acts))
    assert "What counted most for it, rather than for restraint, was what the act itself gains (0.30 stakes)." in said
    assert not any(each.startswith("Next came") for each in said)


def test_it_may_be_that_nothing_alone_would_do(threat: Explanation) -> None:
    alone = f"No change that was tried, of one signal, belief or parameter alone, would have made {EITHER} likeliest."
    assert sentences(replace(threat, changes=()))[-1] == alone


def test_nothing_is_said_of_signals_that_were_not_left_out(threat: Explanation) -> None:
    alone = f"No change that was tried, of one belief or parameter alone, would have made {EITHER} likeliest."
    assert sentences(replace(threat, changes=(), signals=()))[-1] == alone


def test_what_was_chosen_never_had_a_probability_of_nought(threat: Explanation) -> None:
    said = sentences(chosen(threat, "war", war=0.0049, restraint=0.9951))
    assert said[1] == "The probability of this was below 0.01, and of restraint above 0.99."
    assert sentences(chosen(threat, "war", war=0.005, restraint=0.9949))[1].endswith("0.01, and of restraint 0.99.")


@pytest.mark.parametrize("name", library_names())
def test_no_sentence_is_long_in_any_scenario_of_the_library(name: str) -> None:
    path = simulate(load(name), seed=1, run=3, engine="mesa")
    listed = decisions(path)
    highest = max(listed, key=lambda row: row.rung)
    (found,) = path.explain(highest.day, highest.actor, target=highest.target)
    said = [
        *sentences(found),
        *(f"{row.act.capitalize()} would have been likeliest had {change_text(row)}." for row in found.changes),
    ]
    assert not [each for each in said if len(each.split()) > 30]
    ids = {*path.front_ids, *path.scenario.signals, *path.scenario.events, *path.scenario.commitments}
    shown = [*said, *(belief.words for belief in found.beliefs), *(belief.moved_by for belief in found.beliefs)]
    assert not [(each, one) for each in shown for one in ids if "-" in one and one in each.split()]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("signal", "vow", "a's vow", 1.0, 0.0, 1.0, "share", 0.5, 0.0), "a's vow been left unsaid"),
        (
            Change("belief", "x", "a's fear", 0.5, 0.2549, 0.2451, "share", 0.5, 0.25),
            "a's fear been 0.25 instead of 0.50",
        ),
        (
            Change("parameter", "x", "a's honour", 0.6, 0.6004, 0.0004, "stakes", 0.5, 0.601),
            "a's honour been 0.601 stakes instead of 0.600",
        ),
        (
            Change(
                "parameter", "rules.patron_reply", "the weight of patrons' replies", 0.5, 0.8, 0.3, "weight", 0.5, 0.8
            ),
            "the weight of patrons' replies been 0.80 instead of 0.50",
        ),
    ],
)
def test_words_of_a_change(change: Change, words: str) -> None:
    assert change_text(change) == words


def test_the_smallest_change_comes_last(threat: Explanation) -> None:
    told = change_text(threat.changes[0])
    assert sentences(threat)[-1] == f"Conciliation would have been likeliest had {told}."


def test_where_actors_cannot_conciliate_only_restraint_is_asked_for(threat: Explanation) -> None:
    acts = tuple(act for act in threat.acts if act.name != "conciliation")
    assert sentences(replace(threat, acts=acts, changes=()))[-1].endswith("would have made restraint likeliest.")


def test_conciliation_that_was_likeliest_is_said_to_be_so(threat: Explanation) -> None:
    said = sentences(chosen(threat, "war", conciliation=0.9))
    assert said[-1] == "As things were, conciliation was likeliest."


def test_words_of_a_move() -> None:
    assert move_text(Move("signal", "vow", 3.0, 0.5, 0.75)) == "vow +0.25 (day 3)"
    vow = Move("signal", "vow", 3.0, 0.5, 0.75, "Iran's vow")
    assert move_text(vow) == "Iran's vow +0.25 (day 3)"
    assert move_text(Move("fading", "", 3.5, 0.5, 0.25)) == "fading -0.25 (day 3.5)"
