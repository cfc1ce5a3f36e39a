"""How well `read` and `audit` do on the corpus: `python -m tests.published.measure [NAME …]`.

Options: `--format html,docx` for some formats only, `--keep FOLDER` for the files.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.published.builders import BUILDERS
from tests.published.corpus import NAMES, Report, load
from tests.published.scoring import (
    Audited,
    Counts,
    Said,
    audited,
    score,
    unread_cells,
    wrong_cells,
    wrong_facts,
)

TIME_LIMIT = 120


class Ran(NamedTuple):
    """What a command printed."""

    said: Mapping[str, Any]
    fault: str
    """Why nothing can be counted; empty for none."""


def run(command: str, path: Path, *options: str) -> Ran:
    """Run a command of the program and take the JSON it prints."""
    line = [sys.executable, "-m", "assistant", command, str(path), *options, "--json"]
    try:
        done = subprocess.run(
            line,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return Ran({}, f"no end within {TIME_LIMIT} s")
    try:
        said = json.loads(done.stdout)
    except json.JSONDecodeError:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["nothing printed"]
        return Ran({}, f"exit {done.returncode}: {last[0]}")
    return Ran(said, "") if isinstance(said, dict) else Ran({}, "JSON, but no object")


def cells_said(said: Mapping[str, Any]) -> dict[str, Said]:
    """Figures that were read, and several possible ones where none was."""
    possible = {key: list(values) for key, values in (said.get("possible") or {}).items()}
    return {**possible, **(said.get("cells") or {})}


def told_wrong(said: Mapping[str, Any], report: Report) -> list[str]:
    """Edition, year, name and other facts that are not those of the report."""
    wrong = wrong_facts(said.get("facts") or {}, report)
    for key in ("year", "body"):
        if said.get(key) and str(said[key]) != report.facts[key]:
            wrong.append(f"{key}={said[key]}")
    if said.get("edition") not in (None, report.edition, report.or_edition):
        wrong.append(f"edition={said['edition']}")
    return wrong


def measure_reading(report: Report, path: Path, lines: list[str], *, has_text: bool) -> Counts:
    """Count the cells that `read` gets out of a file; what it gets wrong goes into the lines."""
    year = () if has_text else ("--year", report.facts["year"])
    ran = run("read", path, "-o", f"{path}.answers.yaml", *year)
    if ran.fault:
        lines.append(f"  {path.name}: read: {ran.fault}")
    said = cells_said(ran.said)
    wrong = [
        f"{cell}={said[cell]} (is {_is(report, cell)})" for cell in wrong_cells(said, report.truth)
    ]
    wrong += told_wrong(ran.said, report)
    if wrong:
        lines.append(f"  {path.name}: wrong: {', '.join(wrong)}")
    unread = unread_cells(said, report.truth)
    if unread and not ran.fault:
        lines.append(f"  {path.name}: unread: {', '.join(unread)}")
    return score(said, report.truth)


def measure_audit(report: Report, path: Path, lines: list[str], *, has_text: bool) -> Audited:
    """Compare what `audit` finds in a file with what was planted."""
    year = () if has_text else ("--year", report.facts["year"])
    ran = run("audit", path, *year)
    if ran.fault:
        lines.append(f"  {path.name}: audit: {ran.fault}")
    result = audited(ran.said.get("findings") or [], report, has_text=has_text)
    if not ran.fault:
        lines += [f"  {path.name}: missed: {each.says}" for each in result.missed]
    lines += [
        f"  {path.name}: false: {each.get('part')} {each.get('code')} {each.get('text')}"
        for each in result.false
    ]
    return result.counts


def _is(report: Report, cell: str) -> str:
    value = report.cells.get(cell)
    return "not printed" if value is None else str(value)


def measure(names: list[str], manners: list[str], folder: Path) -> None:
    """Print a line for each format, and what went wrong."""
    details: list[str] = []
    columns = [*Counts._fields, *Audited._fields]
    print(f"{'format':12}" + "".join(f"{name:>11}" for name in columns), flush=True)
    for manner in manners:
        builder = BUILDERS[manner]
        cells, contradictions = Counts(), Audited()
        for report in map(load, names):
            path = folder / f"{report.name}.{builder.suffix}"
            path.write_bytes(builder.build(report))
            cells += measure_reading(report, path, details, has_text=builder.has_text)
            contradictions += measure_audit(report, path, details, has_text=builder.has_text)
        numbers = (*cells, *contradictions)
        print(f"{manner:12}" + "".join(f"{number:>11}" for number in numbers), flush=True)
    print("\n".join(details))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.published.measure", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="reports, all by default")
    parser.add_argument("--format", default=",".join(BUILDERS), help="formats, with commas")
    parser.add_argument("--keep", type=Path, help="where the files are left")
    options = parser.parse_args(arguments)
    names, manners = options.names or list(NAMES), options.format.split(",")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        measure(names, manners, options.keep)
        return
    with TemporaryDirectory() as folder:
        measure(names, manners, Path(folder))


if __name__ == "__main__":
    main()
