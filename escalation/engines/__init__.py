"""Two engines that play the same periods: a readable Mesa model and a compiled loop."""
