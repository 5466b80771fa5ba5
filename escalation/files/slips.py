"""Slips in the text of a TOML file: what a spreadsheet, a word processor or another language's habit made of a line."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from contextlib import suppress

from escalation.errors import Fault
from escalation.files.lines import lines
from escalation.world.near import short
from escalation.world.slips import for_date, for_name, for_number, tidied

__all__ = ["slips"]

_MOST = 20
"""Slips that are looked for; for each the text is read anew."""
_AT = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_STRING = r"\"(?:\\.|[^\"\\])*\"|'[^']*'"
_COMMENT = re.compile(rf"({_STRING})|\s*#.*")
_KEY = re.compile(rf"(?:[A-Za-z0-9_-]+|{_STRING})(?:\s*\.\s*(?:[A-Za-z0-9_-]+|{_STRING}))*")
_CURLY = re.compile("[\u2018-\u201f\u2039\u203a\u00ab\u00bb\u00b4`]")
_REMARK = re.compile(r"\s*(?:;|//|--|/\*|<!--|%|\*|REM\b)")
_WORDS = re.compile(r"[^\W\d][\w .'/-]*")
_LONGEST = 1000
"""Characters of a line that is looked into; some searches take long in longer ones."""
_FLAGS = {"true": "true", "false": "false", "yes": "true", "no": "false", "on": "true", "off": "false"}
_NOTHING = ("none", "null", "nil", "na", "n/a", "nan", "-", "?")


def slips(text: str) -> list[Fault]:
    r"""Say what is wrong in the lines of a text that is no TOML; empty where it is TOML.

    Examples
    --------
    >>> print(*slips("start = 2000/01/05\nstake = 0,5\n"), sep="\n")
    '2000/01/05' is no date as files write it: write 2000-01-05 (line 1: start = 2000/01/05)
    write 0.5, with a decimal point (line 2: stake = 0,5)
    """
    rows, found = text.split("\n"), list[Fault]()
    while len(found) < _MOST:
        try:
            tomllib.loads("\n".join(rows))
        except RecursionError:
            break
        except ValueError as error:  # also what Python itself says of numbers of thousands of digits
            place, words = _told(rows, str(error))
            if place is None or words is None or (found and words.startswith("is not valid TOML")):
                # What is not understood may follow from what was found before.
                where = "" if place is None else f" ({_shown(rows, place)})"
                said = str(error) if place is None else _AT.sub("", str(error))
                return found or [Fault("", f"is not valid TOML: {said}{where}")]
            found.append(Fault("", f"{_printable(words)} ({_shown(rows, place)})"))
            # The rest is read without it. A table keeps a place, so that its keys do not fall into another.
            header = rows[place].lstrip().startswith("[")
            rows[place] = f"[slip-{place}]" if header else ""
        else:
            break
    return found


def _shown(rows: list[str], place: int) -> str:
    row = rows[place].strip(" \t\r")
    return f"line {place + 1}: {row if len(row) <= 60 and row.isprintable() else short(row)}"


def _printable(words: str) -> str:
    """Words without what a terminal would obey."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in words)


def _told(rows: list[str], error: str) -> tuple[int | None, str | None]:
    """Row of a slip, and what to write there, as far as they can be told."""
    at = _AT.search(error)
    if at is None:
        return None, None
    place = int(at[1]) - 1 if at[1] else None
    if place is None and error.startswith("Cannot "):
        place = len(rows) - 1
    if place is not None and place < len(rows):
        if twice := _twice(rows, place, error):
            return place, twice
        if words := _words(rows[place], error):
            return place, words
    for before in range(len(rows) - 1 if place is None else min(place, len(rows)) - 1, -1, -1):
        naked = _naked(rows[before])
        if "Unclosed" in error and naked.count("[") + naked.count("{") > naked.count("]") + naked.count("}"):
            return before, "a bracket that is opened here is not closed"
        if place is None and re.search(r"[\"']", naked):
            return before, "the closing quote is missing"
    return place, None


def _naked(row: str) -> str:
    """Row without its comment and without the content of its strings."""
    return re.sub(_STRING, "_", _COMMENT.sub(lambda one: one[1] or "", row))


