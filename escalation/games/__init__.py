"""Small games of one's own, on the same functions that a crisis uses."""
