from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from escalation.estimates.html import bars
from escalation.estimates.proportion import proportion

SVG = "{http://www.w3.org/2000/svg}"


def test_a_bar_has_the_width_of_its_value_and_a_line_over_its_interval() -> None:
    found = {"war": proportion(10, 100), "restraint": proportion(90, 100)}
    picture = ET.fromstring(bars(found, title="a < b"))
    assert picture.find(f"{SVG}title").text == "a < b"
    widths = [float(bar.get("width")) for bar in picture.iter(f"{SVG}rect")]
    assert widths[1] == pytest.approx(9.0 * widths[0], rel=0.01)
    left = float(next(picture.iter(f"{SVG}rect")).get("x"))
    for line, one in zip(picture.iter(f"{SVG}path"), found.values(), strict=True):
        begin, end = (float(part.split(" ")[0]) - left for part in line.get("d")[1:].split("H"))
        assert (begin / 220.0, end / 220.0) == pytest.approx((one.low, one.high), abs=0.001)
    assert [text.text for text in picture.iter(f"{SVG}text")] == [
        "war", found["war"].number_text(), "restraint", found["restraint"].number_text(),
    ]  # fmt: skip


def test_names_are_escaped_and_have_room() -> None:
    long = "<script>" + 30 * "x"
    picture = ET.fromstring(bars({long: proportion(0, 20)}, title=""))
    assert next(picture.iter(f"{SVG}text")).text == long
    assert float(next(picture.iter(f"{SVG}rect")).get("x")) > 6 * len(long)


def test_nothing_is_an_empty_picture() -> None:
    assert ET.fromstring(bars({}, title="none")).get("height") == "0"
