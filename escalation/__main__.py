"""Run the command line as ``python -m escalation``."""

from escalation.cli.main import main

if __name__ == "__main__":
    main()
