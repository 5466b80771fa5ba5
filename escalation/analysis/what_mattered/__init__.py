"""What mattered: which mechanisms a result hangs on, and whether it hangs on the ladder."""
