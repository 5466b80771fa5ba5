"""What the server keeps of a page that stays open: nothing of what it has drawn before."""

from __future__ import annotations

from typing import Any

import reacton
import solara

from escalation.app.parts.forgetting import use_forgetting


def test_the_elements_of_earlier_drawings_are_forgotten() -> None:
    step: list[Any] = []

    @solara.component
    def Days() -> None:
        day, move = solara.use_state(0)
        step[:] = [move]
        solara.Text(f"day {day}")

    @solara.component
    def Visit() -> None:
        use_forgetting()
        Days()

    box, renderer = reacton.render(Visit())
    for day in range(1, 21):
        step[0](day)
    assert "day 20" in str(box.children[0].children)
    assert len(renderer._old_element_ids) <= 1  # the page itself was drawn before it could ask
    renderer.close()
