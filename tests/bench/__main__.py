"""Print what the assistant takes against floors measured in the same run: `make bench`."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from tests.bench import answer_files, conversation, peer
from tests.bench.measuring import Run, Task, measure
from tests.bench.table import Row, print_table

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TEMPLATES = ROOT / "prompts_templates" / "beijing-2014" / "narrative"
SAMPLES = ROOT / "samples"
FEW_CELLS = SAMPLES / "township-2017-corrected" / "answers.yaml"
MANY_CELLS = SAMPLES / "city-2025-busy" / "answers.yaml"
MANY = 1_000
SEVERAL_ROUNDS = 3
"""For tasks of seconds; the short ones are run more often."""


def nianbao(*arguments: object) -> list[str]:
    """The installed command beside this Python, or the package of the checkout."""
    script = Path(sys.executable).with_name("nianbao")
    start = [str(script)] if script.exists() else [sys.executable, "-m", "assistant"]
    return [*start, *map(str, arguments)]


class Bench:
    """The measurements, all on answer files of one folder."""

    def __init__(self, folder: Path, sizes: tuple[int, ...], *, is_cpu: bool) -> None:
        self.folder = folder
        self.sizes = sizes
        self.is_cpu = is_cpu
        for size in sizes:
            answer_files.write(self.answers(size), size)

    def answers(self, size: int) -> Path:
        """So many answer files in a folder, or a single file."""
        if size == 1:
            return self.answers(self.sizes[0]) / answer_files.name(0)
        return self.folder / f"answers-{size}"

    def replay(self, size: int, *options: object) -> Task:
        """Write the text of so many answer files."""
        output = self.folder / "out-nianbao"
        fixed = ("-o", output, "--format", "txt")
        return Task(nianbao("replay", self.answers(size), *fixed, *options), output)

    def floor(self, size: int, *answers: Path) -> Task:
        """Render the same templates by the bare script; with the answers what is promised, too."""
        output, bytecode = self.folder / "out-floor", self.folder / "bytecode"
        contexts = self.folder / f"contexts-{size}"
        script = [sys.executable, str(HERE / "contexts.py")]
        if not contexts.exists():
            measure([Task([*script, str(self.answers(size)), str(contexts)])], warm=False)
        places = (contexts, TEMPLATES, bytecode, output, *answers)
        return Task([sys.executable, str(HERE / "floor.py"), *map(str, places)], output)

    def measure(self, *tasks: Task, rounds: int, warm: bool = True) -> list[Run]:
        return measure(tasks, rounds=rounds, warm=warm, is_cpu=self.is_cpu)

    def start(self) -> Row:
        tasks = Task([sys.executable, "-c", "pass"]), Task(nianbao("--version"))
        bare, version = self.measure(*tasks, rounds=21)
        return Row("nianbao --version / bare Python", bare.seconds, version.seconds, "≤ 2.5")

    def one_file(self) -> Row:
        floor, one = self.measure(self.floor(1), self.replay(1), rounds=15)
        return Row("one file to txt / bare script", floor.seconds, one.seconds, "≤ 3.0")

    def beside_a_peer(self) -> list[Row]:
        """One file to txt beside cookiecutter's replay of the same text."""
        library, folder = self.folder / "peer", self.folder / "replay"
        if not peer.install(library):
            print("cookiecutter is not measured: no registry gave it")
            return []
        written = self.replay(1)
        measure([written], warm=False)
        assert written.output is not None
        text = next(written.output.glob("*.txt")).read_text(encoding="utf-8")
        other = peer.replay(text, library, folder)
        theirs, ours = self.measure(other, self.replay(1), rounds=15)
        measure([other], warm=False)
        assert (folder / "written" / "out" / "report.txt").read_text(encoding="utf-8") == text
        name = "one file to txt / cookiecutter, same text"
        return [Row(name, theirs.seconds, ours.seconds, "≤ 1")]

    def words(self) -> list[Row]:
        """Word files, inside a process."""
        answers = self.answers(self.sizes[0]) / answer_files.name(0)
        script = [sys.executable, "-m", "tests.bench.words", str(answers)]
        run = subprocess.run(script, capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
        taken = json.loads(run.stdout)
        return [
            Row("docx of a report / bare XML", taken["floor"], taken["docx"], "≤ 25"),
            Row("verify a docx / python-docx, all text", taken["open"], taken["verify"], "≤ 2"),
            Row("read a docx / python-docx, all text", taken["open"], taken["read"], "≤ 2"),
            Row("audit a docx / python-docx, all text", taken["open"], taken["audit"], "≤ 3"),
        ]

    def lines(self) -> list[Row]:
        """Endless lines, inside a process."""
        answers = self.answers(self.sizes[0]) / answer_files.name(0)
        script = [sys.executable, "-m", "tests.bench.lines", str(answers)]
        run = subprocess.run(script, capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
        taken = json.loads(run.stdout)
        floor = taken.pop("floor")
        return [
            Row(f"100,000 characters, {name} / a walk", floor, most, "≤ 200 ms")
            for name, most in taken.items()
        ]

    def claims(self) -> list[Row]:
        """Own text against the figures, inside a process."""
        script = [sys.executable, "-m", "tests.bench.claims", str(MANY_CELLS)]
        run = subprocess.run(script, capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
        taken = json.loads(run.stdout)
        floor = taken.pop("floor")
        return [
            Row(f"claims: 1,000 characters of own text of {size} / a walk", floor, each, "≤ 5 ms")
            for size, each in taken.items()
        ]

    def sheets(self) -> list[Row]:
        """Excel files, inside a process."""
        answers = self.answers(self.sizes[0]) / answer_files.name(0)
        script = [sys.executable, "-m", "tests.bench.sheets", str(answers)]
        run = subprocess.run(script, capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
        taken = json.loads(run.stdout)
        return [Row("xlsx with review / openpyxl, bare rows", taken["floor"], taken["xlsx"], "≤ 1")]

    def forms(self) -> list[Row]:
        """The form in force beside a township of 2017, the time for each number."""
        script = [sys.executable, "-m", "tests.bench.forms", *map(str, (FEW_CELLS, MANY_CELLS))]
        run = subprocess.run(script, capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
        return [
            Row(f"{name}, each cell of 200 / of 71", few * 1e6, many * 1e6, "≤ 1.1", "µs")
            for name, (few, many) in json.loads(run.stdout).items()
        ]

    def files(self) -> list[Row]:
        """Speed and growth with the number of files; `one_file` has warmed every cache."""
        floor, whole, two, *runs = self.measure(
            self.floor(MANY),
            self.floor(MANY, self.answers(MANY)),
            self.replay(MANY, "--jobs", 2),
            *(self.replay(size) for size in (1, *self.sizes) if size <= MANY),
            rounds=SEVERAL_ROUNDS,
            warm=False,
        )
        for size in self.sizes:
            if size > MANY:
                runs += self.measure(self.replay(size), rounds=1, warm=False)
        by_size = dict(zip((1, *self.sizes), runs, strict=True))
        many = by_size[MANY].seconds
        rows = [
            Row(f"{MANY:,} files to txt / bare script", floor.seconds, many, "≤ 8"),
            Row(f"{MANY:,} files to txt / YAML, table, read back", whole.seconds, many, ""),
        ]
        if not self.is_cpu:
            rows.append(Row(f"{MANY:,} files, one process / two", two.seconds, many, "≥ 1.7"))
        return rows + growth(by_size)


def growth(by_size: dict[int, Run]) -> list[Row]:
    """Time of each file behind the first, and peak memory, at every size."""
    one = by_size.pop(1)
    each = {size: (run.seconds - one.seconds) / (size - 1) for size, run in by_size.items()}
    times = [
        Row(f"time per file, {size:,} files / {before:,}", each[before], each[size], "≤ 1.1")
        for before, size in pairwise(by_size)
    ]
    peaks = [
        Row(f"peak memory, {size:,} files / one", one.megabytes, run.megabytes, "≤ 1.25", "MB")
        for size, run in by_size.items()
    ]
    return times + peaks


def load() -> str:
    """How many others want the processors just now."""
    return f"{os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave the 10,000 files out")
    parser.add_argument("--screen", action="store_true", help="measure the conversation alone")
    parser.add_argument(
        "--cpu",
        action="store_true",
        help="take processor time instead of elapsed time, for a machine that is busy; "
        "the conversation stays with elapsed time",
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # ends what it started
    sizes = (100, MANY) if options.quick else (100, MANY, 10_000)
    began, load_before = time.perf_counter(), load()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as folder:
        if not options.screen:
            bench = Bench(Path(folder), sizes, is_cpu=options.cpu)
            rows += [bench.start(), bench.one_file(), *bench.beside_a_peer()]
            rows += [*bench.words(), *bench.sheets()]
            rows += [*bench.lines(), *bench.claims()]
            rows += [*bench.forms(), *bench.files()]
        rows += conversation.rows(Path(folder))
    print_table(rows)
    print(
        f"\n{time.perf_counter() - began:.0f} s in all; {os.cpu_count()} cores, load {load_before} "
        f"before and {load()} after: what else runs here slows all, so trust ratios before times"
    )


if __name__ == "__main__":
    main()
