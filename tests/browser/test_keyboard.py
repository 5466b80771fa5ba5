"""The page without a mouse: Tab, Shift+Tab, Enter, Space, arrows and Escape, and it is always seen where they go."""

from __future__ import annotations

import time

import pytest
from driving import Visitor
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys
from test_page import COMPILED

from escalation.app.wording import LIMITS, LIMITS_SHORT

_WHERE = r"""
const here = document.activeElement;
if (here === document.body) return ["", ""];
const label = here.closest(".v-input") ? here.closest(".v-input").querySelector("label") : here.closest("label");
const named = here.type === "radio" ? here.closest(".v-radio") : label || here;
const name = here.getAttribute("aria-label") || named.innerText;
let fault = "no outline";
for (let [box, up] = [here, 0]; box && up < 5; [box, up] = [box.parentElement, up + 1]) {
  const style = getComputedStyle(box);
  if (style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2) fault = "";
}
const around = here.closest(".v-input__slot, .v-radio, .esc-upload") || here;
const { left, top, width, height } = around.getBoundingClientRect();
const there = document.elementFromPoint(left + width / 2, top + height / 2);
if (!there) fault += " outside the window";
else if (there.closest(".esc-limits, .esc-head") !== here.closest(".esc-limits, .esc-head")) fault += " covered";
return [name.trim().split("\n")[0], fault];
"""
LAST = f"{LIMITS_SHORT} What they are not"


class Hands:
    """Somebody at the keyboard."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def where(self) -> str:
        """What the keyboard is at; it must be seen."""
        end = time.monotonic() + 3.0
        while True:
            name, fault = self.visitor.browser.execute_script(_WHERE)
            if not fault or not name:
                return str(name)
            assert time.monotonic() < end, f"at {name!r}: {fault}"  # what is being drawn may move it for a moment

    def to(self, name: str, *, back: bool = False) -> Hands:
        """Go there with Tab, or Shift+Tab."""
        seen = []
        for _ in range(60):
            chain = ActionChains(self.visitor.browser)
            (
                chain.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT) if back else chain.send_keys(Keys.TAB)
            ).perform()
            seen.append(self.where())
            if seen[-1] == name:
                return self
        raise AssertionError(f"Tab does not come to {name!r}, but to {seen}")

    def press(self, *keys: str) -> Hands:
        """Press keys, one after another."""
        for key in keys:
            self.visitor.type(key)
        return self

    def tab(self, name: str) -> Hands:
        """Open a part of the page."""
        self.press(Keys.ESCAPE).to("Skip to the content", back=True).press(Keys.TAB)
        for _ in range(6):
            if self.where() == name:
                break
            self.press(Keys.ARROW_RIGHT)
        assert self.where() == name
        self.press(Keys.ENTER).visitor.find(".esc-tabs [aria-selected=true]:focus")
        self.visitor.settle()
        return self


@pytest.fixture
def hands(visitor: Visitor) -> Hands:
    return Hands(visitor)


def test_a_scenario_and_the_parts_and_a_change(hands: Hands) -> None:
    visitor = hands.visitor
    hands.to("Skip to the content").press(Keys.ENTER).to("Scenario").press(Keys.ARROW_DOWN)
    visitor.until(lambda: "scenario=" in visitor.browser.current_url)
    assert "scenario=two-state-deterrence" not in visitor.browser.current_url
    visitor.open()
    hands.tab("Compare").to("challenger, capability").press(*[Keys.ARROW_RIGHT] * 3)
    visitor.until(lambda: visitor.find("input[type=range]").get_attribute("value") != "1")
    visitor.find(".esc-numbers", within=COMPILED)
    hands.tab("Many runs").to("Number of runs").press("1", "5", "0", "0").to("Run").press(Keys.SPACE)
    visitor.says("1,500 runs, seed 1", within=COMPILED)
    visitor.settle()
    hands.to("Runs (CSV)").to(LAST).press(Keys.ENTER)
    visitor.says(LIMITS[0])


def test_a_run_is_played(hands: Hands) -> None:
    visitor = hands.visitor
    hands.tab("Day by day")
    visitor.says("day 0 of 60")
    hands.to("Next day").press(Keys.ENTER)
    visitor.says("day 1 of 60")
    hands.press(Keys.SPACE)
    visitor.says("day 2 of 60")
    hands.to("Day").press(Keys.ARROW_RIGHT)
    visitor.says("day 3 of 60")
    hands.to("Play", back=True).press(Keys.ENTER)
    visitor.button("Pause")
    visitor.until(lambda: "day 3 of 60" not in visitor.text())
    hands.press(Keys.ENTER)
    visitor.button("Play")
    assert hands.where() == "Play"
    hands.press(Keys.SPACE)
    visitor.button("Pause")


def test_a_chair(hands: Hands) -> None:
    visitor = hands.visitor
    hands.tab("Take a chair").to("Take the chair").press(Keys.ENTER)
    visitor.says("What you can do")
    visitor.settle()
    first = visitor.find(".esc-card h2").text
    hands.tab("Take a chair").to("Projector").press(Keys.TAB)
    assert hands.where() == "restraint", "Tab comes to another act than the first"
    hands.press(Keys.SPACE, Keys.ARROW_DOWN)
    visitor.until(lambda: visitor.button("Do it").is_enabled())
    assert hands.where() == "threat"
    hands.to("Projector", back=True).press(Keys.TAB)
    assert hands.where() == "threat", "Tab comes to another act than the one that is picked"
    hands.to("Do it").press(Keys.ENTER)
    visitor.until(lambda: visitor.find(".esc-card h2").text != first)
    visitor.settle()
    hands.tab("Take a chair").to("Take back").press(Keys.ENTER)
    visitor.says(first)


def test_a_game_for_several(hands: Hands) -> None:
    visitor = hands.visitor
    hands.tab("Take a chair").to("Open a game").press(Keys.ENTER)
    visitor.says("The game is open.")
    code = visitor.find(".esc-code").text
    hands.tab("Take a chair").to("Go to the game").press(Keys.ENTER)
    visitor.says("A game for several")
    hands.to("Code").press(*code)
    visitor.until(lambda: visitor.find(".esc-choose input").get_attribute("value") == code)
    hands.to("Enter").press(Keys.ENTER)
    visitor.says("The game has not begun")
    hands.to("Begin").press(Keys.ENTER)
    visitor.says("no chair is taken")
    hands.to("Close the game").press(Keys.SPACE)
    visitor.says("The game is closed")
