"""What is uncertain: what is not known against what chance decides, and which judgements weigh most."""
