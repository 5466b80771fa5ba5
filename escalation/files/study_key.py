"""What a stored thing is keyed by: all that its content follows from, part by part, the sources of the model included.

Every store and every cache of the package takes its key from here:

- a store of runs: `run_key`;
- the file in which a fit keeps its populations: `fit_key`;
- the folder in which a search for the mode of crisis data keeps its fits: `search_key`;
- the folder in which a forecast keeps the fits of its folds: `forecast_key`;
- workers of a cluster and other processes, which must have the same model, and ensembles in NetCDF files:
  `source_hash`;
- machine code: `source_hash` of what is compiled.

A store whose key is another is refused by `check_key`, in a sentence that names the parts that differ.
"""

from __future__ import annotations

import functools
import hashlib
import warnings
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from escalation.errors import StoreError
from escalation.world.fingerprint import fingerprint
from escalation.world.plain import plain

if TYPE_CHECKING:
    from escalation.world.scenario import Scenario

__all__ = [
    "Key",
    "Made",
    "check_key",
    "differences",
    "fit_key",
    "forecast_key",
    "run_key",
    "search_key",
    "source_files",
    "source_hash",
    "warn_of_other_sources",
]

Key = dict[str, Any]
"""Parts of a key by name, as JSON holds them."""

Made = Literal["machine code", "runs", "fits"]
"""What is made by sources."""

_COMPILED = ("arithmetic", "dynamics", "engines", "mechanisms")
_SHOWING = ("__init__.py", "__main__.py", "app", "baselines", "cli", "games", "library", "plotting", "reports")
_NOT_USED: Mapping[Made, tuple[str, ...]] = {"runs": (*_SHOWING, "analysis", "data"), "fits": _SHOWING}
"""Parts of the package that do not make a thing; what the library holds is in the scenario. Every other part counts."""

_SHOWN = 12


def source_files(root: Path, made: Made) -> list[Path]:
    """Sources, in subfolders too, that a thing is made by, in an order that is the same everywhere.

    Parameters
    ----------
    root
        Folder of the package.
    made
        What they make.
    """
    if made == "machine code":
        parts = [root / name for name in _COMPILED]
    else:
        parts = [part for part in root.iterdir() if part.name not in _NOT_USED[made]]
    found = [source for part in parts for source in ([part] if part.suffix == ".py" else part.rglob("*.py"))]
    return sorted(found, key=lambda path: path.relative_to(root).parts)


@functools.cache
def source_hash(made: Made = "runs", *, root: Path | None = None) -> str:
    """Hash of the package's own sources that make runs, fits or machine code.

    Parameters
    ----------
    made
        What they make.
    root
        Folder of the package; by default of the one that is running.

    Examples
    --------
    >>> source_hash() == source_hash("runs") != source_hash("fits")
    True
    """
    folder = Path(str(files("escalation"))) if root is None else root
    digest = hashlib.blake2b(digest_size=12)
    for source in source_files(folder, made):
        content = source.read_bytes()
        # The lengths keep apart what one name or file ends with from what the next begins with.
        name = source.relative_to(folder).as_posix()
        digest.update(f"{len(name)} {name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def run_key(scenario: Scenario, *, seed: int) -> Key:
    """Key of the runs of a scenario.

    Examples
    --------
    >>> import escalation as esc
    >>> list(run_key(esc.load("two-state-deterrence"), seed=1))
    ['scenario', 'seed', 'method', 'sources']
    """
    return {
        "scenario": {"name": scenario.name, "hash": scenario.hash},
        "seed": seed,
        "method": "run",
        "sources": source_hash("runs"),
    }


def fit_key(
    scenario: Scenario,
    *,
    parameters: Sequence[str],
    observed: Mapping[str, tuple[int, int]],
    seed: int,
    method: str,
    runs: int,
    population: int,
) -> Key:
    """Key of a fit to how often events happened.

    Parameters
    ----------
    scenario
        The scenario, with the priors in the places of the parameters.
    parameters
        Dotted paths of the parameters.
    observed
        How often each event happened, and in how many cases.
    seed
        Seed.
    method
        Method of the fit.
    runs
        Runs for each trial of the parameters.
    population
        Draws in a population.
    """
    data = plain(scenario, iso=True)
    return {
        "scenario": {"name": scenario.name, "hash": fingerprint(scenario, without=parameters)},
        "parameters": list(parameters),
        "priors": {path: _at(data, path) for path in parameters},
        "events": list(observed),
        "counts": [[int(happened), int(cases)] for happened, cases in observed.values()],
        "runs": runs,
        "population": population,
        "seed": seed,
        "method": method,
        "sources": source_hash("fits"),
    }


def search_key(rows: list[str], *, runs: int, steps: int) -> Key:
    """Key of fits to crisis-actor rows, each of which is named by its start and its seed.

    Parameters
    ----------
    rows
        Hashes of the tables that are fitted to.
    runs
        Runs of each crisis in a simulation.
    steps
        Most steps of a fit.
    """
    return {"rows": rows, "runs": runs, "steps": steps, "method": "calibrate", "sources": source_hash("fits")}


def forecast_key(*, runs: int) -> Key:
    """Key of the fits of a forecast, each of which is named by its seed and by a hash of what it learnt from.

    Parameters
    ----------
    runs
        Runs of each crisis in a simulation.
    """
    return {"runs": runs, "method": "forecast", "sources": source_hash("fits")}


def _at(data: Any, path: str) -> Any:
    for key in path.split("."):
        data = data[int(key) if isinstance(data, list) else key]
    return data


def differences(held: Key, asked: Key) -> list[str]:
    """Say in what two keys differ, part by part.

    Examples
    --------
    >>> differences({"seed": 1, "method": "run"}, {"seed": 2, "method": "run"})
    ['seed (1 there, 2 here)']
    """
    return [
        f"{name} ({_text(name, held.get(name))} there, {_text(name, asked[name])} here)"
        for name in asked
        if _identity(name, held.get(name)) != _identity(name, asked[name])
    ]


def _identity(name: str, value: Any) -> Any:
    """What counts of a part: a scenario's name does not."""
    return value["hash"] if name == "scenario" and value is not None else value


def _text(name: str, value: Any) -> str:
    if value is None:
        return "not said"
    if name == "scenario":
        return f"{value['name']!r}, hash {value['hash'][:_SHOWN]}"
    return str(value)


def check_key(place: str, held: Key, asked: Key, *, what: str) -> None:
    """Refuse a store that is of another study.

    Parameters
    ----------
    place
        The store, for the message.
    held, asked
        Its key, and the key of the study that asks for it.
    what
        What the store holds, as in ``"runs"``.

    Raises
    ------
    StoreError
        If the keys differ; the message names the parts that do.
    """
    if different := differences(held, asked):
        raise StoreError(
            f"{place}: holds {what} of another study, which differs in {'; '.join(different)}; give each study a "
            "store of its own"
        )


def warn_of_other_sources(place: str, sources: str, *, version: str, stacklevel: int) -> None:
    """Warn where stored runs that are read were played by other sources.

    They can be read all the same: what was found stays found.

    Parameters
    ----------
    place
        The store or file, for the message.
    sources
        Hash of the sources that played its runs; empty where an earlier version did not say it.
    version
        Version of the library that did.
    stacklevel
        How far up the call is that asked for them.
    """
    if (here := source_hash("runs")) != sources:
        warnings.warn(
            f"{place}: its runs were played by another version of the model ({version}, sources "
            f"{sources or 'not said'}; here {here}); a run that is replayed here may differ",
            RuntimeWarning,
            stacklevel=stacklevel,
        )
