import numpy as np
import pytest

from escalation.analysis.uncertain.variance import split_variance
from escalation.errors import StudyError


def test_split_is_without_bias_in_the_beta_binomial_case() -> None:
    """P(event | θ) is Beta(2, 6): Var(E[Y|θ]) = ab/((a+b)²(a+b+1)) and E[Var(Y|θ)] = ab/((a+b)(a+b+1)).

    Means over 400 studies of 64 draws and 10 runs; a false alarm by four standard errors, 1 in 16,000 a part.
    """
    rng = np.random.default_rng(1)
    splits = []
    for _ in range(400):
        theta = rng.beta(2.0, 6.0, size=64)
        splits.append(split_variance((rng.random((64, 10)) < theta[:, np.newaxis]).astype(float)))
    judgement, chance = 12.0 / (64.0 * 9.0), 12.0 / (8.0 * 9.0)
    for part, exact in (("judgement", judgement), ("chance", chance)):
        found = np.array([getattr(split, part) for split in splits])
        assert abs(found.mean() - exact) < 4.0 * found.std() / 20.0
    biased = np.mean([split.judgement + split.noise for split in splits])
    assert biased > judgement + 0.8 * chance / 10.0  # so that the correction is seen to matter
    assert splits[0].total == splits[0].chance + splits[0].judgement


def test_pure_chance_is_clipped_at_nothing() -> None:
    rng = np.random.default_rng(2)
    splits = [split_variance((rng.random((32, 20)) < 0.4).astype(float)) for _ in range(200)]
    clipped = sum(split.clipped for split in splits)
    assert 60 < clipped < 160  # about half; four standard errors each way
    assert all(split.judgement == 0.0 for split in splits if split.clipped)


def test_pure_judgement_has_no_chance_in_it() -> None:
    split = split_variance(np.repeat([[0.0], [1.0], [1.0], [0.0]], 5, axis=1))
    assert (split.chance, split.noise, split.share) == (0.0, 0.0, 1.0)
    assert split.judgement == pytest.approx(1.0 / 3.0)


def test_nothing_varies() -> None:
    assert split_variance(np.zeros((4, 4))).share == 0.0


@pytest.mark.parametrize("shape", [(1, 9), (9, 1), (9,)])
def test_too_few(shape: tuple[int, ...]) -> None:
    with pytest.raises(StudyError, match="2 or more draws of 2 or more runs"):
        split_variance(np.zeros(shape))
