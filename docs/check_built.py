"""Look through the built pages: every link within them leads somewhere, and nothing is loaded from elsewhere.

``python docs/check_built.py docs/_build/html`` prints what is wrong, and exits with 1 where anything is.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["faults", "main"]

LOADED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"),
          ("audio", "src"), ("embed", "src"), ("object", "data"), ("image", "href"), ("use", "href")}  # fmt: skip
"""Tags and attributes that a browser loads unasked."""

OUTSIDE = ("http", "https", "mailto")


class Page(HTMLParser):
    """What a page loads, links to, and can be linked at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag loads and links to."""
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            elif (tag, name) in LOADED and value and not value.startswith("data:"):
                self.loads.append(value)
            elif (tag, name) == ("a", "href") and value:
                self.links.append(value)


def _well_formed(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme == "mailto" or ("." in parts.netloc and not re.search(r"\s", link))


def _page_faults(path: Path, page: Page, pages: dict[Path, Page]) -> list[str]:
    found = [f"loads {url} from elsewhere" for url in page.loads if urlsplit(url).netloc]
    for link in page.links + [url for url in page.loads if not urlsplit(url).netloc]:
        parts = urlsplit(link)
        if parts.scheme in OUTSIDE:
            if not _well_formed(link):
                found.append(f"link {link} is not well formed")
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.exists():
            found.append(f"link {link} leads nowhere")
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
            found.append(f"link {link} leads to no place on its page")
    return found


def faults(folder: Path) -> list[str]:
    """Everything that is wrong with the pages and style sheets of a folder, a line each."""
    folder = folder.resolve()
    paths = [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in paths}
    found = [
        f"{path.relative_to(folder)}: {fault}"
        for path, page in pages.items()
        for fault in dict.fromkeys(_page_faults(path, page, pages))
    ]
    for path in sorted(folder.rglob("*.css")):
        style = path.read_text(encoding="utf-8")
        urls = re.findall(r"(?:url\(|@import\s+)\s*['\"]?((?:https?:)?//[^'\")\s]+)", style)
        found += [f"{path.relative_to(folder)}: loads {url} from elsewhere" for url in urls]
    return found or ([] if pages else [f"{folder}: holds no pages"])


def main() -> None:
    """Check the folder that the command line names."""
    found = faults(Path(sys.argv[1]))
    sys.stderr.write("".join(f"{line}\n" for line in found))
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
