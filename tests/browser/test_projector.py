"""For a room: larger, with fewer panels, in the address, and left by the key that it was entered with or by Escape."""

from __future__ import annotations

from collections.abc import Callable

from driving import Visitor
from looks import FAULTS
from selenium.webdriver.common.keys import Keys
from test_page import COMPILED, PARTS
from test_several import enter
from test_widths import SIZES

from escalation.app.speaking import KIND_WORDS

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
            if part == "Compare":
                assert "on the left" not in visitor.text()
                visitor.says("Leave the size for a room (P), and change something")
        visitor.size(1280, 800)
    assert not faults, "\n".join(faults)


def look(visitor: Visitor, place: str) -> list[str]:
    """What is wrong with a place at each width."""
    faults = []
    for width, height in SIZES:
        visitor.size(width, height).settle()
        faults += [f"{place} at {width}: {words}" for words in visitor.browser.execute_script(FAULTS)]
        if width in (390, 1440):
            visitor.shot(f"projector-{width}-{place}")
    visitor.size(1440, 900)
    return faults


def test_a_chair_is_played_and_speaks_before_a_room(visit: Callable[..., Visitor], page: str) -> None:
    visitor = visit(page).open().size(1440, 900)
    visitor.go("Take a chair").press("Take the chair").says("What you can do")
    wants = "Your reputation for honesty is"
    visitor.says(wants)
    visitor.type("p").find(".esc-projected")
    visitor.until(lambda: wants not in visitor.text())
    visitor.choose("Say", KIND_WORDS["vow"]).says("What it may cost, and bring")
    faults = look(visitor, "a chair that speaks")
    visitor.press("Say it")
    visitor.unfold("What you have said")
    visitor.says("is heard tomorrow (challenger-said-1)")
    for title in ("What you want", "What you fear, from 0 to 1"):
        visitor.unfold(title)
    visitor.says(wants)
    faults += look(visitor, "a briefing")
    assert not faults, "\n".join(faults)


def test_lists_to_choose_from_are_large_in_a_room(visit: Callable[..., Visitor], page: str) -> None:
    visitor = visit(page).open().size(1440, 900)
    visitor.go("Take a chair").type("p").find(".esc-projected")
    field = "//label[normalize-space(.)='Whose chair']/ancestor::*[contains(@class, 'v-select__slot')][1]"
    visitor.click(visitor.until(lambda: visitor.browser.find_elements("xpath", field))[0])
    item = ".menuable__content__active [role=option] .v-list-item__title"
    visitor.find(item)
    assert _size(visitor, item) / 900 >= 0.02


def test_the_facilitator_shows_a_room_what_everybody_knows(visit: Callable[..., Visitor], page: str) -> None:
    host = visit(page).open()
    host.go("Take a chair").press("Open a game").says("The game is open.")
    code, link = host.find(".esc-code").text, str(host.find(".esc-link").get_attribute("href"))
    host.browser.get(link)
    enter(host, code)
    host.says("The game has not begun")
    chair = visit(link).open()
    enter(chair, host.find("code[data-chair=patron]").text)
    chair.says("The game has not begun")
    host.choose("The game stops", "on each day").press("Begin").says("Day 1 is open")
    chair.says("The day stays open until the facilitator closes it.")
    chair.choose("Say", KIND_WORDS["reassurance"]).tick("challenger").choose("How", "in private").press("Say it")
    chair.says("is heard tomorrow")
    host.press("Close the day").says("Day 2 is open")
    host.says("patron-told-challenger-1")
    host.find(".esc-known svg")
    host.type("p").find(".esc-projected")
    host.says("What everybody knows")
    host.until(lambda: "patron-told-challenger-1" not in host.browser.page_source)
    host.says("Defender to challenger: threat")
    assert host.find(".esc-known svg").is_displayed()
    assert not [each.text for each in host.all("code[data-chair]") if each.is_displayed()]
    assert "code" not in next(card.text for card in host.all(".esc-card") if card.text.startswith("Chairs"))
    faults = look(host, "the facilitator") + look(chair.type("p").settle(), "a chair of several")
    assert not faults, "\n".join(faults)
