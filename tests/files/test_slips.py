from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.errors import ScenarioError
from escalation.files import loads
from escalation.files.slips import slips

HEAD = 'name = "quarrel"\n'
REST = """
[actors.irn]
[actors.isr]
[fronts.irn-isr]
[fronts.isr-irn]
"""


def refused(line: str) -> str:
    """What is said of a scenario in whose second line something slipped."""
    with pytest.raises(ScenarioError, match=r".") as caught:
        loads(f"{HEAD}{line}{REST}")
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        # dates
        ("start = 2000-13-01", "'2000-13-01' is no date of the calendar; year, month and day"),
        ("start = 2000-02-30", "'2000-02-30' is no date of the calendar"),
        ("start = 2000-1-5", "'2000-1-5' is no date as files write it: write 2000-01-05"),
        ("start = 2000/01/05", "write 2000-01-05"),
        ("start = 2000.01.05", "write 2000-01-05"),
        ("start = 05-01-2000", "the year comes first, as in 2024-07-31"),
        ("start = 1/5/2000", "the year comes first"),
        ("start = 5 June 2000", "the year comes first"),
        ("start = June 5, 2000", "the year comes first"),
        ("start = 2000–01–05", "write 2000-01-05"),
        # numbers
        ("period = 0,5", "write 0.5, with a decimal point"),
        ("horizon = 1,000", "write 1000, or 1.000 if the comma is decimal"),
        ("horizon = 1.000.000", "write 1000000, without marks between thousands"),
        ("horizon = 1 000", "write 1000, without marks between thousands"),
        ("horizon = 1.000,5", "write 1000.5, without marks between thousands"),
        ("period = −0.5", "write -0.5, in plain characters"),
        ("period = 50%", "write 0.5 for 50%"),
        ("period = 12,5 %", "write 0.125 for 12,5 %"),
        ("horizon = 090", "write 90, without the zeros before it"),
        ("period = .5", "write 0.5, with a digit before the point"),
        ("period = 5.", "write 5.0, with a digit behind the point"),
        ("period = 1/2", "write 0.5, as a decimal number"),
        ("horizon = 90 days", "write 90, without a unit"),
        ("horizon = ~90", "write 90 alone"),
        # truth and nothing
        ("stop_when_settled = TRUE", "write true, in small letters"),
        ("stop_when_settled = False", "write false, in small letters"),
        ("stop_when_settled = yes", "write true, in small letters"),
        ("as_of = None", "there is no empty value; leave the key out"),
        ("as_of = null", "there is no empty value; leave the key out"),
        ("as_of =", "no value stands behind ="),
        ("as_of = # unknown", "no value stands behind ="),
        # text
        ("title = “A quarrel”", "text stands between straight quotes"),
        ("title = ‘A quarrel’", "text stands between straight quotes"),  # noqa: RUF001 - the quotes are meant
        ("title = A quarrel", 'text stands in quotes: write "A quarrel"'),
        ('title = "A quarrel', 'the closing " is missing'),
        ("title = 'A quarrel", "the closing quote is missing"),
        ("title = 'Iran's quarrel'", 'write "Iran\'s quarrel"'),
        ('title = "A "cold" quarrel"', 'a double quote is written \\"'),
        ('title = "C:\\quarrel"', "a backslash is written twice"),
        # signs
        ("horizon == 90", "one = is enough; write = 90"),
        ("horizon: 90", "a key and its value are joined by =; write horizon = 90"),
        ("horizon 90", "a key and its value are joined by =; write horizon = 90"),
        ("horizon := 90", "write horizon ="),
        ("horizon = 90,", "nothing follows a value; leave out the , at its end"),
        ("horizon = 90;", "nothing follows a value; leave out the ; at its end"),
        ("horizon = 90; period = 1", "a line holds one key"),
        ("; a remark", "a comment begins with #"),
        ("// a remark", "a comment begins with #"),
        ("-- a remark", "a comment begins with #"),
        ("A quarrel of two states", "is not valid TOML: neither a key with its value, nor a table"),
        ("horizon\u00a0= 90", "U+00A0, no-break space, is no blank of TOML"),
        ("horizon =\u00a090", "U+00A0, no-break space, is no blank of TOML"),
        ("\ufeffhorizon = 90", "U+FEFF, zero width no-break space, is no blank of TOML"),
        ("horizon = 90\u200b", "U+200B, zero width space, is no blank of TOML"),
        # keys and tables
        ("stop when settled = true", "write stop_when_settled ="),
        ("débút = 3", "write debut ="),
        ("[actors.north korea]", "write [actors.north_korea]"),
        ("[actors.Türkiye]", "write [actors.turkiye]"),
        ("[fronts.irn–isr]", "write [fronts.irn-isr]"),
        ("[actors usa]", "names are joined by points; write [actors.usa]"),
        ("[actors.usa", "a bracket is missing; write [actors.usa]"),
        ("[[observed]", "a bracket is missing; write [[observed]]"),
        ("actors.usa]", "the opening bracket is missing; write [actors.usa]"),
        ("[actors.usa],", "nothing follows the brackets of a table; leave out ','"),
        ('name = "other"', "'name' stands twice in its table, first on line 1"),
        # lists and braces
        ('ladder = "a", "b"', 'write ["a", "b"]'),
        ("ladder = a, b", 'write ["a", "b"]'),
        ("ladder = (1, 2)", "write [1, 2]"),
        ("ladder = [a, b]", 'write ["a", "b"]'),
        ("ladder = [0.1; 0.5]", "write [0.1, 0.5]"),
        ("ladder = [0.1 0.5]", "entries are parted by commas"),
        ("ladder = [1, 2", "a bracket that is opened here is not closed"),
        ("ladder = { low = 0,5, high = 1.0 }", "a decimal number has a point, not a comma"),
        ("ladder = { distribution = normal, mean = 1 }", 'distribution: text stands in quotes: write "normal"'),
        ("ladder = { low: 0.1 }", "within braces a key and its value are joined by ="),
        ("ladder = { low = −0.1 }", "low: write -0.1, in plain characters"),
        ("ladder = { low = 0.1, }", "no comma stands behind the last entry in braces"),
    ],
)
def test_a_slip_is_named_with_its_line_and_what_to_write(line: str, says: str) -> None:
    said = refused(line)
    assert says in said
    assert "(line 2: " in said
    assert "faults" not in said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('start = "05-01-2000"', "start: '05-01-2000' is no date as files write it: the year comes first"),
        ('as_of = "2000/1/5"', "as_of: '2000/1/5' is no date as files write it: write 2000-01-05"),
        ('as_of = "5"', "as_of: must be a date such as 2024-07-31, or days after the start from 0 to 36500, not '5'"),
        ('period = "0,5"', "period: must be a number, not '0,5': write 0.5, with a decimal point"),
        ('period = "0.5"', "period: must be a number, not '0.5': write 0.5, without quotes"),
        ('horizon = "90"', "horizon: must be a whole number, not '90': write 90, without quotes"),
        ('stop_when_settled = "TRUE"', "stop_when_settled: must be true, without quotes"),
        ('rules = { leash = "50%" }', "rules.leash: must be a number, not '50%': write 0.5 for 50%"),
        ('title = ["A", "B"]', "title: must be one text, not a list"),
        ('observed = "war"', "observed: must be a list, as ['war'], not"),
        ("rules.león = 1", "a key is of letters a to z"),
        ('rules."leàsh" = 1', "is not a known key; did you mean 'leash'?"),
    ],
)
def test_what_is_toml_but_says_it_in_another_way(line: str, says: str) -> None:
    said = refused(line)
    assert says in said
    assert "(line 2" in said


