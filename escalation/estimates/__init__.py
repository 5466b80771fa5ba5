"""Numbers in, estimates out: every estimate carries its n, its interval and the method's name."""
