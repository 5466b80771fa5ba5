"""Plain words for the ids of results: actors, rungs, fronts, events and quantities, as they are printed for people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from escalation.world.commitment import Commitment
from escalation.world.front import actor_and_target
from escalation.world.signal import Signal

if TYPE_CHECKING:
    from escalation.world.event import Event
    from escalation.world.scenario import Scenario

__all__ = [
    "BELIEFS",
    "EVENTS",
    "QUESTIONS",
    "TERMS",
    "BeliefWords",
    "TermWords",
    "actor_name",
    "actor_words",
    "asked_words",
    "date_words",
    "event_words",
    "front_words",
    "item_label",
    "item_words",
    "kind_word",
    "listed",
    "place_words",
    "pledge_words",
    "possessive",
    "rung_words",
    "sentence",
    "signal_words",
    "told_events",
]

EVENTS = {
    "initiation": "somebody chooses force",
    "war": "war, however it comes about",
    "settled": "the crisis settles for now",
    "agreement": "an agreement between two sides",
    "concession": "a concession by one side to another",
    "accident": "war by accident",
    "war:choice": "war that somebody chose",
    "war:brinkmanship": "war out of an exchange of force",
    "war:commitment": "war by an ally's commitment",
}
"""Events whose words hold in every scenario; `event_words` has the others too."""


class TermWords(NamedTuple):
    """A term of a decision: its name in a table, and what speaks for an act of which it is the greater."""

    label: str
    reason: str
    for_war: str = ""
    """What speaks for war, where that is other: war has no replies, and its destruction is in the term of war."""
    over_war: str = ""
    """What speaks for another act rather than for war, where that is something else."""
    if_gain: str = ""
    """What speaks for an act to which the term is a gain, where that is something else than a smaller cost."""


TERMS = {
    "gain": TermWords("gain", "what the act itself gains"),
    "replies": TermWords(
        "replies",
        "better replies to be expected",
        for_war="being spared replies short of war",
        over_war="what replies short of war are expected to bring",
    ),
    "destruction": TermWords(
        "destruction", "less destruction to be expected", for_war="being spared destruction short of war"
    ),
    "war": TermWords(
        "risk of war",
        "smaller losses in a possible war",
        for_war="what it expects of a war that it begins",
        if_gain="what it expects to win in a possible war",
    ),
    "audience": TermWords("audience cost", "what falling short of its vow would cost at home"),
    "belligerence": TermWords("belligerence", "a lower cost of belligerence"),
    "spoiler": TermWords("spoiling", "what escalation as such is worth to it"),
    "bait": TermWords("bait", "not doing what the adversary is believed to want"),
    "first strike": TermWords("striking first", "the advantage of striking first"),
    "face": TermWords("face", "the face that yielding would lose"),
    "concession": TermWords("conciliation", "what mediation and appeals add to conceding, less what it gives away"),
    "threatening": TermWords("cost of a threat", "what a threat would cost at home"),
    "leash": TermWords("own patron", "its patron's wish for restraint"),
    "patrons": TermWords("target's patrons", "being spared a reply by the target's patrons"),
    "honour": TermWords("honour", "its honour, which an unanswered injury would hurt"),
    "pressure": TermWords("pressure at home", "pressure at home to answer an injury"),
    "principal": TermWords("principal", "the interest of its principal"),
}
"""Terms of a decision, by the names that `Explanation` gives them."""


class BeliefWords(NamedTuple):
    """A belief or feeling: its name beside a line, as it is put to its holder, and as it is told of all."""

    label: str
    yours: str
    words: str


BELIEFS = {
    "resolve": BeliefWords("resolve", "that {other} is resolute", "{owns} belief that {other} is resolute"),
    "fear": BeliefWords(
        "fear of attack", "that {other} will attack, whatever you do", "{owns} fear of attack by {other}"
    ),
    "motive": BeliefWords(
        "wish to be struck", "that {other} wants to be struck", "{owns} belief that {other} wants to be struck"
    ),
    "injury": BeliefWords("injury", "injury from {other} that is still open", "{owns} injury from {other}"),
    "credence": BeliefWords("trust in {patron}", "", "{owns} belief that {patron} will come to the aid of {other}"),
    "blame": BeliefWords("blame for {what}", "", "{owns} belief that {other} is to blame for {what}"),
    "honesty": BeliefWords("honesty", "", "belief in {owns} honesty"),
    "pressure": BeliefWords("pressure at home", "", "domestic pressure in {own}"),
    "weakness": BeliefWords("weakness", "", "weakness of {own}"),
}
"""Beliefs and feelings that decisions use, with places for names."""

QUESTIONS = {
    "peak": "the highest rung reached",
    "violence": "the highest level of violence",
    "hostility": "the highest level of hostility",
    "initiation": EVENTS["initiation"],
    "war": EVENTS["war"],
    "agreement": EVENTS["agreement"],
    "concession": EVENTS["concession"],
}
"""What a hindcast asks of a whole crisis."""


def actor_name(scenario: Scenario, actor: str) -> str:
    """Name of an actor to print: its name, or its id."""
    return scenario.actors[actor].name or actor


_TAKE_THE = frozenset(
    (
        *(
            "States",
            "Union",
            "Kingdom",
            "Republic",
            "Federation",
            "Confederation",
            "Commonwealth",
            "Empire",
            "Emirates",
        ),
        *("Government", "Authority", "Council", "Alliance", "Coalition", "League", "Organisation", "Organization"),
        *("Army", "Forces", "Brigades", "Front", "Movement", "Party"),
        *("Houthis", "Taliban", "Netherlands", "Philippines"),
    )
)
"""Words that make a name take an article, since they say what kind of thing it names, or that it is many."""


def actor_words(scenario: Scenario, actor: str) -> str:
    """Name of an actor as it stands in a sentence: with "the" where English asks for it.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> actor_words(crisis, "usa"), actor_words(crisis, "irn")
    ('the United States', 'Iran')
    """
    name = actor_name(scenario, actor)
    return f"the {name}" if _TAKE_THE.intersection(name.split()) and not name.lower().startswith("the ") else name


def sentence(words: str) -> str:
    """Words that begin a sentence.

    Examples
    --------
    >>> sentence("the United States' pledge to Israel")
    "The United States' pledge to Israel"
    """
    return words[:1].upper() + words[1:]


def date_words(date: datetime.date) -> str:
    """Date as words.

    Examples
    --------
    >>> date_words(datetime.date(2024, 8, 5))
    '5 August 2024'
    """
    return f"{date.day} {date:%B %Y}"


def rung_words(rung: str) -> str:
    """Name of a rung or of an option to print.

    Examples
    --------
    >>> rung_words("limited-strike")
    'limited strike'
    """
    return rung.replace("-", " ")


def front_words(front: str, scenario: Scenario) -> str:
    """Front to print: who, an arrow, against whom.

    Examples
    --------
    >>> import escalation as esc
    >>> front_words("irn-isr", esc.load("haniyeh-2024"))
    'Iran → Israel'
    """
    return " → ".join(actor_name(scenario, actor) for actor in actor_and_target(front))


def event_words(event: str, scenario: Scenario) -> str:
    """Event of an ensemble in plain words.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> event_words("rung:limited-strike", crisis)
    'limited strike or worse'
    >>> event_words("joined:usa-isr-hezbollah", crisis)
    'the United States comes to the aid of Israel against Hezbollah'
    """
    event = "accident" if event == "war:accident" else event
    if event in EVENTS:
        return EVENTS[event]
    kind, _, name = event.partition(":")
    if kind == "rung":
        top = name == scenario.ladder.names[-1]
        return f"{rung_words(name)} (the top rung)" if top else f"{rung_words(name)} or worse"
    if kind == "agreement":
        return f"an agreement between {' and '.join(actor_words(scenario, actor) for actor in actor_and_target(name))}"
    if kind == "concession":
        actor, target = (actor_words(scenario, one) for one in actor_and_target(name))
        return f"a concession by {actor} to {target}"
    if kind == "joint":
        names = [actor_words(scenario, actor) for actor in name.split("+")]
        which = "" if len(names) == 2 else "two of "
        whom = "the same adversary at about the same time"
        return f"{which}{', '.join(names[:-1])} and {names[-1]} use force on {whom}"
    if kind == "joined":
        return _joined_words(name, scenario)
    return f"{actor_words(scenario, name)} breaks a vow" if name in scenario.actors else event


def _joined_words(row: str, scenario: Scenario) -> str:
    """That a patron joins; with the id of its pledge where it has made another with the same words."""
    commitment, _, named = row.partition(":")
    pledge = scenario.commitments[commitment]
    protege, _, adversary = named.rpartition("-")  # the protégé is named where there are several
    words = _aid_words(pledge, scenario, protege=protege or None, adversary=adversary or None)
    same = [
        each for each in scenario.commitments.values() if _aid_words(each, scenario) == _aid_words(pledge, scenario)
    ]
    return words if len(same) == 1 else f"{words} ({commitment})"


def _aid_words(
    pledge: Commitment, scenario: Scenario, *, protege: str | None = None, adversary: str | None = None
) -> str:
    proteges = (protege,) if protege else pledge.proteges
    against = adversary or pledge.adversary
    aided = " or ".join(actor_words(scenario, one) for one in proteges)
    whom = f" against {actor_words(scenario, against)}" if against else ""
    return f"{actor_words(scenario, pledge.patron)} comes to the aid of {aided}{whom}"


def told_events(events: Iterable[str], scenario: Scenario) -> list[str]:
    """Events that a table tells of: all but the top rung of the ladder, for that is war, which has a row.

    Examples
    --------
    >>> import escalation as esc
    >>> told_events(["war", "rung:display", "rung:war"], esc.load("haniyeh-2024"))
    ['war', 'rung:display']
    """
    top = f"rung:{scenario.ladder.names[-1]}"
    return [event for event in events if event != top]


def asked_words(event: str, scenario: Scenario, *, actor: str | None, target: str | None) -> str:
    """Event of an ensemble in plain words, with whose acts count, against whom.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> asked_words("initiation", crisis, actor="irn", target="isr")
    'Iran chooses force against Israel'
    >>> asked_words("rung:major-strike", crisis, actor=None, target="isr")
    'major strike or worse against Israel'
    >>> asked_words("accident", crisis, actor="irn", target=None)
    'war by accident, in which Iran takes part'
    """
    words = event_words(event, scenario)
    if actor is None and target is None:
        return words
    names = [actor_words(scenario, name) for name in (actor, target) if name is not None]
    whom = f" against {names[-1]}" if target is not None else ""
    if event == "initiation":
        return f"{names[0] if actor is not None else 'somebody'} chooses force{whom}"
    if event.startswith("rung:"):
        return f"{words}{f' by {names[0]}' if actor is not None else ''}{whom}"
    if event == "agreement" and len(names) == 2:
        return f"an agreement between {' and '.join(names)}"
    if event == "agreement":
        return f"an agreement with {names[0]}"
    if event == "concession":
        by = f" by {names[0]}" if actor is not None else ""
        return f"a concession{by}{f' to {names[-1]}' if target is not None else ''}"
    if event in ("war", "accident") or event.startswith("war:"):
        pair = len(names) == 2
        return f"{words}, between {' and '.join(names)}" if pair else f"{words}, in which {names[0]} takes part"
    return f"{words} ({f'by {names[0]}' if actor is not None else ''}{whom})".replace("( ", "(")


def possessive(name: str) -> str:
    """Name with the ending of what belongs to it.

    Examples
    --------
    >>> possessive("Iran"), possessive("United States")
    ("Iran's", "United States'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def counted(number: float, noun: str) -> str:
    """Number of things.

    Examples
    --------
    >>> counted(1, "run"), counted(10_000, "run"), counted(1, "pair"), counted(0.5, "day")
    ('1 run', '10,000 runs', '1 pair', '0.5 days')
    """
    written = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{written} {noun}{'' if number == 1 else 's'}"


def listed(names: Iterable[str]) -> str:
    """Names in a row, the last after "and".

    Examples
    --------
    >>> listed(["Iran", "Hamas", "Hezbollah"])
    'Iran, Hamas and Hezbollah'
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def item_words(name: str, scenario: Scenario) -> str:
    """Signal, event, commitment or occasion in words that can stand in a sentence: its title, or its kind and actors.

    What is none of these stays as it is.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> item_words("threat", crisis), item_words("alliance", crisis)
    ("defender's threat against challenger on day 2", "patron's pledge to defender")
    """
    part = scenario.signals.get(name) or scenario.events.get(name) or scenario.commitments.get(name)
    if part is None:
        said = [each for each in scenario.signals.values() if each.occasion == name]
        return _occasion_words(said, scenario) if said else name
    return part.title or _made_words(part, scenario)


def item_label(name: str, scenario: Scenario) -> str:
    """Words of an item as they stand alone, without an article.

    Examples
    --------
    >>> import escalation as esc
    >>> item_label("haniyeh-killed", esc.load("haniyeh-2024"))
    'killing of Haniyeh in Tehran'
    """
    return item_words(name, scenario).removeprefix("the ")


def _made_words(part: Signal | Event | Commitment, scenario: Scenario) -> str:
    """Kind, actors and day of an item."""

    def named(actors: Iterable[str]) -> str:
        return listed(actor_words(scenario, actor) for actor in actors)

    if isinstance(part, Signal):
        return signal_words(part, scenario)
    if isinstance(part, Commitment):
        return pledge_words(part, scenario)
    day = f"on day {scenario.day(part.date):g}"
    if part.kind == "mediation":
        return f"the mediation between {named(part.parties)} {day.replace('on', 'from', 1)}"
    if part.kind == "internal-shock":
        return f"the shock inside {actor_words(scenario, part.actor)} {day}"
    victims = named(victim.actor for victim in part.victims)
    if part.kind == "accident":
        return f"{possessive(actor_words(scenario, part.actor))} accident that hurt {victims} {day}"
    if part.rung is not None and part.author is not None:
        return f"{possessive(actor_words(scenario, part.author))} {rung_words(part.rung)} against {victims} {day}"
    return f"the act that hurt {victims} {day}"


def kind_word(signal: Signal) -> str:
    """Kind of a signal in a word; a demand that says what follows if it is not met is an ultimatum.

    Examples
    --------
    >>> import escalation as esc
    >>> kind_word(esc.load("haniyeh-2024").signals["us-private-warning"])
    'warning'
    """
    return signal.kind.value if signal.or_else is None else "ultimatum"


def signal_words(signal: Signal, scenario: Scenario) -> str:
    """Who said what to whom, in private or not, and when; of a withdrawal, what it takes back.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> signal_words(crisis.signals["us-private-warning"], crisis)
    "the United States' private warning to Iran on day 2"
    """
    kind = kind_word(signal)
    private = "private " if signal.channel == "private" else ""
    receivers = listed(actor_words(scenario, actor) for actor in signal.receivers)
    about = signal.subject if signal.subject in scenario.actors else None
    whom = f"to {receivers}"
    if kind in ("threat", "vow"):
        whom = f"against {actor_words(scenario, about or signal.receivers[0])}"
    elif kind == "appeal":
        whom = f"for restraint to {receivers}"
    elif kind == "disclosure" and about is not None:
        whom = f"{whom} of what {actor_words(scenario, about)} wants"
    elif kind == "authorisation" and about is not None:
        whom = f"{whom} to act against {actor_words(scenario, about)}"
    elif kind == "reassurance" and about is not None:
        whom = f"{whom} about {actor_words(scenario, about)}"
    elif kind == "withdrawal" and (word := scenario.signals.get(signal.subject or "")) is not None:
        whom = f"of {word.title or _own_word(word)}, told to {receivers},"
    sender = possessive(actor_words(scenario, signal.sender))
    return f"{sender} {private}{kind} {whom} on day {scenario.day(signal.date):g}"


def _own_word(signal: Signal) -> str:
    """What its sender takes back, as told of that sender."""
    return "its leave to act" if kind_word(signal) == "authorisation" else f"its {kind_word(signal)}"


def pledge_words(pledge: Commitment, scenario: Scenario) -> str:
    """Whose pledge it is, to whom, against whom, and whether it holds only where the protégé is attacked.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> pledge_words(crisis.commitments["irn-hzb"], crisis)
    "Iran's conditional pledge to Hezbollah against Israel"
    """
    conditional = "conditional " if pledge.conditional else ""
    proteges = listed(actor_words(scenario, one) for one in pledge.proteges)
    against = f" against {actor_words(scenario, pledge.adversary)}" if pledge.adversary else ""
    return f"{possessive(actor_words(scenario, pledge.patron))} {conditional}pledge to {proteges}{against}"


def _occasion_words(signals: list[Signal], scenario: Scenario) -> str:
    senders, receivers = (
        listed(dict.fromkeys(actor_words(scenario, actor) for actor in actors))
        for actors in ([each.sender for each in signals], [one for each in signals for one in each.receivers])
    )
    kinds = listed(dict.fromkeys(each.kind.value for each in signals))
    return f"what {senders} said to {receivers} on day {scenario.day(signals[0].date):g} ({kinds})"


def place_words(place: str, scenario: Scenario) -> str:
    """Quantity of a scenario to print, by its place in the file; a name that is no such place stays as it is.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("haniyeh-2024")
    >>> place_words("fronts.irn-isr.audience_cost", crisis), place_words("actors.usa.honesty", crisis)
    ('Iran → Israel: audience cost', 'United States: honesty')
    >>> place_words("rules.leash", crisis), place_words("the beliefs", crisis)
    ('rule: leash', 'the beliefs')
    """
    table, _, rest = place.partition(".")
    row, _, name = rest.partition(".")
    quantity = name.replace("_", " ").replace(".", ", ")
    if table == "rules" and row:
        return f"rule: {rest.replace('_', ' ')}"
    if table == "actors" and row in scenario.actors:
        return _of(actor_name(scenario, row), quantity)
    if table == "fronts" and row in scenario.fronts:
        return _of(front_words(row, scenario), quantity)
    items = {"commitments": [*scenario.commitments], "signals": [*scenario.signals], "events": [*scenario.events]}
    if row in items.get(table, ()):
        return _of(item_label(row, scenario), quantity)
    return place


def _of(thing: str, quantity: str) -> str:
    """A quantity of a thing; without one, all of its quantities."""
    return f"{thing}: {quantity}" if quantity else thing
