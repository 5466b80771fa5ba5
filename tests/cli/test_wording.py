from __future__ import annotations

from pathlib import Path

import pytest

from escalation.cli.wording import plainly

from .conftest import Escalation

TWO = "two-state-deterrence"


def said(done: object) -> str:
    """What stands on standard error, on one line and without the box around it."""
    text = getattr(done, "stderr", "")
    return " ".join("".join(" " if mark in "│╭╮╰╯─" else mark for mark in text).split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"rnu {TWO}", "No such command 'rnu'. Did you mean 'run'?"),
        (f"run {TWO} --rnus 10", "--runs"),
        (f"run {TWO} -n 0", "must be at least 1"),
        (f"run {TWO} -n ten", "must be a whole number, such as 4 or 10000"),
        (f"run {TWO} -n 1e4", "must be a whole number, such as 4 or 10000"),
        (f"run {TWO} --seed -1", "must be at least 0"),
        ("run two-state-deterence", "did you mean 'two-state-deterrence'?"),
        (f"run {TWO} --set actors.patron.capabilty=3", "did you mean 'capability'?"),
        (f"run {TWO} --set actors.patron.capability=0,5", "must be a number, not '0,5': write 0.5"),
        (f"run {TWO} --without threta", "did you mean 'threat'?"),
        (f"run {TWO} -n 9 --until wra:0.01", "did you mean 'war'?"),
        (f"run {TWO} --until war:1,5%", "war:10%; write 1.5, with a decimal point"),
        (f"run {TWO} --workers two", "must be a whole number, such as 4 or 10000"),
        (f"run {TWO} --until war:10", "must be below 1; for a share of the estimate write 10%"),
        (
            f"run {TWO} --set horizon=30 --set horizon=60",
            "--set horizon=30 and --set horizon=60 are about the same thing",
        ),
        (f"run {TWO} --without threat --without threat", "--without threat is given twice; give it once"),
        (f"compare {TWO} --without threat --without threat", "--without threat is given twice"),
        (f"fit {TWO} --observed war=3/40 --observed war=5/40", "--observed war=3/40 and --observed war=5/40 are about"),
        (f"fit {TWO} --observed war=3/40 -p rules.leash -p rules.leash=0:1", "--parameter rules.leash and --parameter"),
        (f"explain {TWO} --given a=1 --given a=2", "--given a=1 and --given a=2 are about the same thing"),
        (
            f"plot policies {TWO} --policy horizon=30;horizon=60 -o x.png",
            "--policy horizon=30 and --policy horizon=60 are about the same thing",
        ),
        (f"run {TWO} --save x.foo", "x.foo: outcomes can be saved as .nc, .csv, .parquet"),
        (
            f"compare {TWO}",
            "a second scenario, or changes by --without and --set, and neither is given",
        ),
        (f"compare {TWO} {TWO} --without threat", "and --set, not both"),
        (f"compare {TWO} --without threta", "did you mean 'threat'?"),
        (f"plot fann {TWO} --save x.png", "there is no 'fann'; did you mean 'fan'?"),
        (f"plot first-passage {TWO} --save x.png --event wra -n 9", "did you mean 'war'?"),
        (f"plot beliefs {TWO} --save x.png --front challenger-defendr", "did you mean 'challenger-defender'?"),
        (f"plot fan {TWO} --save x.foo", "no figure can be saved as '.foo'"),
        (f"plot policies {TWO} --save x.png --policy threta -n 9", "did you mean 'threat'?"),
        (f"fit {TWO} --observed wra=3/20 --parameter rules.leash=0:1", "did you mean 'war'?"),
        (f"fit {TWO} --observed war=3/20 --parameter rules.leesh", "did you mean 'leash'?"),
        (f"fit {TWO} --observed war=3/20 --parameter rules.leash", "give one, as --parameter rules.leash=0.1:0.5 at"),
        (f"fit {TWO} --observed war=3 --parameter rules.leash=0:1", "must be EVENT=N/OF, as war=3/40"),
        (f"fit {TWO} --observed war=3/20 --parameter rules.leash=1:0", "low (1) must be below high (0)"),
        (f"fit {TWO} --observed war=3/20 --method moment", "there is no method 'moment'; did you mean 'moments'?"),
        ("estimate nope.csv --outcome y", "nope.csv: cannot be read: No such file or directory"),
        ("estimate . --outcome y", ".: cannot be read: Is a directory"),
        ("estimate d.csv --outcome y --link probitt", "there is no 'probitt'; did you mean 'probit'?"),
        ("estimate d.csv --outcome cam", "did you mean 'came'?"),
        ("estimate d.csv --outcome came --u2-war factor(x)", "categories are written C(x)"),
        ("estimate d.csv --outcome came --outcomes sq,cap,wra", "'came' holds 'war' (row 3)"),
        ("estimate d.csv --outcome came --scale 0,5", "must be a number, as 0.5"),
        (f"explain {TWO} --day 2000/01/05", "write 2000-01-05"),
        (f"rare {TWO} --event rung:major-strik", "did you mean 'rung:major-strike'?"),
        (f"rare {TWO} --event war --actor chalenger", "did you mean 'challenger'?"),
    ],
)
def test_a_wrong_call_says_what_is_meant(
    escalation: Escalation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "400")
    Path("d.csv").write_text("came,x\nsq,1\ncap,2\nwar,3\n")
    done = escalation(*line.split())
    assert done.exit_code == 2
    assert words in said(done)
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.csv"]


def test_what_is_not_known_is_left_as_it_is() -> None:
    assert plainly("Missing argument 'SCENARIO'.") == "Missing argument 'SCENARIO'."
    assert plainly("Input should be a valid number, unable to parse") == "must be a number, as 0.5"
    assert plainly("Input should be less than or equal to 1") == "must be at most 1"
    assert plainly("'x' is not one of 'a', 'b'.") == "there is no 'x'; allowed: a, b"
