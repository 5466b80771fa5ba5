"""A scenario many times over: runner, ensemble, comparison."""
