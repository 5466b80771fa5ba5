"""The reference of the command line, made from the help of the commands."""

from __future__ import annotations

import re
from typing import Any

import typer

from escalation.cli.main import app

__all__ = ["command_line"]

HEAD = """# The command line

`escalation COMMAND --help` prints what stands here. A SCENARIO is the name of one in the library or a file.
`--json` prints one object and nothing else, for other programs to read.

"""


def _help(text: str) -> str:
    """Help of a command, its examples as a block."""
    words, _, examples = text.partition("For example:")
    lines = re.findall(r"^`(.+)`$", examples, flags=re.MULTILINE)
    if not lines:
        return text
    return f"{words.strip()}\n\n```sh\n" + "\n".join(lines) + "\n```"


def _table(command: Any, name: str) -> str:
    context = command.make_context(name, [], resilient_parsing=True)
    records = [record for part in command.params if (record := part.get_help_record(context))]
    if not records:
        return ""
    # A bar would end a cell of the table, even within code.
    rows = [f"| `{what.replace('|', '/')}` | {' '.join(about.replace('|', '/').split())} |" for what, about in records]
    return "| argument or option | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n"


def command_line() -> str:
    """Write the page, a section a command."""
    group: Any = typer.main.get_command(app)
    text = [HEAD + str(group.epilog), ""]
    for name, command in group.commands.items():
        if not command.hidden:
            text += [f"## {name}\n\n{_help(command.help or '')}\n", _table(command, name)]
    return "\n".join(text)