def test_names_with_capitals_accents_and_blanks_are_told_how_to_be_written() -> None:
    said = refused('[actors.USA]\n[actors."Côte d’Ivoire"]\n[signals."S 1"]\n')
    assert "the first a letter, as 'usa', not 'USA' (line 2)" in said
    assert "as 'cote_divoire', not" in said
    assert "as 's_1', not 'S 1' (line 4)" in said
    said = refused('[commitments.p]\npatron = "irn"\nprotege = "ISR"')
    assert said.count("commitments.p.protege") == 1
    assert "no actor 'ISR'; did you mean 'isr'?" in said


def test_one_name_where_a_list_is_given() -> None:
    said = refused('[commitments.p]\npatron = ["irn", "usa"]\nprotege = "isr"')
    words = "must be one text, not a list; for each more, write a table of its own (line 3)"
    assert said == f"commitments.p.patron: {words}"
    assert "must be a table with a name for each, as [actors.usa] is, not a list" in refused("signals = []")


def test_every_slip_is_told_at_once() -> None:
    said = refused("start = 2000/01/05\nperiod = 0,5\nstop_when_settled = TRUE\n[actors.USA")
    assert said.startswith("4 faults\n")
    assert [f"(line {k}: " in said for k in (2, 3, 4, 5)] == [True] * 4


def test_what_stands_twice_is_told_with_its_first_place() -> None:
    assert "the table [actors.irn] stands twice, first on line 2" in refused("[actors.irn]\n")
    assert "'tempo' stands twice in its table, first on line 3" in refused("[rules]\ntempo = 1\ntempo = 2")
    assert "write [actors.NAME] for each" in refused("[actors.usa]\n[[actors]]\n")


@pytest.mark.parametrize("bad", [-5, 0, 3651, 10**9])
def test_a_bad_horizon_is_one_fault(bad: int) -> None:
    dated = '[signals.s]\nkind = "vow"\ndate = 4\nsender = "irn"\nreceivers = ["isr"]\n'
    said = refused(f"horizon = {bad}\nas_of = 5\nperiod = 0.05\n{dated}")
    assert said.startswith("horizon: must be at ")
    assert said.count("\n") == 0


def test_lines_of_other_kinds_are_left_to_toml() -> None:
    assert [str(one) for one in slips("a = …\n")] == ["is not valid TOML: Invalid value (line 1: a = …)"]
    assert "is not valid TOML: Invalid" in str(slips("a = " + "x" * 2000)[0])
    assert slips("a = 1\n# ; not a slip\nb = '“quoted”'\n") == []


PIECES = ["a", "1", "=", "[", "]", "{", "}", '"', "'", ",", ";", "#", ".", "\n", " ", "“", "−"]


@given(st.lists(st.sampled_from(PIECES)))
def test_any_text_ends_in_words(pieces: list[str]) -> None:
    """It never fails, and finds nothing only in what is TOML."""
    import tomllib

    text = "".join(pieces)
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assert slips(text)
    else:
        assert slips(text) == []
