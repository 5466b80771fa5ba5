import time

import pytest

from escalation.analysis.crew import Crew
from escalation.errors import StudyError


def test_results_come_in_the_order_of_the_pieces() -> None:
    with Crew(10, workers=3, progress=False) as crew:
        assert crew.play(lambda n: n * n, list(range(10)), runs=lambda n: n) == [n * n for n in range(10)]
        assert crew.runs == 45


def test_a_fault_ends_the_study() -> None:
    def fail(piece: int) -> None:
        raise StudyError(f"piece {piece}")

    with pytest.raises(StudyError, match="piece 7"), Crew(1, progress=False) as crew:
        crew.play(fail, [7], runs=lambda _: 1)


def test_after_ctrl_c_nothing_more_is_begun() -> None:
    begun = []

    def work(piece: int) -> None:
        begun.append(piece)
        time.sleep(0.01)
        if piece == 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Crew(1000, workers=1, progress=False) as crew:
        crew.play(work, range(1000), runs=lambda _: 1)
    assert len(begun) < 1000
