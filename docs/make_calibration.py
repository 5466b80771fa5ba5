"""Fill the tables of docs/explanation/calibration.md from what the command line printed.

Run ``escalation calibrate icb TABLE --events PAIRS --starts 4 --seeds 5 --runs 12 --store fits --json > fit.json`` and
``escalation forecast icb TABLE --events PAIRS --folds 5 --repeats 4 --seeds 5 --json > scores.json``, then
``python docs/make_calibration.py fit.json scores.json``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent / "explanation" / "calibration.md"
DESIGNS = {"folds": "Grouped 5-fold × 4", "out-of-time": "Learnt to 1979, scored 1980–94"}
SCORES = ("brier", "log", "rps", "discrimination")


def row(*cells: str) -> str:
    """Row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def table(heads: tuple[str, ...], rows: list[str]) -> str:
    """Table in Markdown."""
    return "\n".join([row(*heads), "|" + "---|" * len(heads), *rows])


def parameters(fit: dict[str, Any]) -> str:
    """Fitted values, their intervals and their priors."""
    rows = []
    for name, entry in fit["parameters"].items():
        interval = prior = left = ""
        if "low" in entry:
            interval = f"{entry['low']:.3g} to {entry['high']:.3g}"
            sign = {"log": "×/÷ e^", "logit": "± logit ", "linear": "± "}[entry["scale"]]
            prior, left = f"{entry['prior']:g} {sign}{entry['prior_spread']:g}", f"{100.0 * entry['width_kept']:.0f} %"
        rows.append(row(f"`{name}`", f"{entry['value']:.3g}", interval, entry["unit"], prior or "read off", left))
    return table(("parameter", "value", "95 % interval", "unit", "prior", "width left"), rows)


def flat(fit: dict[str, Any]) -> str:
    """Directions in which the data say little."""
    return "\n".join(
        f"- {', '.join(f'{weight:+.2f} `{name}`' for name, weight in direction['weights'].items())} "
        f"({100.0 * direction['kept']:.0f} %)"
        for direction in fit["flat_directions"]
    )


def interval(estimate: dict[str, Any]) -> str:
    """Value with its interval."""
    return f"{estimate['value']:.3g} [{estimate['low']:.3g}, {estimate['high']:.3g}]"


def patterns(fit: dict[str, Any]) -> str:
    """What the data show, and the model with one set of parameters."""
    rows = [
        row(each["pattern"], interval(each["data"]), interval(each["model"]), "yes" if each["inside"] else "**no**")
        for each in fit["patterns"]
    ]
    told = f"{fit['patterns_inside']} of {len(fit['patterns'])} values lie within the data's interval."
    return f"{told}\n\n{table(('pattern', 'data', 'model', 'inside'), rows)}"


def signals(fit: dict[str, Any]) -> str:
    """What followed signals, in the data and in the model."""
    rows = [
        row(
            each["received"],
            each["toward"],
            each["act"],
            signed(each["data"]),
            signed(each["model"]),
            "yes" if each["inside"] else "**no**",
        )
        for each in fit["signals"]
    ]
    told = f"{fit['signals_inside']} of {len(fit['signals'])} values lie within the data's interval."
    heads = ("received", "toward", "next act", "data", "model", "inside")
    return f"{told}\n\n{table(heads, rows)}"


def search(fit: dict[str, Any]) -> str:
    """Where the fits from several starts with several seeds ended, and how far seeds differ."""
    found = fit["search"]
    ends = [
        row(
            str(end["start"]),
            str(end["seed"]),
            str(end["mode"]),
            f"{end['log_posterior']:.1f}",
            "yes" if end["converged"] else "no",
        )
        for end in sorted(found["ends"], key=lambda end: -end["log_posterior"])
    ]
    spread = [
        row(f"`{name}`", f"{of['least']:.3g}", f"{of['greatest']:.3g}", f"{100.0 * of['of_posterior']:.0f} %")
        for name, of in sorted(found["seed_spread"].items(), key=lambda item: -item[1]["of_posterior"])[:10]
    ]
    return (
        table(("start", "seed", "mode", "log-posterior", "converged"), ends)
        + "\n\nThe ten parameters that differ most between seeds:\n\n"
        + table(("parameter", "least of the seeds", "greatest", "deviation, share of the posterior's"), spread)
    )


def signed(estimate: dict[str, Any]) -> str:
    """Signed value with its interval, to three decimals."""
    return f"{estimate['value']:+.3f} [{estimate['low']:+.3f}, {estimate['high']:+.3f}]"


def over_seeds(scores: dict[str, Any]) -> str:
    """Mean, least and greatest score of the model over the seeds, in the folds."""
    rows = [
        row(
            task,
            *(
                f"{of[score]['mean']:.4f} ({of[score]['least']:.4f} to {of[score]['greatest']:.4f})"
                for score in ("brier", "log", "rps")
            ),
        )
        for task, found in scores["over_seeds"]["folds"].items()
        for of in (found["model"],)
    ]
    return table(("model, in the folds", "Brier", "log", "RPS"), rows)


def difference(estimate: dict[str, Any]) -> str:
    """Signed value with its interval."""
    return f"{estimate['value']:+.4f} [{estimate['low']:+.4f}, {estimate['high']:+.4f}]"


def forecasts(scores: dict[str, Any]) -> str:
    """Scores of every design and task."""
    parts = []
    for design, words in DESIGNS.items():
        for task, found in scores["designs"][design].items():
            rows = []
            for name, of in found["scores"].items():
                less = found["differences"].get(name, {})
                told = [difference(less[score]) if less else "" for score in ("rps", "brier")]
                digits = [f"{of[score]:.{3 if score == 'discrimination' else 4}f}" for score in SCORES]
                rows.append(row(name, *digits, *told))
            heads = ("", "Brier", "log", "RPS", "discrimination", "RPS, model less this", "Brier, model less this")
            title = f"**{words}, {task}** ({found['n']} cases of {found['crises']} crises)"
            parts.append(f"{title}\n\n{table(heads, rows)}")
    return "\n\n".join(parts)


def main() -> None:
    """Write the tables into the page."""
    fit, scores = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    made = {"parameters": parameters(fit), "flat": flat(fit), "patterns": patterns(fit), "scores": forecasts(scores)}
    made |= {"signals": signals(fit), "search": search(fit), "seeds": over_seeds(scores)}
    page = PAGE.read_text(encoding="utf-8")
    for name, text in made.items():
        block = re.compile(rf"(<!-- table: {name} -->\n).*?(\n<!-- end of table -->)", re.DOTALL)
        page, times = block.subn(lambda found, text=text: f"{found[1]}\n{text}\n{found[2]}", page)
        if times != 1:
            raise SystemExit(f"{PAGE}: no place for the table {name!r}")
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
