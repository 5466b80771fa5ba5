"""Why an actor chose what it chose: a run replayed step by step, and the decision taken apart."""
