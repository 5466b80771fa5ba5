"""Tables as CSV that other programs read as they are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["with_plain_truth"]


def with_plain_truth(frame: pd.DataFrame) -> pd.DataFrame:
    """Table with its truth values as ``TRUE`` and ``FALSE``, to be written as CSV.

    R takes ``True``, which pandas writes, for text. pandas, polars and DuckDB read both as truth values.

    Parameters
    ----------
    frame
        A table; it stays as it is.

    Examples
    --------
    >>> import pandas as pd
    >>> print(with_plain_truth(pd.DataFrame({"run": [0, 1], "war": [True, False]})).to_csv(index=False), end="")
    run,war
    0,TRUE
    1,FALSE
    """
    columns = [name for name in frame.columns if frame[name].dtype == bool]
    return frame.assign(**{name: frame[name].map({True: "TRUE", False: "FALSE"}) for name in columns})
