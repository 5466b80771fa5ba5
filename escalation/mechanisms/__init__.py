"""The science: one mechanism a file, each a scalar function with its equation, units and source."""
