"""Rare events: the probability of what plain runs hardly ever show."""
