"""Scores: how good the model's forecasts are, against what happened and against rivals."""
