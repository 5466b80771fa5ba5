"""One period of a crisis, written once for both engines."""
