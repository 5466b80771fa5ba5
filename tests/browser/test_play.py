"""A run is played like a film: by itself, by keys, and with nothing of what comes later to be seen."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from driving import Visitor
from selenium.webdriver.common.keys import Keys

import escalation as esc
from escalation.app.typical import typical

NAME = "two-state-deterrence"
LAST = 60


def day(visitor: Visitor) -> int:
    """Day that is shown."""
    found: re.Match[str] = visitor.until(lambda: re.search(r", day (\d+) of 60", visitor.text()))
    return int(found[1])


def still(visitor: Visitor) -> bool:
    """Whether the run stands still for longer than a step takes."""
    here = day(visitor)
    time.sleep(1.5)
    return day(visitor) == here


def test_it_plays_and_pauses_and_only_the_pause_has_an_address(visitor: Visitor) -> None:
    visitor.go("Day by day").says("day 0 of 60")
    visitor.choose("Speed", "4 steps a second").press("Play")
    visitor.until(lambda: day(visitor) >= 8)
    assert "day=" not in visitor.browser.current_url
    text = visitor.text()
    assert ("Pause to see why." in text) != ("No decision fell" in text)
    assert not visitor.all(".esc-why")
    visitor.press("Pause").until(lambda: visitor.button("Play"))
    assert still(visitor)
    here = day(visitor)
    visitor.until(lambda: visitor.browser.current_url.endswith(f"?scenario={NAME}&tab=days&day={here}"))
    visitor.press("Play").until(lambda: day(visitor) > here)
    visitor.until(lambda: "The end." in visitor.text())
    assert day(visitor) == LAST
    visitor.until(lambda: visitor.browser.current_url.endswith(f"&tab=days&day={LAST}"))
    visitor.press("Play").until(lambda: 0 < day(visitor) < LAST)
    visitor.browser.back()
    visitor.until(lambda: day(visitor) == here)
    assert still(visitor), "it goes on playing although Back led elsewhere"
    visitor.go("Many runs").go("Day by day")
    assert still(visitor)


def test_it_keeps_to_its_speed(visitor: Visitor) -> None:
    visitor.go("Day by day").says("day 0 of 60")
    visitor.choose("Speed", "2 steps a second").press("Play")
    visitor.until(lambda: day(visitor) >= 2)
    begun, first = time.monotonic(), day(visitor)
    visitor.until(lambda: day(visitor) >= first + 8)
    took = time.monotonic() - begun
    assert 3.0 < took < 8.0, f"8 steps at 2 a second took {took:.1f} s"


def test_keys_step_play_and_pause(visitor: Visitor) -> None:
    visitor.go("Day by day").says("day 0 of 60")
    visitor.settle()
    for _ in range(5):
        visitor.type(Keys.ARROW_RIGHT)
    visitor.says("day 5 of 60")
    visitor.type(Keys.ARROW_LEFT).says("day 4 of 60")
    visitor.type(Keys.SPACE).until(lambda: day(visitor) > 5)
    visitor.type(Keys.SPACE).until(lambda: visitor.button("Play"))
    assert still(visitor)
    assert visitor.browser.execute_script("return window.scrollY") == 0, "space scrolls the page too"
    here = day(visitor)
    visitor.browser.execute_script("arguments[0].focus()", visitor.button("Next day"))
    visitor.type(Keys.SPACE).says(f"day {here + 1} of 60")
    assert still(visitor), "space on a button presses the button and nothing else"


def test_keys_do_nothing_to_the_run_while_a_field_is_written_in(visitor: Visitor) -> None:
    visitor.go("Day by day").says("day 0 of 60")
    visitor.settle()
    visitor.find(".esc-number input").click()
    for key in (Keys.SPACE, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT):
        visitor.type(key)
    assert still(visitor)
    assert day(visitor) == 0
    visitor.go("Scenario").type(Keys.ARROW_RIGHT).type(Keys.SPACE)
    visitor.go("Day by day")
    assert day(visitor) == 0, "keys on another part of the page step the run"


def test_nothing_of_what_comes_later_is_seen(visit: Callable[..., Visitor], page: str) -> None:
    scenario = esc.load(NAME)
    runs = [typical(scenario, seed=1).run]
    runs.append(next(run for run in range(50) if not esc.simulate(scenario, seed=1, run=run).acts["option"].any()))
    told = []
    for run in runs:
        visitor = visit(f"{page}/?scenario={NAME}&tab=days&run={run}").open()
        visitor.says("day 0 of 60")
        told.append(re.sub(r"run \d+|This run was chosen.*\n", "", visitor.text()))
        visitor.press("Next on which anything happens").settle()
        here = day(visitor)
        marks = visitor.browser.execute_script(
            "return [...document.querySelectorAll('.esc-course [id^=\"period:\"]')]"
            ".map(mark => [Number(mark.id.split(':')[1]), getComputedStyle(mark).display])"
        )
        assert all((display == "none") == (period > here) for period, display in marks)
    assert told[0] == told[1], "before the first day two runs differ in what can be read"
