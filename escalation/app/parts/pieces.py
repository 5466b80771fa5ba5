"""Small components that several parts of the page use."""

from __future__ import annotations

import base64
import binascii
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from typing import Any

import solara
from solara.alias import rv

from escalation.app import markup
from escalation.app.downloads import Offer
from escalation.app.session import whole_number
from escalation.app.study import Study
from escalation.app.workshop import Job
from escalation.errors import EscalationError

__all__ = [
    "Card",
    "Choose",
    "Downloads",
    "Html",
    "Player",
    "Progress",
    "Slider",
    "Upload",
    "WholeNumber",
    "use_made",
]

_LOG = logging.getLogger("escalation.app")


def Html(inner: str, *, tag: str = "div", classes: str = "", attributes: dict[str, str] | None = None) -> Any:
    """HTML whose text has been escaped."""
    return solara.HTML(tag=tag, unsafe_innerHTML=inner, classes=classes.split(), attributes=attributes)


@solara.component
def Card(title: str = "", children: Sequence[Any] = (), classes: str = "") -> None:
    """A part of the page with a heading."""
    with rv.Html(tag="section", class_=f"esc-card {classes}"):
        if title:
            solara.HTML(tag="h2", unsafe_innerHTML=title)
        rv.Html(tag="div", children=list(children))


def use_made(make: Callable[[], Any], dependencies: Sequence[Any], *, apart: bool = False) -> tuple[Any, str]:
    """Make something in the background, so that the page stays usable; its value, once there is one, or an error.

    Where a dependency changes it is made anew, and until then it is None. What is no longer asked for is dropped.

    Parameters
    ----------
    make
        Makes it.
    dependencies
        All that decides what is made.
    apart
        Whether another process may make it; see `escalation.app.workshop.Job`.
    """
    # Solara's own hook draws the page anew at each stage on the way, and waits for what is no longer asked for.
    asked = solara.use_memo(object, [*dependencies])
    made, set_made = solara.use_state((None, None, ""))

    def begin() -> Callable[[], None]:
        job = Job(make, apart=apart)

        def work() -> None:
            value, error = None, ""
            try:
                value = job.result()
            except CancelledError:
                return
            except EscalationError as fault:
                error = str(fault)
            except Exception as fault:  # noqa: BLE001 - whatever it is, the page says so and goes on
                _LOG.exception("something could not be made for the page")
                error = f"{type(fault).__name__}: {fault}"
            if not job.dropped:
                set_made((asked, value, error))

        threading.Thread(target=work, name="escalation-made", daemon=True).start()
        return job.drop

    solara.use_effect(begin, [asked])
    return (made[1], made[2]) if made[0] is asked else (None, "")


@solara.component_vue("number.vue", vuetify=False)
def _Number(label: str, value: str, wrong: str, event_changed: Callable[[str], None]) -> None:
    """Field for a number, told of when it is left or Enter is pressed."""


@solara.component
def WholeNumber(label: str, value: int, on_value: Callable[[int], None], most: int, least: int = 0) -> None:
    """A field for a whole number; what is none is said and not taken."""
    wrong, set_wrong = solara.use_state("")

    def typed(text: Any) -> None:
        number = whole_number(str(text), least=least, most=most)
        set_wrong("" if number is not None else f"a whole number from {least:,} to {most:,}; {value:,} still counts")
        if number is not None:
            on_value(number)

    _Number(label=label, value=str(value), wrong=wrong, event_changed=typed)


@solara.component_vue("range.vue", vuetify=False)
def _Range(
    label: str, value: float, min: float, max: float, step: float, digits: int,  # noqa: A002 - as HTML has them
    event_changed: Callable[[float], None],
) -> None:  # fmt: skip
    """Slider, told of when it has rested for a moment."""


def Slider(
    label: str,
    value: float,
    on_value: Callable[[float], None],
    *,
    ends: tuple[float, float],
    step: float,
    digits: int = 0,
) -> Any:
    """A slider; where digits are asked for it says where it stands.

    Parameters
    ----------
    label
        What it moves, for those who do not see it.
    value
        Where it stands.
    on_value
        Called with where it has been moved to, within its ends.
    ends, step
        From where to where it goes, and how far at a time.
    digits
        Significant digits of what it says.
    """
    low, high = ends

    def moved(place: Any) -> None:
        if isinstance(place, (int, float)) and low <= place <= high:
            on_value(float(place))

    return _Range(label=label, value=value, min=low, max=high, step=step, digits=digits, event_changed=moved)


