"""What all parts of a scenario have in common: frozen, strict, and no unknown keys."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = ["ActorId", "Id", "Part", "Share", "Text"]

ActorId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""Id of an actor: lower-case letters, digits and underscores; no hyphen, which joins two actors into a front."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""Id of a signal, event or commitment: lower-case letters, digits, underscores and hyphens."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Part(BaseModel):
    """A frozen part of a scenario; unknown keys are faults and so are infinities and NaN."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )
