from __future__ import annotations

from escalation.errors import Fault
from escalation.world.places import MOST_FAULTS, dotted, refusal


def test_dotted_quotes_what_is_no_bare_key() -> None:
    assert dotted(("a", 0, "b.c", "\x1b")) == 'a.0."b.c"."\\u001b"'


def test_faults_are_in_order_and_said_once() -> None:
    data = {"b": [{"x": 1}, {"x": 2}], "a": {"y": 1}, "t": "text"}
    found = [
        (("t", 0), "in text"),
        (("new",), "missing"),
        (("a", "y"), "y"),
        (("b", 5, "x"), "beyond"),
        (("b", 1, "x"), "second"),
        (("b", 1, "x"), "second"),
        (("b", 0, "gone"), "missing"),
        (("b", 0, "x"), "first"),
        ((), "all"),
    ]
    assert refusal(found, data, file="f").faults == (
        Fault("", "all"),
        Fault("b.0.x", "first"),
        Fault("b.0.gone", "missing"),
        Fault("b.1.x", "second"),
        Fault("b.5.x", "beyond"),
        Fault("a.y", "y"),
        Fault("t.0", "in text"),
        Fault("new", "missing"),
    )


def test_a_key_longer_than_any_that_is_allowed_is_cut() -> None:
    assert dotted(("a", "k" * 10_000)) == f'a."{"k" * 200}..."'
    assert dotted(("k" * 200,)) == "k" * 200


def test_no_more_faults_than_anybody_reads_are_listed() -> None:
    found = [((f"k{k}",), "x") for k in range(MOST_FAULTS)]
    few, many = refusal(found, {}), refusal([*found, (("last",), "x")], {})
    assert len(few.faults) == len(many.faults) == MOST_FAULTS
    assert not few.more
    assert many.more
    assert str(many).startswith("100 faults\n")
    assert str(many) == f"{few}\n  - and more, which are looked for once these are mended"
