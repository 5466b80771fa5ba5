"""The vocabulary: what a scenario states, as frozen and checked models."""
