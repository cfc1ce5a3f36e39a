"""One entry of `checks.yaml` that runs over rows or columns, as the checks it stands for."""

import re
from collections.abc import Collection, Iterator

from assistant.form.model.checks import Check


def expand_wildcards(check: Check, cells: Collection[str]) -> Iterator[Check]:
    """The checks of an entry: itself, or one for each name that its `*` may stand for.

    A name fits when every operand with a `*` exists with it: `new_received.*` and `carried_in.*`
    give one check for each column that both rows have.
    """
    starred = [operand for operand in check.operands if "*" in operand]
    if not starred:
        yield check
        return
    pattern = re.compile("([a-z0-9_]+)".join(map(re.escape, starred[0].split("*", 1))))
    for match in filter(None, map(pattern.fullmatch, cells)):
        name = match[1]
        if all(operand.replace("*", name) in cells for operand in starred):
            yield check.renamed(lambda operand: operand.replace("*", name)).model_copy(  # noqa: B023  called at once
                update={"at": name}
            )
