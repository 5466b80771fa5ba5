"""On a phone, a tablet, a laptop and a large screen: everything is within reach, and nothing is cut off."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from driving import Visitor
from looks import FAULTS
from test_page import COMPILED, PARTS
from test_several import enter

SIZES = ((390, 844), (768, 1024), (1024, 768), (1440, 900), (1920, 1080))


def look(visitor: Visitor, place: str, faults: list[str]) -> None:
    """Look at the page at each width, and note what is wrong with it."""
    for width, height in SIZES:
        visitor.size(width, height)
        time.sleep(0.2)
        faults += [f"{place} at {width}: {words}" for words in visitor.browser.execute_script(FAULTS)]
        if width in (390, 1920):
            visitor.shot(f"width-{width}-{place}")
    visitor.size(1280, 800)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_at_every_width(shared_visitor: Visitor, part: str) -> None:
    visitor, faults = shared_visitor, list[str]()
    for width, height in SIZES:
        visitor.size(width, height)
        for name in (PARTS[PARTS.index(part) - 1], part):
            visitor.tap(visitor.tab(name))
            visitor.find(f"[role=tab][aria-selected=true]:nth-child({PARTS.index(name) + 1})")
    visitor.settle()
    if part == "Day by day":
        visitor.press("Last day").says("The end.")
    elif part == "Take a chair":
        look(visitor, "before the chair", faults)
        visitor.press("Take the chair").says("What you can do")
    elif part == "Many runs":
        visitor.write("Number of runs", "1000").press("Run").says("1,000 runs, seed", within=COMPILED)
    elif part == "Compare":
        visitor.choose("Signal, event or commitment", "the threat threat by defender")
        visitor.find(".esc-numbers", within=COMPILED)
    elif part == "What mattered":
        visitor.write("Number of runs", "1000").press("Leave each out").find(".esc-numbers", within=COMPILED)
    look(visitor.settle(), part.lower(), faults)
    assert not faults, "\n".join(faults)


def test_a_game_for_several_at_every_width(visit: Callable[..., Visitor], page: str) -> None:
    host, faults = visit(page).open(), list[str]()
    host.go("Take a chair").press("Open a game").says("The game is open.")
    look(host, "an open game", faults)
    code, link = host.find(".esc-code").text, str(host.find(".esc-link").get_attribute("href"))
    host.browser.get(link)
    look(host, "the door", faults)
    enter(host, code)
    host.says("The game has not begun")
    chair = visit(link).open()
    enter(chair, host.find("code[data-chair=challenger]").text)
    chair.says("The game has not begun")
    host.press("Begin").says("is open")
    chair.says("The day waits for your choice.")
    look(host.settle(), "the facilitator", faults)
    look(chair.settle(), "a chair", faults)
    assert not faults, "\n".join(faults)
