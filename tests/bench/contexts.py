"""What the templates get of each answer file, as JSON for the floor: contexts.py ANSWERS FOLDER."""

import json
import sys
from datetime import date
from pathlib import Path

from assistant.answers import Answers, load
from assistant.form.loader import open_library
from assistant.form.model import Fact, Option
from assistant.report.figures import make_figures
from assistant.values.print_format import show_date


def words(value: object) -> str:
    """A text, date or choice as the narrative prints it."""
    if isinstance(value, Option):
        return value.text or value.label
    return show_date(value) if isinstance(value, date) else str(value or "")


def rows(fact: Fact, value: object) -> list[object]:
    """Choices as words, or rows by column; a count with its unit."""
    units = {column.id: column.unit for column in fact.columns}
    return [
        {key: words(cell) + units[key] for key, cell in row.items()}
        if isinstance(row, dict)
        else words(row)
        for row in (value if isinstance(value, tuple) else ())
    ]


def context(answers: Answers) -> dict[str, object]:
    """Figures, texts and lists by id, each as the arguments of the floor's own class."""
    figures = {figure.id: figure for figure in make_figures(answers)}
    texts: dict[str, object] = {}
    lists: dict[str, object] = {}
    for fact in answers.edition.facts:
        value = answers.value(fact.id)
        if fact.kind in ("list", "choices"):
            number = figures.get(f"{fact.id}.number")
            lists[fact.id] = (number.text if number is not None else "", rows(fact, value))
        elif fact.kind not in ("count", "amount"):
            texts[fact.id] = (words(value), value.id if isinstance(value, Option) else "")
    return {
        "law": answers.edition.legal_names(answers.year),
        "figures": {
            name: (
                figure.as_part,
                figure.in_words[2:-1],  # without its marks
                float(figure.value or 0),
                figure.text + figure.unit,
            )
            for name, figure in figures.items()
            if "." not in name
        },
        "texts": texts,
        "lists": lists,
    }


def main(source: Path, folder: Path) -> None:
    folder.mkdir()
    for path in [source] if source.is_file() else sorted(source.iterdir()):
        answers = load(path, open_library()).answers
        target = folder / f"{path.stem}.json"
        target.write_text(json.dumps(context(answers), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
