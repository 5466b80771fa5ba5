"""A game for several, in browsers of their own: by link and code, day by day, and nobody sees another's chair."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import free_port, started
from driving import Visitor
from selenium.webdriver.common.by import By

import escalation as esc
from escalation.app import shared_saving
from escalation.app.speaking import KIND_WORDS
from escalation.app.table import Table, replayed

NAME = "two-state-deterrence"
SECRET = "challenger-told-patron-1"
BOTH_RESTRAIN = {("challenger", "defender"): "restraint", ("defender", "challenger"): "restraint"}


def _run() -> tuple[int, Table]:
    """A run that soon has a day on which a decision falls to both chairs, and is not its last; at its first day."""
    for run in range(100):
        table = Table(esc.load(NAME), seed=1, run=run)
        table.go_on({"challenger", "defender"})
        for _ in range(4):
            if _both(table) and table.day < 40.0:
                table.close(BOTH_RESTRAIN)
                if table.over:
                    break
                first = Table(esc.load(NAME), seed=1, run=run)
                first.go_on({"challenger", "defender"})
                return run, first
            if not table.over:
                table.close({})
    raise AssertionError("no run has such a day")


def _both(table: Table) -> bool:
    return table.waiting and bool(table.situations("challenger") and table.situations("defender"))


def enter(visitor: Visitor, code: str) -> None:
    field = visitor.until(
        lambda: visitor.browser.find_elements(By.XPATH, "//label[normalize-space(.)='Code']/following-sibling::input")
    )[0]
    visitor.browser.execute_script("arguments[0].select()", field)
    field.send_keys(code)
    visitor.until(lambda: field.get_attribute("value") == code)
    visitor.press("Enter")


@pytest.fixture
def reached(tmp_path: Path, offline: Path) -> Iterator[tuple[str, Path]]:
    """Address of a page that other machines could reach, and what its server has said."""
    log, port = tmp_path / "log", free_port()
    words = ["-m", "escalation", "app", NAME, "--host", "0.0.0.0", "--port", str(port), "--no-browser"]
    server = started(words, offline, f"http://127.0.0.1:{port}", log)
    yield f"http://127.0.0.1:{port}", log
    server.send_signal(2)  # Ctrl-C
    assert server.wait(20.0) == 0, log.read_text()


def test_a_server_that_others_reach_opens_a_game_with_its_code_alone(
    reached: tuple[str, Path], visit: Callable[..., Visitor]
) -> None:
    url, log = reached
    said = " ".join(log.read_text().split())
    assert "can be reached from other machines" in said
    assert "Nothing is encrypted" in said
    found = re.search(r"is asked for this code: (\S{9})", said)
    assert found is not None
    visitor = visit(url).open()
    visitor.go("Take a chair").press("Open a game").says("this code opens nothing here; wait 1 second")
    time.sleep(2.0)
    path = "//label[normalize-space(.)='Code of this server']/following-sibling::input"
    field = visitor.until(lambda: visitor.browser.find_elements(By.XPATH, path))[0]
    field.send_keys(found[1])
    visitor.until(lambda: field.get_attribute("value") == found[1])
    visitor.press("Open a game").says("The game is open.")


@pytest.fixture
def game(visit: Callable[..., Visitor], page: str) -> tuple[Visitor, str, dict[str, str], Table]:
    """A game that a facilitator has opened: its browser, the link, the codes of the chairs, and what is played."""
    run, table = _run()
    host = visit(page).open()
    host.go("Take a chair").write("Seed", "1").write("Run", str(run)).press("Open a game").says("The game is open.")
    code = host.find(".esc-code").text
    link = str(host.find(".esc-link").get_attribute("href"))
    host.browser.get(link)
    enter(host, code)
    host.says("The game has not begun")
    codes = {str(found.get_attribute("data-chair")): found.text for found in host.all("code[data-chair]")}
    assert set(codes) == {"challenger", "defender", "patron"}
    return host, link, codes, table


def test_two_chairs_by_link_and_code(
    visit: Callable[..., Visitor], game: tuple[Visitor, str, dict[str, str], Table]
) -> None:
    host, link, codes, table = game
    one, two = visit(link).open(), visit(link).open()
    enter(one, codes["challenger"])
    one.says("The game has not begun. The facilitator begins it.")
    enter(two, codes["defender"])
    host.press("Begin").says(f"Day {table.day:g} is open")
    while not _both(table):
        host.press("Close the day")
        table.close({})
        host.says(f"Day {table.day:g} is open")
    for visitor in (one, two):
        visitor.says("The day waits for your choice.")
    one.choose("Say", KIND_WORDS["reassurance"]).tick("patron").choose("How", "in private").press("Say it")
    one.says("Reassurance to patron, in private, is heard tomorrow")
    one.do("restraint")
    one.says("You have chosen restraint.")
    host.says("has chosen")
    assert f"Day {table.day:g} is open" in host.text(), "a day was closed before all had chosen"
    two.shot("4-several-chair")
    assert "You have chosen" not in two.text()
    two.do("restraint")
    table.say("challenger", esc.Statement("reassurance", ("patron",), channel="private"))
    table.close(BOTH_RESTRAIN)
    assert not table.over
    host.says(f"Day {table.day:g} is open")
    for visitor in (one, two):
        visitor.says(f"day {table.day:g}")
    one.says(SECRET)
    host.says(SECRET)
    host.settle().shot("4-several-facilitator")
    two.settle()
    assert SECRET not in two.browser.page_source, "the other chair was told of a private word"
    assert "told-patron" not in two.browser.page_source
    saved = shared_saving.loads(host.download("Save game"))
    assert replayed(saved).trajectory == table.trajectory
    assert not any(code in json.dumps(shared_saving.dumps(saved)) for code in codes.values())
    while not table.over:
        day = table.day
        host.press("Close the day")
        table.close({})
        host.says("The crisis is over" if table.over else f"Day {table.day:g} is open")
        assert table.over or table.day > day
    one.says("The crisis is over.")
    assert "Choices, and why" not in one.text(), "a team sees all before the facilitator shows it"
    host.says("Choices, and why")
    host.press("Next on which anything happens").says("On this day")
    host.press("Show all of it to all teams").says("All teams see all of the game now.")
    one.says("Choices, and why")
    one.press("Next day")
    one.shot("4-several-debriefing")
    assert shared_saving.loads(host.download("Save game")) == table.record


def test_wrong_codes_and_chairs_that_are_taken_and_games_that_are_not_there(
    visit: Callable[..., Visitor], game: tuple[Visitor, str, dict[str, str], Table], page: str
) -> None:
    host, link, codes, _ = game
    one = visit(link).open()
    enter(one, codes["challenger"])
    one.says("The game has not begun.")
    host.press("Begin").says("is open")
    one.says("The day waits for your choice.")
    other = visit(link).open()
    enter(other, codes["challenger"])
    other.says("somebody sits in the chair of challenger already")
    assert one.find(".esc-acts").is_displayed()
    other.press("Take it over").says("The day waits for your choice.")
    one.says("this chair was taken over in another browser")
    other.browser.refresh()  # a connection that is lost
    enter(other, codes["challenger"])
    other.says("The day waits for your choice.")
    host.press("Free challenger").says("the model plays it")
    other.says("the facilitator has freed this chair")
    host.press("Close the day").says("no chair is taken")
    host.press("Close the game").says("The game is closed")
    one.browser.get(link)
    enter(one, "aaaa-bbbb")
    one.says("this code opens nothing here; wait 1 second")
    for wrong in ("aaaa-cccc", "aaaa-dddd", "aaaa-eeee", "aaaa-ffff"):  # each wait is twice as long as the one before
        enter(one, wrong)
        one.settle()
        if "there were wrong codes before; wait" in one.text():
            break
    one.says("there were wrong codes before; wait")
    gone = visit(f"{page}/?game=0123456789abcdef").open()
    gone.says("there is no game of this link")


def test_each_day_is_open_until_the_facilitator_closes_it(
    visit: Callable[..., Visitor], game: tuple[Visitor, str, dict[str, str], Table]
) -> None:
    host, link, codes, table = game
    one, two = visit(link).open(), visit(link).open()
    enter(one, codes["challenger"])
    enter(two, codes["defender"])
    for visitor in (one, two):
        visitor.says("The game has not begun.")
    table = Table(esc.load(NAME), seed=1, run=table.run)
    table.stops = 0.0
    table.go_on({"challenger", "defender"})
    host.choose("The game stops", "on each day").says("From day")
    host.press("Begin").says(f"Day {table.day:g} is open")
    while table.situations("challenger") or table.situations("defender"):
        host.press("Close the day")
        table.close({})
        host.says(f"Day {table.day:g} is open")
    for visitor in (one, two):
        visitor.says(f"day {table.day:g}")
        visitor.says("Nothing is left for you to choose today. The day stays open until the facilitator closes it.")
    one.choose("Say", KIND_WORDS["vow"]).choose("With the act", "display").press("Say it")
    one.says("Vow to defender, in public, is heard tomorrow")
    table.say("challenger", esc.Statement("vow", ("defender",), rung="display"))
    assert "challenger-said-1" not in two.browser.page_source, "it is heard before tomorrow"
    host.press("Close the day")
    table.close({})
    two.says("challenger-said-1")
    host.choose("The game stops", "when somebody must choose")
    host.until(lambda: "From day" not in host.text())
    table.stops = float("inf")
    assert shared_saving.loads(host.download("Save game")) == table.record
    host.press("Close the day")
    table.close({})
    host.says("The crisis is over" if table.over else f"Day {table.day:g} is open")
    assert shared_saving.loads(host.download("Save game")) == table.record
