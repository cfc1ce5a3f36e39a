"""Jinja held short: no arithmetic, no globals, one folder of compiled templates."""

import sys
from typing import Any, NoReturn

from jinja2 import BytecodeCache, FileSystemBytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.files import cache_folder


class _QuietCache(FileSystemBytecodeCache):
    """Jinja's cache, one folder for each Python; a disk that is full only costs speed."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates that speak and do not compute."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def call_binop(
        self, _context: object, operator: str, _left: object, _right: object
    ) -> NoReturn:
        """Refuse every operator of two."""
        raise SecurityError(operator)

    def call_unop(self, _context: object, operator: str, _arg: object) -> NoReturn:
        """Refuse every sign."""
        raise SecurityError(operator)


class Tracing(Sandbox):
    """Templates that leave a mark in every branch they go through."""

    def __init__(self, **settings: Any) -> None:
        """Start without branches."""
        super().__init__(**settings)
        self.branches: list[tuple[str, int]] = []

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        forks: list[nodes.If | nodes.For] = [*tree.find_all(nodes.If), *tree.find_all(nodes.For)]
        for node in forks:
            for body in (node.body, node.else_):
                if body:
                    mark = chr(TRACE_BASE + len(self.branches))
                    self.branches.append((name or "", body[0].lineno))
                    data = nodes.TemplateData(mark, lineno=body[0].lineno)
                    body.insert(0, nodes.Output([data], lineno=body[0].lineno))
        return tree


TRACE_BASE = 0x100000
"""Private-use characters of plane 16; refused in input."""


def bytecode_cache() -> BytecodeCache | None:
    """The cache of compiled templates in the user's private folder, if that can be written."""
    folder = cache_folder()
    if folder is None:
        return None
    place = folder / f"templates-{sys.implementation.cache_tag}"
    try:
        place.mkdir(exist_ok=True, mode=0o700)
    except OSError:
        return None
    return _QuietCache(str(place))
