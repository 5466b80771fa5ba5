"""A figure with what is laid over it, and a button that saves it as a picture."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import solara
from solara.alias import rv

from escalation.app.parts.pieces import Html, use_made
from escalation.app.pictures import KINDS, MIME, Source, file_name, picture
from escalation.app.plates import Drawing, Plate
from escalation.app.plates import plate as plate_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Figure"]


@solara.component
def Figure(
    drawing: Drawing,
    dependencies: Sequence[Any],
    source: Source,
    overlay: Callable[[Plate], str] | None = None,
    amend: Callable[[Axes], object] | None = None,
    classes: str = "",
) -> None:
    """A figure, drawn in the background, and what is laid over it; it can be saved, amended to show the same."""
    plate, error = use_made(partial(plate_of, drawing), dependencies, apart=True)
    with rv.Html(tag="div"):
        with (
            rv.Html(tag="div", class_="esc-wide"),
            rv.Html(tag="div", class_=f"esc-figure {classes}", style_="" if plate is None else plate.room),
        ):
            if plate is None:
                Html(escape(error) or "Drawing…", classes="esc-drawing", attributes={"role": "status"})
            else:
                Html(plate.svg)
                if overlay is not None:
                    Html(overlay(plate), classes="esc-overlay")
        if plate is not None:
            _SavePicture(drawing, source, amend)


@solara.component
def _SavePicture(drawing: Drawing, source: Source, amend: Callable[[Axes], object] | None = None) -> None:
    """A choice of three kinds of file; one is made when it is asked for."""
    asked, set_asked = solara.use_state(("", 0))
    kind, number = asked

    def make() -> str:
        return base64.b64encode(picture(drawing, source, kind, amend=amend)).decode() if kind else ""

    content, error = use_made(make, [asked])

    def ask(wanted: Any) -> None:
        if wanted in KINDS:
            set_asked((str(wanted), number + 1))

    waiting = bool(kind) and not content and not error
    said = "Drawing the picture…" if waiting else f"The picture could not be made: {error}" if error else ""
    _Picture(
        label="Save picture", what=drawing.says, kinds=list(KINDS), waiting=waiting, said=said,
        content=content or "", file=file_name(source, kind or KINDS[0]), mime=MIME[kind or KINDS[0]],
        event_ask=ask, event_done=lambda _: set_asked(("", number)),
    )  # fmt: skip


@solara.component_vue("picture.vue", vuetify=False)
def _Picture(
    label: str, what: str, kinds: list[str], waiting: bool, said: str, content: str, file: str, mime: str,
    event_ask: Callable[[Any], None], event_done: Callable[[Any], None],
) -> None:  # fmt: skip
    """Button that opens a choice of kinds, and what gives the browser the file."""
