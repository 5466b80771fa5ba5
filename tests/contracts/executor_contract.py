"""What an executor must do for a study, as checks that hold or raise `BrokenContractError`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np

from escalation.montecarlo.ensemble import Ensemble
from escalation.montecarlo.runner import run
from escalation.world.scenario import Scenario

RUNS, SEED = 2_200, 11
PATIENCE = 120.0

Check = Callable[[Executor, Scenario, Ensemble, float], None]


class BrokenContractError(AssertionError):
    """An executor that must not be given to a study."""


def gives_the_same_bits(executor: Executor, scenario: Scenario, expected: Ensemble, patience: float) -> None:
    """A study of whole blocks and one that is not is, bit for bit, that of threads, and it comes to an end."""
    got = _within(patience, lambda: run(scenario, runs=RUNS, seed=SEED, executor=executor))
    if got.runs != expected.runs:
        raise BrokenContractError(f"{got.runs} runs, not {expected.runs}")
    for name, array in expected.outcomes.items():
        if not np.array_equal(got.outcomes[name], array):
            raise BrokenContractError(f"{name} differs")


def answers_each_call_itself(executor: Executor, scenario: Scenario, expected: Ensemble, patience: float) -> None:
    """Each future has the result of its own call, once."""
    futures = [executor.submit(divmod, 100 + k, 7) for k in range(20)]
    got = [_within(patience, lambda future=future: future.result()) for future in futures]
    if got != [divmod(100 + k, 7) for k in range(20)]:
        raise BrokenContractError("a future has the result of another's call")


def hands_back_faults(executor: Executor, scenario: Scenario, expected: Ensemble, patience: float) -> None:
    """A call that fails gives its error to its own future, and the next call is answered."""
    faulty, sound = executor.submit(divmod, 1, 0), executor.submit(divmod, 7, 2)
    if not isinstance(_within(patience, faulty.exception), ZeroDivisionError):
        raise BrokenContractError("the error of a call was lost")
    if _within(patience, sound.result) != (3, 1):
        raise BrokenContractError("an error spoilt the next call")


def is_left_open(executor: Executor, scenario: Scenario, expected: Ensemble, patience: float) -> None:
    """A second study on the same executor is like the first."""
    gives_the_same_bits(executor, scenario, expected, patience)
    gives_the_same_bits(executor, scenario, expected, patience)


CHECKS: tuple[Check, ...] = (answers_each_call_itself, hands_back_faults, gives_the_same_bits, is_left_open)


def _within(patience: float, call: Callable[[], Any]) -> Any:
    """Result of a call, which must come in time, and be no error."""
    answer: Future[Any] = Future()

    def attempt() -> None:
        try:
            answer.set_result(call())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the executor's doing
            answer.set_exception(error)

    threading.Thread(target=attempt, daemon=True).start()
    try:
        return answer.result(patience)
    except TimeoutError:
        raise BrokenContractError(f"nothing came back within {patience:g} s") from None
    except BrokenContractError:
        raise
    except Exception as error:
        raise BrokenContractError(f"{type(error).__name__}: {error}") from error
