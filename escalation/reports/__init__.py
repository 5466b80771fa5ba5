"""Reports: what a scenario or a study is, in words and tables."""
