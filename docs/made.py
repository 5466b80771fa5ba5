"""Pages that are made from the code: the scenario file, the command line, the interface, the bibliography."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import types
from pathlib import Path

from made_bibliography import bibliography
from made_command_line import command_line
from made_scenario_file import fields, scenario_file

import escalation
from escalation import plotting
from escalation.reports import equations

__all__ = ["PAGES", "fields", "write_all"]

PACKAGE = Path(escalation.__file__).parent

GROUPS = {
    "Scenarios": ("world", "files"),
    "One run": ("engines",),
    "Many runs": ("montecarlo", "estimates"),
    "Studies": ("analysis", "data"),
    "Games and rivals": ("games", "baselines"),
    "Reports": ("reports",),
    "Errors": ("errors",),
}
"""Public names by the part of the package that they live in."""

PARTS = {
    "estimates": "Numbers in, an estimate out. These functions know nothing of crises.",
    "games": "Small games, solved on the mechanisms of the model.",
    "baselines": "Rival models, to compare with.",
    "data": "Crisis data, and how a row becomes a scenario.",
}
"""Parts whose names are documented, and free to change."""


def _part_of(name: str) -> str:
    home = getattr(getattr(escalation, name), "__module__", "")
    return home.split(".")[1] if home.startswith("escalation.") else ""


def _is_module(name: str) -> bool:
    return inspect.ismodule(getattr(escalation, name))


def _summary(names: list[str]) -> str:
    return ".. autosummary::\n   :toctree: generated\n\n" + "\n".join(f"   {name}" for name in names) + "\n"


def interface() -> str:
    """List the public names of the package, by subject."""
    left = [name for name in escalation.__all__ if name != "__version__" and not _is_module(name)]
    text = ["Interface\n=========\n\nEverything here is an attribute of the package, loaded when it is first used.\n"]
    for title, parts in (GROUPS | {"Other": ()}).items():
        names = [name for name in left if not parts or _part_of(name) in parts]
        left = [name for name in left if name not in names]
        if names:
            text.append(f"{title}\n{'-' * len(title)}\n\n.. currentmodule:: escalation\n\n{_summary(names)}")
    text.append(f"Plots\n-----\n\n.. currentmodule:: escalation.plotting\n\n{_summary(list(plotting.__all__))}")
    return "\n".join(text)


def _modules(folder: Path) -> dict[str, list[str]]:
    """Modules of a folder that say what they offer, with the names that they offer."""
    found = {}
    for path in sorted(folder.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__" and path.stem != "__init__":
                found[path.stem] = list(ast.literal_eval(node.value))
    return found


def parts() -> str:
    """Describe the modules behind the public names that have a use of their own."""
    about = "Modules that can be used on their own. They are documented, and :doc:`free to change <stability>`."
    text = [f"Behind the interface\n====================\n\n{about}\n"]
    for part, what in PARTS.items():
        text.append(f"{part.capitalize()}\n{'-' * len(part)}\n\n{what}\n")
        for module, names in _modules(PACKAGE / part).items():
            values = vars(importlib.import_module(f"escalation.{part}.{module}"))
            aliases = [name for name in names if isinstance(values[name], types.GenericAlias | types.UnionType)]
            elsewhere = ", ".join(aliases + [name for name in names if name in escalation.__all__])
            text.append(f"escalation.{part}.{module}\n{'^' * len(f'escalation.{part}.{module}')}\n")
            hidden = f"   :exclude-members: {elsewhere}\n" if elsewhere else ""
            text.append(f".. automodule:: escalation.{part}.{module}\n   :members:\n{hidden}")
    return "\n".join(text)


def mechanisms() -> str:
    """List the mechanisms by family, each with its switches and its equations."""
    text = ["Mechanisms\n==========\n\nPure functions, by family: a module a family, a section a mechanism.\n"]
    for family, found in itertools.groupby(equations.mechanisms(), key=lambda mechanism: mechanism.family):
        title = family.replace("_", " ").capitalize()
        text.append(f"{title}\n{'-' * len(title)}\n\n.. automodule:: escalation.mechanisms.{family}\n")
        for mechanism in found:
            text.append(f"{mechanism.name.capitalize()}\n{'^' * len(mechanism.name)}\n")
            text += [f"{said.replace('`', '``')}\n" for said in (mechanism.words, mechanism.switched)]
            text += [f".. autofunction:: escalation.mechanisms.{family}.{name}\n" for name in mechanism.functions]
    return "\n".join(text)


PAGES = {
    "scenario-file.md": scenario_file,
    "command-line.md": command_line,
    "interface.rst": interface,
    "parts.rst": parts,
    "mechanisms.rst": mechanisms,
    "bibliography.rst": bibliography,
}
"""Pages of the reference, and what writes them."""


def write_all(folder: Path) -> None:
    """Write all pages that are made from the code, where they have changed."""
    for name, write in PAGES.items():
        path, text = folder / "reference" / name, write()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
