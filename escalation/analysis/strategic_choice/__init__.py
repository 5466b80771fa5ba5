"""The strategic choice model: what deterrence games of three outcomes tell about what players want."""
