"""ODD: the tables of the model's description after the ODD protocol [Grimm2020]_, made from the code.

The description itself is ``docs/explanation/odd.md``. Its tables stand between marks and are written by this module, so
that they cannot differ from the code:

    python -m escalation.reports.odd docs/explanation/odd.md
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

from escalation.errors import StudyError
from escalation.reports.equations import mechanism_table
from escalation.reports.parameters import parameter_tables
from escalation.reports.scenario_tables import scenario_tables
from escalation.reports.state_variables import state_tables
from escalation.reports.symbols import symbol_table
from escalation.reports.tables import Table
from escalation.world.near import near

__all__ = ["filled", "scenario_tables", "tables"]

_CONSTANTS: dict[str, str] = {
    "engines.lowering.rules.FEAR_ON_JOINING": "Fear h on a front that opens where a patron joins.",
    "dynamics.decision.REVISIONIST": "Revisionism from which an account is always open.",
    "dynamics.signals.BY_LAW": "Greatest credence that warnings can bring about.",
    "dynamics.fading.HEALED": "Level below which an injury or a weakness is over.",
    "dynamics.fading.FORGOTTEN": "Publicity below which an overdue vow is forgotten.",
    "dynamics.timeline.MOST_INCIDENTS": "Most incidents on a front in a period.",
    "mechanisms.war_and_contest.STEPS": "Fifths of the scale of intensity, to which the slope f1 refers.",
    "mechanisms.war_and_contest.ONSET": "Sum of two intensities at which the hazard of brinkmanship is its scale f0.",
    "mechanisms.alliances.LEAST_CREDENCE": "Least credence by which a patron joins; the greatest is 1 less it.",
    "mechanisms.alliances.UNDESERVED": "What striking first takes off the log-odds of a conditional pledge.",
    "arithmetic.elementary.LARGEST_EXPONENT": "Bound of the argument of an exponential.",
    "arithmetic.elementary.SMALLEST": "Least argument of a logarithm.",
}
"""Numbers that are fixed in the code, by module and name."""

_BLOCK = re.compile(r"(<!-- table: (?P<name>\S+) -->\n).*?(<!-- end of table -->)", re.DOTALL)


def tables() -> dict[str, Table]:
    """Tables of the ODD: all parameters, state variables, fixed numbers, equations and symbols of the model.

    Returns
    -------
    dict
        By name: ``parameters.<part>``, ``state.<table>``, ``constants``, ``mechanisms`` and ``symbols``.
    """
    found = {f"parameters.{part}": table for part, table in parameter_tables().items()}
    found |= {f"state.{name}": table for name, table in state_tables().items()}
    return found | {"constants": _constants(), "mechanisms": mechanism_table(), "symbols": symbol_table()}


def _constants() -> Table:
    rows = []
    for place, meaning in _CONSTANTS.items():
        module, _, name = place.rpartition(".")
        value = getattr(import_module(f"escalation.{module}"), name)
        rows.append((f"`{place}`", meaning, f"{value:.10g}"))
    return Table(("number", "meaning", "value"), tuple(rows))


def filled(text: str) -> str:
    """Text of the ODD with each table as the code has it now.

    Parameters
    ----------
    text
        Markdown in which a table stands between ``<!-- table: NAME -->`` and ``<!-- end of table -->``.

    Raises
    ------
    StudyError
        If there is no table of that name.
    """
    known = tables()

    def fill(block: re.Match[str]) -> str:
        if block["name"] not in known:
            raise StudyError(f"no table {block['name']!r}{near(block['name'], known)}")
        return f"{block[1]}\n{known[block['name']].markdown()}\n\n{block[3]}"

    return _BLOCK.sub(fill, text)


def main(paths: list[str]) -> None:
    """Write the tables into files."""
    for path in map(Path, paths):
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
