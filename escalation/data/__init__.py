"""Crisis data: loaders of the user's own copies, and how a row becomes a scenario. No rows are shipped."""
