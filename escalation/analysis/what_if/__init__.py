"""What if: what else could be said, pledged or done, and what would come of it."""
