"""Analysis: what an ensemble says about mechanisms, parameters and policies."""
