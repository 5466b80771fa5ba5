"""A browser on the page: what a visitor does there, and what the browser noted of it."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

__all__ = ["PATIENCE", "SHOTS", "Visitor"]

SHOTS = Path(__file__).parents[2] / "build" / "app-test"
PATIENCE = 60.0
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
_OWN = ("chrome", "data", "blob", "about", "devtools")
"""Schemes of requests that leave the browser for nowhere."""


class Visitor:
    """A visitor with a browser of its own, in a profile that was never used.

    Parameters
    ----------
    url
        Where the page is.
    folder
        Folder for its profile and its downloads.
    width
        Width of the window, in pixels.
    """

    def __init__(self, url: str, folder: Path, *, width: int = 1280) -> None:
        binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
        assert binary, "chromium is needed: apt-get install chromium"
        assert driver, "chromedriver is needed: apt-get install chromium-driver"
        self.url, self.downloads = url, folder / "downloads"
        self.downloads.mkdir(parents=True)
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.browser = webdriver.Chrome(options=options, service=Service(driver))
        self.size(width, 800)
        self.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def open(self) -> Visitor:
        """Load the page and wait until it is drawn."""
        self.browser.get(self.url)
        self.find(".esc-page")
        return self.settle()

    def close(self) -> None:
        """Leave."""
        self.note()
        self.browser.quit()

    def command(self, name: str, **arguments: Any) -> Any:
        """Call the browser's own protocol."""
        return self.browser.execute_cdp_cmd(name, arguments)

    # ---------------------------------------------------------------------------------------------- looking

    def until(self, met: Callable[[], Any], *, within: float = PATIENCE) -> Any:
        """Wait until something is so, and return it."""
        end = time.monotonic() + within
        while True:
            try:
                found = met()
            except WebDriverException:  # drawn anew while it was looked at
                found = None
            if found:
                return found
            if time.monotonic() > end:
                self.shot("timeout")
                raise AssertionError(f"not so within {within:g} s; see {SHOTS / 'timeout.png'}\n{self.text()[:3000]}")
            time.sleep(0.05)

    def unfold(self, title: str) -> Visitor:
        """Click the heading of a part that can be folded; once more if it is drawn anew meanwhile."""

        def clicked() -> bool:
            for each in self.all("summary"):
                if each.text == title:
                    self.click(each)
                    return True
            return False

        self.until(clicked)
        return self

    def settle(self, *, within: float = PATIENCE) -> Visitor:
        """Wait until nothing is being drawn in the background."""
        time.sleep(0.3)
        self.until(lambda: not self.browser.find_elements(By.CSS_SELECTOR, ".esc-drawing"), within=within)
        return self

    def find(self, selector: str, *, within: float = PATIENCE) -> WebElement:
        """First element of a selector, waited for."""
        found: list[WebElement] = self.until(
            lambda: self.browser.find_elements(By.CSS_SELECTOR, selector), within=within
        )
        return found[0]

    def all(self, selector: str) -> list[WebElement]:
        """All elements of a selector that are there now."""
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def button(self, label: str) -> WebElement:
        """A button, by what stands on it or is said of it."""
        path = f"//button[normalize-space(.)={label!r} or @aria-label={label!r}]"
        found: list[WebElement] = self.until(lambda: self.browser.find_elements(By.XPATH, path))
        return found[0]

    def text(self) -> str:
        """All that can be read now."""
        return self.browser.find_element(By.TAG_NAME, "body").text

    def says(self, words: str, *, within: float = PATIENCE) -> None:
        """Wait until some words can be read."""
        self.until(lambda: words in self.text(), within=within)

    def rows(self, selector: str) -> list[list[str]]:
        """Cells of the rows of a table."""
        script = (
            "return [...document.querySelectorAll(arguments[0] + ' tbody tr')]"
            ".map(row => [...row.cells].map(cell => cell.innerText.replace(/\\s+/g, ' ').trim()))"
        )
        found: list[list[str]] = self.browser.execute_script(script, selector)
        return found

    # ---------------------------------------------------------------------------------------------- doing

    def click(self, element: WebElement) -> None:
        """Click on something, brought to the middle of the window so that nothing fixed lies over it."""
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def go(self, part: str) -> Visitor:
        """Go to a part of the page."""
        self.click(self.tab(part))
        return self.settle()

    def tab(self, part: str) -> WebElement:
        """The tab of a part of the page."""
        path = f"//*[@role='tab'][normalize-space(.)={part!r}]"
        found: list[WebElement] = self.until(lambda: self.browser.find_elements(By.XPATH, path))
        return found[0]

    def tap(self, element: WebElement) -> Visitor:
        """Click on something where it is; it has to be in the window."""
        element.click()
        return self

    def do(self, act: str) -> Visitor:
        """Choose an act in a chair, and do it."""

        def picked() -> bool:
            found = [label for label in self.all(".esc-acts .v-radio label") if label.text == act]
            if found:
                self.click(found[0])
            return self.button("Do it").is_enabled()

        self.until(picked)
        return self.press("Do it")

    def press(self, label: str) -> Visitor:
        """Press a button."""
        self.until(lambda: self.button(label).is_enabled())
        self.click(self.button(label))
        return self

    def choose(self, label: str, words: str) -> Visitor:
        """Choose from a list."""
        field = f"//label[normalize-space(.)={label!r}]/ancestor::*[contains(@class, 'v-select__slot')][1]"
        self.click(self.until(lambda: self.browser.find_elements(By.XPATH, field))[0])
        item = f"//*[contains(@class, 'menuable__content__active')]//*[@role='option'][normalize-space(.)={words!r}]"
        self.until(lambda: self.browser.find_elements(By.XPATH, item))[0].click()
        return self

    def tick(self, label: str) -> Visitor:
        """Tick a check box."""
        box = f"//label[normalize-space(.)={label!r}]/ancestor::*[contains(@class, 'v-input--checkbox')][1]"
        path = f"{box}//*[contains(@class, 'selection-controls__ripple')]"
        self.click(self.until(lambda: self.browser.find_elements(By.XPATH, path))[0])
        return self

    def write(self, label: str, text: str) -> Visitor:
        """Write into a field, and leave it."""
        path = f"//label[normalize-space(span)={label!r}]/input"
        field = self.until(lambda: self.browser.find_elements(By.XPATH, path))[0]
        self.browser.execute_script("arguments[0].select()", field)
        field.send_keys(text, "\ue004")
        return self

    def type(self, key: str) -> Visitor:
        """Press a key, wherever the keyboard is."""
        ActionChains(self.browser).send_keys(key).perform()
        return self

    def upload(self, path: Path) -> Visitor:
        """Give a file to the field for files."""
        self.find(".esc-upload input").send_keys(str(path))
        return self

    def download(self, label: str) -> bytes:
        """Ask for a file, and return its bytes."""
        for path in self.downloads.iterdir():  # another of the same name would be written over it
            path.unlink()
        self.press(label)

        def arrived() -> list[Path]:
            found = self.downloads.iterdir()
            return [path for path in found if path.suffix not in (".crdownload", ".tmp") and path.stat().st_size > 0]

        (path,) = self.until(arrived)
        return path.read_bytes()

    def size(self, width: int, height: int) -> Visitor:
        """Make the window so large."""
        self.width, self.height = width, height
        self._resize(width, height)
        return self

    # ---------------------------------------------------------------------------------------------- noting

    def _resize(self, width: int, height: int) -> None:
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    def shot(self, name: str) -> None:
        """Keep a picture of the whole page."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        height = int(self.browser.execute_script("return document.documentElement.scrollHeight"))
        self._resize(self.width, max(height, self.height))
        time.sleep(0.2)
        self.browser.save_screenshot(str(SHOTS / f"{name}.png"))
        self._resize(self.width, self.height)

    def note(self) -> None:
        """Take down what was requested and what the browser complained of since the last time."""
        for entry in self.browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            elif message["method"] == "Network.webSocketCreated":
                self.requests.append(message["params"]["url"])
        self.complaints += [
            f"{entry['level']}: {entry['message']}"
            for entry in self.browser.get_log("browser")
            if entry["level"] == "SEVERE"
        ]

    def foreign(self) -> list[str]:
        """Requests that went, or would have gone, to another machine."""
        return [
            url for url in self.requests
            if not urlsplit(url).scheme.startswith(_OWN) and urlsplit(url).hostname != "127.0.0.1"
        ]  # fmt: skip
