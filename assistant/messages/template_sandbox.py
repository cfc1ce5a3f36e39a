"""Jinja held short: only what `grammar` lists is compiled, and all work is counted."""

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, FileSystemBytecodeCache, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.messages.template_grammar import offences
from assistant.messages.template_limits import Allowance, meter, metered, printer
from assistant.storage import cache_folder


class ForbiddenError(TemplateSyntaxError):
    """A template says what is not on the list."""


class _QuietCache(FileSystemBytecodeCache):
    """Jinja's cache, one folder for each Python; a disk that is full only costs speed.

    What lies there was compiled under these very rules: they are part of its key.
    """

    def get_source_checksum(self, source: str) -> str:
        return sha256(_rules() + source.encode("utf-8", "surrogatepass")).hexdigest()

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError:
            return


@lru_cache(maxsize=1)
def _rules() -> bytes:
    """What templates are checked and counted by, as it stands in this folder."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in files)).digest()


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates that speak and do not compute.

    Attributes:
        allowance: What the rendering that is going on may still do.
    """

    def __init__(self, filters: Mapping[str, Callable[..., object]], **settings: Any) -> None:
        """Take the only functions that templates may call."""
        self.allowance = Allowance()
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            finalize=printer(self.allowance),
            **settings,
        )
        self.globals.clear()
        self.own_filters = frozenset(filters)
        self.filters = metered(filters.items(), self.allowance)
        self.tests = {}

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002  as Jinja calls it
    ) -> str:
        """Compile a template, once nothing is in it that it may not say.

        Raises:
            ForbiddenError: There is.
        """
        for line, what in offences(source, self.own_filters):
            raise ForbiddenError(what, line, name, filename)
        meter(source, self)
        return super()._generate(source, name, filename, defer_init)

    def call(self, context: Context, called: object, /, *arguments: object) -> object:
        """Call a macro, and nothing else.

        Raises:
            SecurityError: It is none.
        """
        if not isinstance(called, Macro):
            raise SecurityError(type(called).__name__)
        return super().call(context, called, *arguments)


class Tracing(Sandbox):
    """Templates that leave a mark in every branch they go through."""

    def __init__(self, filters: Mapping[str, Callable[..., object]], **settings: Any) -> None:
        """Start without branches."""
        super().__init__(filters, **settings)
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
