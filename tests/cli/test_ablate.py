import json

from typer.testing import CliRunner

from escalation.cli.main import app


def test_json_holds_every_mechanism_asked_for() -> None:
    words = ["ablate", "two-state-deterrence", "--runs", "200", "--seed", "1", "-m", "leash", "-m", "leak", "--json"]
    result = CliRunner().invoke(app, words)
    study = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(study["mechanisms"]) == ["leash", "leak"]
    assert study["difference_is"] == "changed minus unchanged"
    assert study["mechanisms"]["leash"]["effects"]["war"]["n"] == 200


def test_table_says_what_is_not_in_use() -> None:
    result = CliRunner().invoke(
        app, ["ablate", "two-state-deterrence", "--runs", "50", "-m", "proxy", "-m", "commitment"]
    )
    assert result.exit_code == 0
    assert "without the mechanism minus with it" in result.stdout
    assert "not in use" in result.stdout
    assert "other fronts" in result.stdout