def _twice(rows: list[str], place: int, error: str) -> str | None:
    """Words for a table or a key that stands twice."""
    if not error.startswith("Cannot "):
        return None
    row = rows[place].strip()
    header = row if row.startswith("[") else next((r.strip() for r in rows[place::-1] if r.strip().startswith("[")), "")
    table = header.strip("[] \t").split("]")[0]
    key = "" if row.startswith("[") else row.partition("=")[0].strip()
    first = lines("\n".join(rows[:place])).get(".".join(one for one in (table, key) if one))
    where = f", first on line {first}" if first else ""
    if row.startswith("[["):
        return f"[{table}] is a table of named ones: write [{table}.NAME] for each, without double brackets"
    if not key:
        return f"the table [{table}] stands twice{where}; give it another name, or put its keys under one"
    return f"{short(key)} stands twice in its table{where}; leave one out"


def _words(row: str, error: str) -> str | None:
    """What to write in place of a row, if it shows a known slip."""
    if len(row) > _LONGEST:
        return None
    naked = _naked(row)
    return _signs(row, naked) or _header(row, naked) or _key(row, naked) or _value(row, naked, error)


def _signs(row: str, naked: str) -> str | None:
    """Characters that no TOML has outside of its texts."""
    if _REMARK.match(row) and "=" not in row.partition("=")[0][:1]:
        return "a comment begins with #"
    if _CURLY.search(naked):
        return 'text stands between straight quotes, as in "quarrel"'
    for sign in naked:
        if unicodedata.category(sign) in ("Zs", "Cf", "Zl", "Zp") and sign != " ":
            name = unicodedata.name(sign, "an invisible character").lower()
            return f"U+{ord(sign):04X}, {name}, is no blank of TOML; write an ordinary one"
        if unicodedata.category(sign) == "Cc" and sign not in "\t\r":
            return f"U+{ord(sign):04X} is a control character; leave it out"
    return None


def _header(row: str, naked: str) -> str | None:
    """Slips in the brackets of a table."""
    bare = naked.strip()
    if not bare.startswith("["):
        if re.fullmatch(r"\w[\w.-]*\]+", bare):
            return f"the opening bracket is missing; write [{bare}"
        return None
    opens = "[[" if bare.startswith("[[") else "["
    inside, closing, rest = row.strip()[len(opens) :].partition("]")
    inside = re.sub(r"^(\w+) +(?=\w+$)", r"\1.", inside.strip())
    names = [part.strip() for part in inside.split(".")]
    if not all(_KEY.fullmatch(name) for name in names):
        kept = [name if _KEY.fullmatch(name) else for_name(name, hyphens=True) or "name" for name in names]
        return f"a name is of letters a to z, digits, _ and -; write {opens}{'.'.join(kept)}{opens.replace('[', ']')}"
    if inside != row.strip()[len(opens) :].partition("]")[0].strip():
        return f"names are joined by points; write {opens}{inside}{opens.replace('[', ']')}"
    if not closing or (opens == "[[" and not rest.startswith("]")):
        return f"a bracket is missing; write {opens}{inside.strip()}{opens.replace('[', ']')}"
    more = rest.removeprefix("]").strip() if opens == "[[" else rest.strip()
    return f"nothing follows the brackets of a table; leave out {short(more)}" if more else None


def _key(row: str, naked: str) -> str | None:
    """Slips before and at the equals sign."""
    if "=" not in naked:
        if re.search(r"[\[\](){}]|,\s*$", naked) or not naked.strip():
            return None  # a part of a value of several lines
        found = re.match(r"(\w[\w -]*?)\s*:\s*(\S.*)|([\w-]+)\s+(\S+)$", row.strip())
        if found and (found[1] or _is_value(found[4])):
            key, value = (found[1], found[2]) if found[1] else (found[3], found[4])
            return f"a key and its value are joined by =; write {for_name(key, hyphens=True)} = {value}"
        return "is not valid TOML: neither a key with its value, nor a table in brackets, nor a comment, begun by #"
    key = row.partition("=")[0].strip()
    if not key:
        return "a key is missing before ="
    if not _KEY.fullmatch(key) and not re.search(r"[\[{]", key):
        meant = for_name(re.sub(r"[:\s]+$", "", key), hyphens=True)
        return f"a key is of letters a to z, digits, _ and -; write {meant or 'a name'} ="
    return None


