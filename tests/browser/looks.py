"""What can be wrong with a page at a width, found by a script in the browser."""

from __future__ import annotations

__all__ = ["FAULTS"]

FAULTS = r"""
const faults = new Set();
const page = document.documentElement;
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: false })
  && element.getBoundingClientRect().width > 0;
const called = (element) => element.tagName.toLowerCase() + " '"
  + (element.innerText || element.getAttribute("aria-label") || element.className).trim().slice(0, 40) + "'";
const boxed = (element) => {
  for (let box = element.parentElement; box; box = box.parentElement)
    if (/auto|scroll/.test(getComputedStyle(box).overflowX)) return true;
  return false;
};
if (page.scrollWidth > page.clientWidth)
  faults.add(`the page is ${page.scrollWidth} wide in a window of ${page.clientWidth}`);
for (const element of document.querySelectorAll(".esc-page *")) {
  if (!shown(element) || element.closest("svg, .esc-skip")) continue;
  const hides = /hidden|clip/.test(getComputedStyle(element).overflowX);
  if (hides && element.innerText && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
    faults.add(`${called(element)} is cut off`);
  if (element.getBoundingClientRect().right > page.clientWidth + 1 && !boxed(element))
    faults.add(`${called(element)} goes over the right edge`);
}
// Vuetify's fields, and what lies in a label, are touched anywhere on what surrounds them.
const TOUCHED = "button, a[href], summary, input, [role=tab], .v-radio";
if (innerWidth < 600)
  for (const element of document.querySelectorAll(`.esc-page :is(${TOUCHED})`)) {
    if (!shown(element) || element.closest(".v-radio") && !element.matches(".v-radio")) continue;
    if (element.matches(".esc-skip:not(:focus)")) continue;
    const around = element.closest(".v-input__slot, label.esc-upload") || element;
    const { width, height } = around.getBoundingClientRect();
    if (width < 40 || height < 40) faults.add(`${called(element)} is ${Math.round(width)} by ${Math.round(height)}`);
  }
// With the page scrolled half-way, each tab is still what is at its place.
const before = scrollY;
scrollTo(0, page.scrollHeight / 2);
for (const tab of document.querySelectorAll("[role=tab]")) {
  const { left, top, width, height } = tab.getBoundingClientRect();
  for (const [x, y] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]]) {
    const there = document.elementFromPoint(left + x * width, top + y * height);
    if (there !== tab) faults.add(`${called(tab)} lies under ${there ? called(there) : "the edge of the window"}`);
  }
}
scrollTo(0, before);
for (const svg of document.querySelectorAll(".esc-figure svg")) {
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  if (shown(svg) && scale < 0.95) faults.add(`${called(svg)} is shrunk to ${scale.toFixed(2)} pixels a point`);
}
return [...faults];
"""
"""Returns a sentence for each fault: what is cut off, goes over an edge or over tabs, or is too small."""
