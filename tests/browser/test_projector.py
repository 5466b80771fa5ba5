"""For a room: larger, with fewer panels, in the address, and left by the key that it was entered with or by Escape."""

from __future__ import annotations

from collections.abc import Callable

from driving import Visitor
from looks import FAULTS
from selenium.webdriver.common.keys import Keys
from test_page import COMPILED, PARTS
from test_widths import SIZES

LEAST = 0.024
"""Least height of the letters' line for the back of a room, as a share of the screen's."""


def _size(visitor: Visitor, selector: str) -> float:
    """Size of the letters as they are seen, in pixels."""
    script = (
        "const e = document.querySelector(arguments[0]);"
        "return parseFloat(getComputedStyle(e).fontSize) * e.getBoundingClientRect().width / e.offsetWidth"
    )
    return float(visitor.browser.execute_script(script, selector))


def _full(visitor: Visitor) -> bool:
    return bool(visitor.browser.execute_script("return !!document.fullscreenElement"))


def _titles(visitor: Visitor) -> set[str]:
    return {title.text for title in visitor.all(".esc-card h2") if title.is_displayed()}


def test_a_room_sees_less_and_larger(visit: Callable[..., Visitor], page: str) -> None:
    visitor, faults = visit(page).open(), list[str]()
    visitor.go("Day by day").says("day 0 of 60")
    visitor.press("Next on which anything happens").settle()
    before = _titles(visitor)
    visitor.press("Projector").find(".esc-projected")
    visitor.until(lambda: "size=projector" in visitor.browser.current_url)
    visitor.until(lambda: _full(visitor))
    assert before - _titles(visitor) == {"The course so far", "What is believed"}
    link = visitor.browser.current_url
    visitor.type("p").until(lambda: not visitor.all(".esc-projected"))
    visitor.until(lambda: not _full(visitor))
    visitor.until(lambda: "size=" not in visitor.browser.current_url)
    assert _titles(visitor) == before
    visitor.type("p").find(".esc-projected")
    visitor.type(Keys.ESCAPE).until(lambda: not visitor.all(".esc-projected"))
    visitor.browser.get(link)
    visitor.find(".esc-projected")
    visitor.says("On this day")
    visitor.go("Many runs").write("Number of runs", "1000").press("Run")
    visitor.says("Somebody chooses force: ", within=COMPILED)
    for part in PARTS:
        visitor.go(part)
        for width, height in SIZES:
            visitor.size(width, height).settle()
            found = visitor.browser.execute_script(FAULTS)
            faults += [f"{part} at {width}: {words}" for words in found]
            if width >= 1024:
                share = _size(visitor, ".esc-main") / height
                assert share >= LEAST, f"{part} at {width}: letters of {share:.3f} of the height"
                visitor.shot(f"projector-{width}-{part.lower()}")
        visitor.size(1280, 800)
    assert not faults, "\n".join(faults)
