"""The page, from end to end: what a visitor sees is what the library says."""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from driving import Visitor
from selenium.webdriver.common.keys import Keys

import escalation as esc
from escalation.app.chronicle import chronicle
from escalation.app.typical import typical
from escalation.app.wording import LIMITS, LIMITS_SHORT
from escalation.files import loads
from escalation.world.plain_words import event_words

NAME = "two-state-deterrence"
PARTS = ("Scenario", "Day by day", "Take a chair", "Many runs", "Compare", "What mattered")
COMPILED = 400.0
"""Seconds for which to wait where the model may have to be compiled first."""


def test_it_loads_and_says_what_its_numbers_are_not(visitor: Visitor) -> None:
    assert visitor.browser.title == "escalation"
    assert [tab.text for tab in visitor.all("[role=tab]")] == list(PARTS)
    assert "Deterrence between two states" in visitor.text()
    assert visitor.find("svg[aria-label^='Network of the 3 actors']").is_displayed()
    visitor.shot("1-scenario")
    for part in PARTS:
        visitor.go(part)
        assert LIMITS_SHORT in visitor.text()
    visitor.find(".esc-limits summary").click()
    for words in LIMITS:
        visitor.says(words)


def test_a_crisis_day_by_day(visitor: Visitor) -> None:
    scenario = esc.load(NAME)
    ends = typical(scenario, seed=1)
    path = esc.simulate(scenario, seed=1, run=ends.run)
    told = chronicle(path)
    visitor.go("Day by day").says("day 0 of 60")
    visitor.says(ends.why())
    first = told[0].day
    visitor.press("Next on which anything happens").says(f"day {first:g} of 60")
    acted = next(row for row in told if row.kind == "act")
    for day in range(int(first) + 1, int(acted.day) + 1):
        visitor.press("Next day").says(f"day {day} of 60")
    for row in told:
        if row.day == acted.day:
            visitor.says(row.words)
    style = visitor.browser.execute_script(
        'return getComputedStyle(document.querySelector(`.esc-board [id="front:' + acted.front + '"] path`)).stroke'
    )
    assert style != "rgb(207, 207, 207)", "the front on which something goes on looks like one on which nothing does"
    visitor.settle()
    actor, target = acted.front.split("-")
    (found,) = path.explain(acted.day, actor, target=target)
    visitor.says(" ".join(found.sentence.split()))
    assert visitor.find(".esc-why svg").is_displayed()
    visitor.shot("2-day-by-day")
    visitor.press("Last day").says("The end.")
    visitor.says(ends.likeness(ends.rung))
    visitor.press("First day").says("day 0 of 60")
    visitor.press("Another run").settle().says("day 0 of")
    table = visitor.download("Events (CSV)").decode()
    other = esc.simulate(scenario, seed=1, run=ends.run + 1)
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(esc.event_table(other))
    visitor.until(lambda: visitor.browser.current_url.endswith(f"&tab=days&run={ends.run + 1}"))
    visitor.press("A typical run").settle().says(ends.why())
    visitor.until(lambda: visitor.browser.current_url.endswith("&tab=days"))


def test_many_runs_are_those_of_the_library(visitor: Visitor, tmp_path: Path) -> None:
    visitor.go("Many runs").write("Number of runs", "1500").write("Seed", "7").press("Run")
    visitor.says("1,500 runs, seed 7", within=COMPILED)
    ensemble = esc.run(esc.load(NAME), runs=1500, seed=7, progress=False)
    assert dict(visitor.rows(".esc-numbers")) == {
        event_words(event, ensemble.scenario): ensemble.probability(event).number_text() for event in ensemble.events
    }
    visitor.settle()
    assert len(visitor.all(".esc-figure svg")) == 2
    visitor.shot("4-many-runs")
    assert json.loads(visitor.download("Estimates (JSON)")) == json.loads(json.dumps(ensemble.summary()))
    path = tmp_path / "runs.nc"
    path.write_bytes(visitor.download("Runs (NetCDF)"))
    assert esc.Ensemble.load(path) == ensemble
    assert len(visitor.download("Runs (CSV)").splitlines()) == 1501


def test_a_long_study_shows_how_far_it_is_and_can_be_cancelled(visitor: Visitor) -> None:
    visitor.go("Many runs").write("Number of runs", "1000000").press("Run")
    visitor.says("of 1,000,000 runs", within=COMPILED)
    visitor.find("[role=progressbar]")
    visitor.shot("4-progress")
    visitor.press("Cancel").says("finished when it was cancelled")
    (caption,) = [element.text for element in visitor.all("caption")]
    assert 0 < int(caption.split()[0].replace(",", "")) < 1_000_000


