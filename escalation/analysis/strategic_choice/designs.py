"""Designs: the regressors of each utility, built from formulas and built again for other rows."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from escalation.analysis.strategic_choice.formulas import alone, columns_of, parsed, reason, shown, the_formulaic
from escalation.analysis.strategic_choice.likelihood import UTILITIES
from escalation.analysis.strategic_choice.table import check_numbers, rows_text, stray_text
from escalation.errors import StudyError
from escalation.world.near import near

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Designs", "build_designs", "checked_formulas", "usable_rows"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Designs:
    """Regressors of each utility, in the order of `UTILITIES`.

    Parameters
    ----------
    formulas
        The formulas, by utility.
    names
        Names of the columns of each.
    matrices
        The columns; shapes (rows, columns of the utility).
    recipes
        What builds all columns of a formula for other rows, and which of them are used.
    """

    formulas: dict[str, str]
    names: tuple[tuple[str, ...], ...]
    matrices: tuple[Floats, ...]
    recipes: tuple[Any, ...]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters, as ``u1_war:Intercept``."""
        return tuple(
            f"{utility}:{name}" for utility, names in zip(UTILITIES, self.names, strict=True) for name in names
        )

    def without(self, left_out: Collection[str]) -> Designs:
        """Return the same designs without some parameters.

        Raises
        ------
        StudyError
            If one is not known.
        """
        for name in left_out:
            if name not in self.parameters:
                raise StudyError(f"there is no parameter {name!r}{near(name, self.parameters)}")
        kept = [
            [k for k, name in enumerate(names) if f"{utility}:{name}" not in left_out]
            for utility, names in zip(UTILITIES, self.names, strict=True)
        ]
        return Designs(
            self.formulas,
            tuple(tuple(names[k] for k in keep) for names, keep in zip(self.names, kept, strict=True)),
            tuple(matrix[:, keep] for matrix, keep in zip(self.matrices, kept, strict=True)),
            self.recipes,
        )

    def at(self, frame: pd.DataFrame) -> tuple[Floats, ...]:
        """Regressors of other rows; shapes (rows, columns of the utility).

        Raises
        ------
        StudyError
            If a column is missing, or holds a missing value or a category that was not fitted to.
        """
        found = []
        for utility, names, recipe in zip(UTILITIES, self.names, self.recipes, strict=True):
            formula = self.formulas.get(utility, "0")
            if not names:
                found.append(np.empty((len(frame), 0)))
                continue
            empty = frame[columns_of(utility, formula, frame)].isna().any(axis=1).to_numpy()
            if empty.any():
                raise StudyError(f"{utility}: a value is missing in {rows_text(empty)}")
            found.append(_matrix(utility, formula, recipe, frame)[0][list(names)].to_numpy(dtype=np.float64))
        return tuple(found)


def checked_formulas(utilities: Mapping[str, str]) -> dict[str, str]:
    """Formulas of all five utilities; one that is not given is fixed at 0.

    Raises
    ------
    StudyError
        If a utility is not known or a formula is no text.
    """
    for name, formula in utilities.items():
        if name not in UTILITIES:
            raise StudyError(f"there is no utility {name!r}; they are {', '.join(UTILITIES)}{near(name, UTILITIES)}")
        if not isinstance(formula, str):
            raise StudyError(f"{name}: a formula is text, as '1 + balance', not {formula!r}")
    return {name: utilities.get(name, "0").strip() or "0" for name in UTILITIES}


def _matrix(
    utility: str, text: str, recipe: Any, frame: pd.DataFrame, places: NDArray[np.int64] | None = None
) -> tuple[Any, Any]:
    """Columns of a formula, and what builds them again; `places` are those of the rows in the user's table."""
    mismatch = the_formulaic().errors.DataMismatchWarning
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", mismatch)
            warnings.simplefilter("error", np.exceptions.ComplexWarning)
            found = recipe.get_model_matrix(frame.reset_index(drop=True), context={})
            values = found.to_numpy(dtype=np.float64)
    except Exception as error:
        dates = [str(name) for name in columns_of(utility, text, frame) if frame[name].dtype.kind == "M"]
        strays = filter(None, (stray_text(frame, name, places) for name in columns_of(utility, text, frame)))
        why = "".join(f"; {stray}" for stray in strays)
        why += f"; {dates[0]!r} holds dates, and I({dates[0]}.dt.year) their years" if dates else ""
        raise StudyError(f"{utility}: {shown(text)} cannot be computed: {reason(error)}{why}") from error
    # Formulaic leaves out rows in which it gets no number, as from log(-1); its index says which are left.
    lost = np.ones(len(frame), np.bool_)
    lost[found.index[np.isfinite(values).all(axis=1)]] = False
    if lost.any():
        raise StudyError(f"{utility}: {shown(text)} is not finite in {rows_text(lost, places)}")
    return found, found.model_spec


def usable_rows(frame: pd.DataFrame, formulas: Mapping[str, str], others: Sequence[str]) -> NDArray[np.bool_]:
    """Rows in which no value is missing that a formula, or one of the other columns, needs.

    Raises
    ------
    StudyError
        If the table lacks a column, or one of numbers holds a stray text.
    """
    needed = set(others)
    for utility, text in formulas.items():
        parsed(utility, text)
        needed |= set(columns_of(utility, text, frame))
        check_numbers(frame, alone(utility, text, frame), utility)
    return np.asarray(frame[[name for name in frame.columns if name in needed]].notna().all(axis=1))


def build_designs(frame: pd.DataFrame, formulas: dict[str, str], places: NDArray[np.int64] | None = None) -> Designs:
    """Designs of the rows of a table, none of which misses a value.

    Parameters
    ----------
    frame
        The rows.
    formulas
        Formula of each utility.
    places
        Places of the rows in the user's table, counted from 0, which messages name; by default all are there.

    Raises
    ------
    StudyError
        If a formula cannot be computed.
    """
    names, matrices, recipes = [], [], []
    for utility in UTILITIES:
        matrix, recipe = _matrix(utility, formulas[utility], parsed(utility, formulas[utility]), frame, places)
        names.append(tuple(str(name) for name in matrix.columns))
        matrices.append(matrix.to_numpy(dtype=np.float64))
        recipes.append(recipe)
    return Designs(formulas, tuple(names), tuple(matrices), tuple(recipes))
