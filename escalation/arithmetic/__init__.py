"""Arithmetic that gives the same bits in plain Python and in machine code."""