def _value(row: str, naked: str, error: str) -> str | None:
    """Slips behind the equals sign."""
    if not _KEY.fullmatch(row.partition("=")[0].strip()):
        return None
    value = _COMMENT.sub(lambda one: one[1] or "", row).partition("=")[2].strip()
    if not value:
        return "no value stands behind =; write one, or leave the key out"
    if _is_value(value):
        return None
    if words := _plain_value(value) or _list_value(value) or _parts_value(value) or _text_value(value, error):
        return words
    if re.search(r"\S[\s;,]+[\w.-]+\s*=", naked.partition("=")[2]) and not re.search(r"[\[{]", naked):
        return "a line holds one key; begin another line"
    return None


def _is_value(text: str) -> bool:
    with suppress(ValueError, RecursionError):
        return bool(tomllib.loads(f"value = {text}"))
    return False


def _plain_value(value: str) -> str | None:
    if value.startswith("="):
        return f"one = is enough; write = {value.lstrip('= ')}"
    if meant := _FLAGS.get(value.lower()):
        return f"write {meant}, in small letters"
    if value.lower() in _NOTHING:
        return "there is no empty value; leave the key out"
    if words := for_date(value) or for_number(value):
        return words
    if value[-1] in ",;" and value[:1] not in "[{" and _is_value(value[:-1]):
        return f"nothing follows a value; leave out the {value[-1]} at its end"
    return None


def _list_value(value: str) -> str | None:
    """What is a list in another language."""
    inner = value[1:-1] if value[0] + value[-1] in ("()", "[]", "{}") else value
    if value[0] in "[{" and (inner is value or "=" in _naked(inner)):
        return None
    written = [_entry(one) for one in _split(inner)]
    if None in written or (len(written) < 2 and inner is value):
        return None
    listed = ", ".join(map(str, written))
    return f"a list stands in brackets, its entries parted by commas and its texts in quotes: write [{listed}]"


def _split(text: str) -> list[str]:
    return [one.strip() for one in re.split(rf"[,;](?=(?:[^\"']|{_STRING})*$)", text)]


def _parts_value(value: str) -> str | None:
    """Slips within the entries of a list, or of a table in braces."""
    if value[0] not in "[{" or value[-1] not in "]}":
        return None
    bare = _naked(value)
    if re.search(r"(?<![0-9.])[0-9]+,[0-9]", bare) and value[0] == "{":
        return "a decimal number has a point, not a comma"
    if re.search(r"[0-9]\s+[-+0-9]", bare):
        return "entries are parted by commas"
    if value[0] == "{" and re.search(r",\s*\}$", bare):
        return "no comma stands behind the last entry in braces"
    for part in _split(value[1:-1]):
        key, equals, entry = part.partition("=") if value[0] == "{" else ("", "=", part)
        if not equals:
            return f"within braces a key and its value are joined by =; {short(part)} has none"
        if entry.strip() and not _is_value(entry.strip()):
            words = _plain_value(entry.strip()) or _text_value(entry.strip(), "")
            return f"{key.strip()}: {words}" if words and key else words
    return None


def _entry(text: str) -> str | None:
    """Entry of a list as TOML writes it."""
    if re.fullmatch(rf"{_STRING}|[+-]?[0-9]+(\.[0-9]+)?|true|false|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}", text):
        return text
    return json.dumps(tidied(text), ensure_ascii=False) if _WORDS.fullmatch(text) else None


def _text_value(value: str, error: str) -> str | None:
    quote = value[0]
    if "Unescaped" in error:
        return "within double quotes a backslash is written twice; or take single quotes"
    if quote in "\"'":
        if value.count(quote) == 1:
            return f"the closing {quote} is missing"
        if quote == "'" and value.endswith("'"):
            return (
                f"text with an apostrophe stands in double quotes: write {json.dumps(value[1:-1], ensure_ascii=False)}"
            )
        if quote == '"' and value.endswith('"') and len(value) > 2:
            return 'within double quotes a double quote is written \\"; or take single quotes around'
        return None
    if _WORDS.fullmatch(value):
        return f"text stands in quotes: write {json.dumps(value, ensure_ascii=False)}"
    return None
