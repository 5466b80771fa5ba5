"""Names that users give, in figures: as they are written, dollar signs included, and no longer than there is room for.

Matplotlib takes what stands between two dollar signs for mathematics. Tables have names whole.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from escalation.errors import StudyError
from escalation.world.plain_words import actor_name, rung_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from escalation.world.scenario import Scenario

__all__ = ["NAME", "as_plain", "as_written", "rung_label", "shortened", "with_short_names"]

NAME = 40
"""Letters of an actor's name that a figure has room for: two lines beside the axes."""
_TITLE = 80
"""Letters of the title of a signal, an event or a commitment."""
_RUNG = 30

P = ParamSpec("P")
R = TypeVar("R")


def as_written(draw: Callable[P, R]) -> Callable[P, R]:
    """Have a figure write every text as it is, though it has dollar signs.

    Parameters
    ----------
    draw
        Function of a figure, which returns the axes drawn in, or several. Texts that stand in the axes it is given
        stay as they are.
    """
    taken = next(iter(inspect.signature(draw).parameters.values()))

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        if args or taken.name in kwargs:
            _check_taken(draw.__name__, taken, args[0] if args else kwargs[taken.name])
        given: Any = kwargs.get("ax") or kwargs.get("axs") or ()
        before = [(text, text.get_text()) for text in _texts(given)]
        found = draw(*args, **kwargs)
        as_plain(text for text in _texts(found) if (text, text.get_text()) not in before)
        return found

    return drawn


def _check_taken(figure: str, taken: inspect.Parameter, given: object) -> None:
    """Refuse what a figure is not drawn from.

    Its class is known by name, since figures load none of the classes that they are drawn from.

    Raises
    ------
    StudyError
        If it is of another class than the annotation has.
    """
    names = str(taken.annotation).split(" | ")
    if not all(name.isidentifier() for name in names):
        return
    if not {one.__name__ for one in type(given).__mro__} & {*names}:
        kind = type(given).__name__
        raise StudyError(f"plot.{figure} draws {' or '.join(names)}; {taken.name} is of the class {kind}")


def as_plain(texts: Iterable[Text]) -> None:
    """Take no dollar sign of these texts for one of mathematics."""
    for text in texts:
        if "$" in text.get_text():  # any other stays open to what a user may write there instead
            text.set_parse_math(False)


def _texts(axs: Any) -> list[Text]:
    from matplotlib.text import Text

    several: Sequence[Axes] = list(axs) if hasattr(axs, "__iter__") else [axs]
    return [text for ax in several for text in ax.findobj(Text)]


def shortened(words: str, most: int = NAME) -> str:
    """Words with an ellipsis for what there is no room for.

    Parameters
    ----------
    words
        Words on one line.
    most
        Letters that there is room for.

    Examples
    --------
    >>> shortened("Democratic Republic of Patronia", 20)
    'Democratic Republic…'
    """
    if len(words) <= most:
        return words
    cut = words[:most].rfind(" ")  # after a whole word, unless that leaves out much
    return f"{words[: cut if cut > 0.7 * most else most - 1].rstrip()}…"


def rung_label(rung: str) -> str:
    """Name of a rung or an option to print in a figure.

    Examples
    --------
    >>> rung_label("limited-strike")
    'limited strike'
    """
    return shortened(rung_words(rung), _RUNG)


def with_short_names(scenario: Scenario) -> Scenario:
    """Scenario whose names a figure has room for; itself, where it has for all of them.

    Two names that begin alike stay two: they end in the actors' ids.

    Parameters
    ----------
    scenario
        Scenario to take words from. Nothing but words may be taken from what is returned.

    Examples
    --------
    >>> import escalation as esc
    >>> crisis = esc.load("two-state-deterrence")
    >>> with_short_names(crisis) is crisis
    True
    """
    whole = {actor: actor_name(scenario, actor) for actor in scenario.actors}
    short = {actor: shortened(name) for actor, name in whole.items()}
    changed: dict[str, Any] = {}
    if short != whole:
        told = list(short.values())
        changed["actors"] = {
            actor: part.model_copy(
                update={"name": _told_apart(actor, whole[actor], twice=told.count(short[actor]) > 1)}
            )
            for actor, part in scenario.actors.items()
        }
    for table in ("signals", "events", "commitments"):
        parts: dict[str, Any] = getattr(scenario, table)
        long = {name: part for name, part in parts.items() if len(part.title or "") > _TITLE}
        if long:
            titles = {
                name: part.model_copy(update={"title": shortened(part.title, _TITLE)}) for name, part in long.items()
            }
            changed[table] = {**parts, **titles}
    return scenario.model_copy(update=changed) if changed else scenario


def _told_apart(actor: str, name: str, *, twice: bool) -> str:
    """Short name of an actor, with its id where another one's is the same."""
    short = shortened(name)
    if not twice or short == name:
        return short
    own = shortened(actor, NAME // 2)
    return f"{shortened(name, NAME - len(own) - 3)} ({own})"
