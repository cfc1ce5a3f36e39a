"""The labels of the official form: as published, or the change is meant and says so."""

from assistant.form.model import Edition
from assistant.form.model.labels import label_hashes
from assistant.lint.problems import ProblemList

_HEAD, _TABLE = "edition.yaml", "table"


def lint_official_labels(edition: Edition, problems: ProblemList) -> None:
    """Name every table whose labels are not those of the hash that the edition carries for it.

    An edition based on another needs no hashes: what it says of a table is its own.
    """
    made = label_hashes(edition.rows, edition.grids)
    if edition.labels is None:
        if not edition.based_on:
            hashes = ", ".join(f"{name}: {value}" for name, value in made.items())
            problems.add(_HEAD, "labels_unhashed", hashes=hashes)
        return
    carried = edition.labels.sha256
    for name in carried.keys() - made.keys():
        problems.add(_HEAD, "unknown_id", owner="labels", name=name)
    for name, value in made.items():
        if carried.get(name) != value:
            source = edition.labels.source
            problems.add(_TABLE, "labels_altered", name=name, source=source, made=value)