@solara.component_vue("player.vue", vuetify=False)
def _Player(
    period: int, last: int, playing: bool, pause: float, event_go: Callable[[dict[str, Any]], None],
    event_toggle: Callable[[Any], None],
) -> None:  # fmt: skip
    """Clock and keys, which ask for one step after another."""


def Player(
    period: int, last: int, *, playing: bool, pause: float, on_go: Callable[[int], None], on_toggle: Callable[[], None]
) -> Any:
    """What steps through a run: a clock while it is played, and the keys space, left and right; nothing to be seen.

    Parameters
    ----------
    period, last
        Where the run is, and its last period.
    playing
        Whether it goes on by itself.
    pause
        Seconds from one step to the next.
    on_go
        Called with the period to go to. A step of the clock is left out where the run has gone elsewhere meanwhile.
    on_toggle
        Called where it is to be played or paused.
    """

    def went(asked: Any) -> None:
        to, ticked = (asked.get("to"), asked.get("ticked")) if isinstance(asked, dict) else (None, None)
        late = ticked and not (playing and to == period + 1)
        if isinstance(to, int) and 0 <= to <= last and not late:
            on_go(to)

    return _Player(
        period=period, last=last, playing=playing, pause=1000.0 * pause, event_go=went,
        event_toggle=lambda _: on_toggle(),
    )  # fmt: skip


@solara.component
def Choose(label: str, rows: Sequence[tuple[str, str]], value: str, on_value: Callable[[str], None]) -> None:
    """A list to choose from: values and their words."""
    items = [{"value": key, "text": words} for key, words in rows]
    rv.Select(
        label=label, items=items, v_model=value, on_v_model=on_value, dense=True, outlined=True, hide_details=True,
        class_="esc-choose", menu_props={"offsetY": True},
    )  # fmt: skip


@solara.component
def Downloads(offers: Sequence[Offer]) -> None:
    """A button for each file on offer; it is made when it is asked for."""
    with rv.Html(tag="div", class_="esc-downloads"):
        for offer in offers:
            with solara.FileDownload(offer.content, filename=offer.file, mime_type=offer.mime).key(offer.file):
                solara.Button(offer.label, icon_name="mdi-download", outlined=True, small=True)


def Progress(what: str, study: Study[Any] | None, on_end: Callable[[], None]) -> None:
    """How far a study is, with a button that ends it; why it failed; or that nothing was finished before its end.

    Nothing is shown where there is no study, or where it has a result.
    """
    if study is None:
        return
    if not study.over:
        _Waiting(what, study.done, study.total, study.cancelled, on_end)
    elif study.error:
        Html(markup.message(study.error), classes="esc-refusal", attributes={"role": "alert"})
    elif study.result is None:
        Html("<p role='status'>Cancelled before the first runs were finished.</p>")


@solara.component
def _Waiting(what: str, done: int, total: int, cancelled: bool, on_cancel: Callable[[], None]) -> None:
    """How far a study is, with a button that ends it."""
    with rv.Html(tag="div", class_="esc-waiting"):
        rv.ProgressLinear(
            value=100.0 * done / max(total, 1), indeterminate=total == 0, height=6, rounded=True,
            attributes={"aria-label": f"progress of {what}"},
        )  # fmt: skip
        if cancelled:
            words = "Ending: waiting for what is being played."
        elif total > 0:
            words = f"{done:,} of {total:,} runs"
        else:
            words = "Getting the model ready. The first time on a machine it is compiled, which takes some seconds."
        Html(words, tag="p", attributes={"role": "status"})
        solara.Button("Cancel", on_click=on_cancel, outlined=True, small=True, disabled=cancelled)


@solara.component_vue("upload.vue", vuetify=False)
def _Upload(label: str, accept: str, most: int, event_sent: Callable[[dict[str, str]], None]) -> None:
    """Field for a file, by choosing or dropping it."""


def Upload(label: str, *, accept: str, most: int, on_file: Callable[[str, bytes], None]) -> Any:
    """A field for a file of at most so many bytes; too large a one is not even sent.

    Parameters
    ----------
    label
        What it asks for.
    accept
        Endings that are offered first.
    most
        Most bytes.
    on_file
        Called with the name of a file and its bytes, of which nothing has been checked.
    """

    def sent(data: Any) -> None:
        if isinstance(data, dict) and isinstance(data.get("content"), str):
            try:
                content = base64.b64decode(data["content"], validate=True)
            except binascii.Error:
                return
            on_file(str(data.get("name", ""))[:200] or "the file", content)

    return _Upload(label=label, accept=accept, most=most, event_sent=sent)