def test_a_wrong_number_is_said_and_not_taken(visitor: Visitor) -> None:
    visitor.go("Many runs").write("Number of runs", "ten")
    visitor.says("a whole number from 1 to 1,000,000; 10,000 still counts")
    visitor.write("Number of runs", "20").until(lambda: "a whole number" not in visitor.text())


def test_a_change_side_by_side_with_the_baseline(visitor: Visitor) -> None:
    scenario = esc.load(NAME)
    visitor.go("Compare").says("Nothing yet.")
    visitor.choose("Whose", "challenger against defender").choose("Which number", "revisionism")
    slider = visitor.find("input[aria-label='challenger against defender, revisionism']")
    for _ in range(30):
        slider.send_keys(Keys.ARROW_LEFT)
    visitor.says("revisionism: 0.5 instead of 0.8")
    visitor.choose("Signal, event or commitment", "the threat threat by defender")
    visitor.says("without the threat threat by defender")
    other = scenario.replace("fronts.challenger-defender.revisionism", 0.5).without("threat")
    pair = esc.compare(scenario, other, runs=1000, seed=1, progress=False)

    def shown() -> bool:
        return visitor.rows(".esc-numbers") == [
            [
                event_words(event, scenario),
                pair.first.probability(event).number_text(),
                pair.second.probability(event).number_text(),
                gap.number_text(),
            ]
            for event, gap in pair.differences.items()
        ]

    visitor.until(shown, within=COMPILED)
    visitor.settle().shot("5-compare")
    assert json.loads(visitor.download("Comparison (JSON)")) == json.loads(json.dumps(pair.summary()))
    assert loads(visitor.download("Scenario as edited (TOML)").decode()) == other
    visitor.press("Make this the scenario").says("Nothing yet.")
    visitor.go("Scenario").says(f"{NAME}, edited")
    assert loads(visitor.download("Scenario (TOML)").decode()) == other


def test_what_mattered_is_what_the_library_says(visit: Callable[..., Visitor], page: str) -> None:
    visitor = visit(page).open()
    visitor.go("What mattered").write("Number of runs", "1000").choose("Event", "display or worse")
    visitor.until(lambda: visitor.browser.current_url.endswith("&tab=mattered&runs=1000&event=rung%3Adisplay"))
    visitor.press("Leave each out").says("1,000 runs of each world", within=COMPILED)
    study = esc.leave_one_out(esc.load(NAME), event="rung:display", runs=1000, seed=1, progress=False)
    for words in (*study.sentences(most=0), *study.in_words()):
        visitor.says(words)
    assert visitor.rows(".esc-numbers") == [list(row[:-1]) for row in study.table()[1]]
    visitor.settle()
    visitor.find("svg[aria-label*='changed minus unchanged']")
    visitor.click(visitor.find(".esc-why summary"))
    for words in study.sentences()[3:]:
        visitor.says(words)
    visitor.shot("6-what-mattered")
    assert json.loads(visitor.download("What mattered (JSON)")) == json.loads(json.dumps(study.summary()))
    visitor.choose("Whose acts count", "challenger").choose("Against whom", "defender")
    visitor.until(
        lambda: visitor.browser.current_url.endswith("&event=rung%3Adisplay&actor=challenger&target=defender")
    )
    of_one = esc.leave_one_out(
        esc.load(NAME), event="rung:display", actor="challenger", target="defender", runs=1000, seed=1, progress=False
    )  # fmt: skip
    visitor.press("Leave each out")
    for words in (*of_one.sentences(most=0), *of_one.in_words()):
        visitor.says(words)
    visitor.settle().find(f"svg[aria-label*={of_one.asked!r}]")
    visitor.write("Number of runs", "1000000").press("Leave each out").says("of 3,000,000 runs", within=COMPILED)
    visitor.press("Cancel").says("Cancelled")
    other = visit(visitor.browser.current_url).open()
    other.says("display or worse")
    other.says("Against whom")
    shown = "return [...document.querySelectorAll('.esc-sides .v-select__selection')].map(each => each.innerText)"
    assert other.browser.execute_script(shown) == ["challenger", "defender"]
    assert other.find(".esc-number input").get_attribute("value") == "1000000"
    assert other.find("[role=tab][aria-selected=true]").text == "What mattered"
    other.go("Scenario").choose("Scenario", "haniyeh-2024").says("After the killing of Ismail Haniyeh, 2024")
    other.until(lambda: not {"event=", "actor=", "target="} & {*re.split(r"(\w+=)", other.browser.current_url)})


