"""``escalation cite``: what to cite with a result."""

from __future__ import annotations

import typer

from escalation.cli.options import Json, World
from escalation.cli.output import print_json

__all__ = ["cite_sources"]


def cite_sources(scenario: World, as_json: Json = False) -> None:
    """Print the library and the sources of every mechanism that a scenario uses, as BibTeX.

    For example:

    `escalation cite haniyeh-2024 > sources.bib`

    `escalation cite haniyeh-2024 --json | jq .sources`
    """
    from escalation.files import load
    from escalation.reports.citation import citation, sources_in_use

    loaded = load(scenario)
    if as_json:
        print_json(
            {
                "scenario": loaded.name,
                "hash": loaded.hash,
                "sources": {what: list(keys) for what, keys in sources_in_use(loaded).items()},
                "bibtex": str(citation(loaded)),
            }
        )
    else:
        typer.echo(citation(loaded))
