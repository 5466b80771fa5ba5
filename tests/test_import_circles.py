"""Modules of the package import one another in one direction, wherever in a module the import stands.

`lint-imports` keeps the parts of the package in layers. What is looked at here is each module by itself, within a layer
too, with imports inside functions and under `if TYPE_CHECKING`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

PACKAGE = Path(__file__).parents[1] / "escalation"

ALLOWED = {
    frozenset({"escalation.engines.trajectory", "escalation.engines.explaining.explain"}): (
        "Trajectory.explain is a public method, and what it calls reads nearly every field of the trajectory"
    ),
}
"""Circles that may stay, by their modules, each with the reason. This list may only become shorter."""


def _modules(package: Path) -> dict[str, Path]:
    """Files of a package by the names of their modules."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imported(module: str, path: Path) -> Iterator[tuple[str, int]]:
    """Dotted names of what a module imports, each with its line."""
    package = module.split(".") if path.stem == "__init__" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def import_graph(package: Path) -> nx.DiGraph:
    """Modules of a package, with an edge to each module that one imports by name, and the line on which it does."""
    modules = _modules(package)
    graph = nx.DiGraph()
    graph.add_nodes_from(modules)
    for module, path in modules.items():
        for name, line in _imported(module, path):
            # `from a.b import c` names the module a.b.c, or something in the module a.b.
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules:
                graph.add_edge(module, target, line=line)
    return graph


def circles(graph: nx.DiGraph) -> dict[frozenset[str], str]:
    """Groups of modules of which each imports, over others or itself, each, with the imports that make them so."""
    groups = [group for group in nx.strongly_connected_components(graph) if len(group) > 1]
    groups += [{module} for module in nx.nodes_with_selfloops(graph)]
    return {
        frozenset(group): "\n".join(
            f"  {importer}:{line} imports {imported}"
            for importer, imported, line in sorted(graph.subgraph(group).edges(data="line"))
        )
        for group in groups
    }


def test_no_circle_of_imports_but_those_allowed() -> None:
    found = circles(import_graph(PACKAGE))
    new = [lines for modules, lines in found.items() if modules not in ALLOWED]
    assert not new, f"{len(new)} circles of imports:\n" + "\n\n".join(sorted(new))


def test_every_circle_that_is_allowed_is_still_there() -> None:
    gone = ALLOWED.keys() - circles(import_graph(PACKAGE)).keys()
    assert not gone, f"no circle any more, so take it from ALLOWED: {[sorted(modules) for modules in gone]}"


@pytest.mark.parametrize(
    "back",
    [
        "import house.rooms.kitchen",
        "import house.rooms.kitchen as room",
        "from house.rooms import kitchen",
        "from house.rooms.kitchen import Stove",
        "from .rooms import kitchen",
        "from .rooms.kitchen import Stove",
        "def cook():\n    from house.rooms.kitchen import Stove",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.rooms.kitchen import Stove",
    ],
)
def test_a_circle_is_seen_however_the_import_is_written(tmp_path: Path, back: str) -> None:
    rooms = tmp_path / "house" / "rooms"
    rooms.mkdir(parents=True)
    for folder in (rooms, rooms.parent):
        (folder / "__init__.py").write_text("")
    (rooms / "kitchen.py").write_text("from .. import garden\n\nclass Stove: ...\n")
    (rooms.parent / "garden.py").write_text("import json\n")
    assert circles(import_graph(rooms.parent)) == {}
    (rooms.parent / "garden.py").write_text(f"{back}\n")
    line = len(back.splitlines())
    assert circles(import_graph(rooms.parent)) == {
        frozenset({"house.garden", "house.rooms.kitchen"}): (
            f"  house.garden:{line} imports house.rooms.kitchen\n  house.rooms.kitchen:1 imports house.garden"
        )
    }