BAD = """name = "bad"
horizon = -3
honsty = 2
[actors.a]
resolve = 4.0
[actors.b]
name = "<img src=x onerror=alert(1)>"
[fronts.a-b]
[fronts.b-a]
stake = "x"
"""


def test_a_bad_upload_tells_every_fault_and_changes_nothing(visitor: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    visitor.upload(path).says("bad.toml was not taken; it has 4 faults:")
    with pytest.raises(esc.ScenarioError, match="4 faults") as refused:
        loads(BAD, file="bad.toml")
    for fault in refused.value.faults:
        visitor.says(f"{fault.where}: {fault.what}")
    assert "Deterrence between two states" in visitor.text()
    visitor.shot("6-bad-upload")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (2**20 + 1))
    visitor.upload(large).says("larger than 1,048,576 bytes")
    code = tmp_path / "code.toml"
    code.write_text("__import__('os').system('touch /tmp/escalation-was-here')", encoding="utf-8")
    visitor.upload(code).says("is not valid TOML")
    assert not Path("/tmp/escalation-was-here").exists()
    blob = tmp_path / "blob.toml"
    blob.write_bytes(bytes(range(256)))
    visitor.upload(blob).says("is not UTF-8 text")
    visitor.choose("Scenario", "haniyeh-2024").says("After the killing of Ismail Haniyeh, 2024")
    visitor.until(lambda: "was not taken" not in visitor.text())


