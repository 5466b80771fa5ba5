"""escalation: how a crisis climbs a ladder of escalation, or steps back."""
