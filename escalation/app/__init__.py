"""The interactive page: its logic, which needs no browser, and the components that show it."""