def test_a_good_upload_is_looked_at_as_text(visitor: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    title = "<script>document.title = 'caught'</script> $x$ &amp;"
    esc.save(esc.load(NAME).replace("title", title).replace("actors.patron.name", "<b>$\\frac{$"), path)
    visitor.upload(path).says(title)
    visitor.settle().says("mine.toml")
    for part in PARTS[1:]:
        visitor.go(part).settle()
    assert visitor.browser.title == "escalation"
    assert unescape(title) != title
    visitor.says(title)


def test_the_address_holds_what_is_seen(visit: Callable[..., Visitor], page: str, tmp_path: Path) -> None:
    visitor = visit(page).open()
    path = tmp_path / "mine.toml"
    esc.save(esc.load(NAME).replace("title", "A crisis of my own"), path)
    visitor.go("Day by day").says("day 0 of 60")  # by now the page has found a typical run
    visitor.write("Run", "3")
    visitor.until(lambda: "run=3" in visitor.browser.current_url)
    visitor.settle().press("Next day").says("day 1 of 60")
    visitor.press("Next day").says("day 2 of 60")
    visitor.until(lambda: visitor.browser.current_url.endswith(f"?scenario={NAME}&tab=days&run=3&day=2"))
    visitor.press("Another run").settle()
    visitor.until(lambda: visitor.browser.current_url.endswith(f"?scenario={NAME}&tab=days&run=4"))
    visitor.browser.back()
    visitor.says("day 2 of 60")
    visitor.browser.back()
    visitor.says("day 1 of 60")
    visitor.browser.forward()
    visitor.says("day 2 of 60")
    visitor.browser.refresh()
    visitor.says("day 2 of 60")
    visitor.go("Many runs").write("Number of runs", "50").settle()
    visitor.go("Scenario").upload(path).says("A crisis of my own")
    visitor.until(lambda: "scenario=file-" in visitor.browser.current_url)
    visitor.go("Many runs")
    visitor.until(lambda: visitor.browser.current_url.endswith("&tab=runs&run=3&runs=50"))
    link = visitor.browser.current_url
    visitor.browser.refresh()
    visitor.find(".esc-page")
    visitor.says("A crisis of my own")
    other = visit(link).open()
    other.says("A crisis of my own")
    assert other.find(".esc-number input").get_attribute("value") == "50"
    before = "&tab=days&run=3&day=2", "&tab=runs&run=3&day=2", "&tab=runs&run=3&day=2&runs=50", "&run=3&day=2&runs=50"
    for end in ("&run=3&runs=50", *reversed(before)):
        visitor.browser.back()
        visitor.until(lambda end=end: visitor.browser.current_url.endswith(end))
    visitor.says("day 2 of 60")
    visitor.until(lambda: "A crisis of my own" not in visitor.text())
    visitor.shot("8-address")


def test_a_link_that_is_wrong_is_told_and_the_page_opens(visit: Callable[..., Visitor], page: str) -> None:
    visitor = visit(f"{page}/?scenario=file-{'0' * 32}&tab=days&run=x%3Cb%3E&day=2").open()
    visitor.says("The address is of an uploaded or edited scenario that the server no longer has")
    visitor.says("The address says run='x<b>'; allowed is a whole number from 0")
    visitor.says("day 0 of 60")
    visitor.shot("8-wrong-address")
    visitor.press("Next day").says("day 1 of 60")
    visitor.until(lambda: "The address" not in visitor.text())


def test_a_day_that_the_run_does_not_reach_is_said(visit: Callable[..., Visitor], page: str) -> None:
    settled = esc.load(NAME).replace("stop_when_settled", True)
    run = next(run for run in range(200) if esc.simulate(settled, seed=1, run=run).days[-1] < 60.0)
    last = f"day {esc.simulate(settled, seed=1, run=run).days[-1]:g}"
    visitor = visit(page).open()
    path = visitor.downloads.parent / "settled.toml"
    esc.save(settled, path)
    visitor.upload(path).says("settled.toml")
    visitor.until(lambda: "scenario=file-" in visitor.browser.current_url)
    other = visit(f"{visitor.browser.current_url}&tab=days&run={run}&day=60").open()
    other.says(f"{last} of 60. The run ends here, before the day in the address.")


def test_two_visitors_know_nothing_of_each_other(visit: Callable[..., Visitor], page: str) -> None:
    one, other = visit(page).open(), visit(page).open()
    one.choose("Scenario", "haniyeh-2024").says("After the killing of Ismail Haniyeh, 2024")
    one.go("Day by day").says("day 0 of 90")
    for day in (1, 2, 3):
        one.press("Next day").says(f"day {day} of 90")
    other.go("Day by day").says("day 0 of 60")
    assert "Haniyeh" not in other.text()
    other.write("Seed", "99").settle()
    other.go("Take a chair").press("Take the chair").until(lambda: other.all(".esc-acts"))
    one.go("Take a chair").says("Take an actor's chair")
    one.go("Day by day").says("day 3 of 90")
    assert one.find(".esc-number input").get_attribute("value") == "1"
    later = visit(page).open()
    assert "Deterrence between two states" in later.text()
    later.go("Take a chair").says("Take an actor's chair")


@pytest.mark.parametrize("width", [1024, 1280])
def test_every_part_fits_its_window(visit: Callable[..., Visitor], page: str, width: int) -> None:
    visitor = visit(page, width=width).open()
    visitor.choose("Scenario", "haniyeh-2024").says("After the killing of Ismail Haniyeh, 2024")
    for part in PARTS:
        visitor.go(part)
        if part == "Take a chair":
            visitor.press("Take the chair").until(lambda: visitor.all(".esc-acts"))
        if part == "Day by day":
            visitor.press("Next on which anything happens").settle()
        if part == "Compare":
            visitor.choose("Signal, event or commitment", "the warning us-public-defence by the United States")
            visitor.says("pairs of runs on the same chance, seed", within=COMPILED)
        if part == "What mattered":
            visitor.write("Number of runs", "200").press("Leave each out")
            visitor.says("200 runs of each world", within=COMPILED)
        visitor.settle().shot(f"{width}-{part.lower().replace(' ', '-')}")
        wide = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        scroll, client = visitor.browser.execute_script(wide)
        assert scroll <= client, f"{part} is {scroll - client} pixels too wide at {width}"
        for table in visitor.all(".esc-card .esc-numbers table"):
            room = table.find_element("xpath", "./ancestor::section[1]").rect
            assert table.rect["x"] + table.rect["width"] <= room["x"] + room["width"], f"{part}: table at {width}"
        for tab in visitor.all("[role=tab]"):
            inside = tab.rect["x"] >= 0 and tab.rect["x"] + tab.rect["width"] <= client
            assert inside, f"the tab {tab.text!r} is cut off at {width}"


def test_other_sites_are_turned_away(visitor: Visitor, page: str) -> None:
    assert visitor.text()
    port = urlsplit(page).port

    def status(headers: dict[str, str]) -> int:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10.0)) as connection:
            connection.request("GET", "/", headers=headers)
            return connection.getresponse().status

    assert status({}) == 200
    assert status({"Host": f"example.org:{port}"}) == 403
    assert status({"Origin": "https://example.org"}) == 403


def test_the_model_steps_in_mesas_own_page(visit: Callable[..., Visitor], viz: str) -> None:
    visitor = visit(viz)
    visitor.browser.get(viz)
    visitor.says("On day 0 the highest rung is restraint")
    model = esc.CrisisModel(esc.load(NAME), seed=1, run=0)
    for _ in range(3):
        model.step()
        visitor.press("Step").says(f"On day {model.day:g} the highest rung is {model.highest_rung}")
    visitor.until(lambda: {"Step: 3", "Time: 3.0"} & set(visitor.text().splitlines()))  # newer Mesa tells the time
    visitor.shot("7-solara-viz")
    visitor.press("Reset").says("On day 0 the highest rung is restraint")
