"""A set of templates: rendered strictly, read for what they may not do."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import (
    BytecodeCache,
    FileSystemBytecodeCache,
    FunctionLoader,
    Template,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context

from assistant.messages.template_sandbox import ExcessError, ForbiddenError, Sandbox, offences
from assistant.storage.disk import cache_folder
from assistant.storage.errors import LibraryError

_TRACE_BASE = 0x100000
"""Private-use characters of plane 16; refused in input."""
_FAULTS: Mapping[str, tuple[type[Exception], ...]] = {
    "forbidden": (ForbiddenError, SecurityError),
    "syntax": (TemplateSyntaxError,),
    "undefined": (UndefinedError,),
    "excess": (ExcessError, RecursionError, MemoryError, SyntaxError),
    "unsuitable": (TemplateError, TypeError, AttributeError, ValueError, LookupError),
}
"""What a template can raise, parsed, compiled or rendered, by the sentence that fits; the first
counts. Python itself refuses code that is nested too deep, as `SyntaxError` or `MemoryError`."""


class Branch(NamedTuple):
    """A part of a template that is gone through for some answers only."""

    template: str
    line: int
    asked: frozenset[str]
    """The names that decide about it, but for those that are only asked whether they are there."""


class Templates:
    """A set of named templates, compiled once each.

    Args:
        sources: Text by name, for example `{"1_overview.j2": "..."}`.
        folders: Where they stand, the first that has one; named in complaints.
        filters: The only functions a template may call, as filters.
        is_tracing: Whether to leave a mark in every branch gone through, for `gone_through`.
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        folders: Sequence[Path],
        filters: Mapping[str, Callable[..., object]] | None = None,
        *,
        is_tracing: bool = False,
    ) -> None:
        """Prepare the environment; nothing is compiled yet."""
        self.sources = sources
        self._folders = folders
        self._compiled: dict[str, Template] = {}
        self._environment = (_Tracing if is_tracing else Sandbox)(
            filters or {},
            loader=FunctionLoader(self._load),
            bytecode_cache=None if is_tracing else _bytecode_cache(),
        )

    def path(self, name: str) -> str:
        """Where a template stands, for complaints."""
        paths = [folder / name for folder in self._folders]
        return str(next((path for path in paths if path.is_file()), paths[0]))

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.sources.get(name)
        return None if source is None else (source, self.path(name), lambda: True)

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render one template.

        Raises:
            LibraryError: It does not parse, names something unknown, or computes; the file and
                line are named.
        """
        with self._told(name):
            template = self._compiled.get(name)
            if template is None:
                template = self._compiled[name] = self._environment.get_template(name)
            given = Context(self._environment, dict(context), name, template.blocks)
            self._environment.begin()
            return "".join(template.root_render_func(given))

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Turn whatever a template raises into a complaint with its line.

        Raises:
            LibraryError: It did.
        """
        try:
            yield
        except tuple(kind for kinds in _FAULTS.values() for kind in kinds) as fault:
            said = next(said for said, kinds in _FAULTS.items() if isinstance(fault, kinds))
            if isinstance(fault, TemplateSyntaxError):
                raise self._complaint(fault.name or name, fault.lineno, said) from fault
            raise self._complaint(name, self._line_of(fault, name), said) from fault

    def _line_of(self, fault: BaseException, name: str) -> int:
        """Find the line of the template that the fault came from."""
        place, line = self.path(name), 0
        trace = fault.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename == place:
                template = self._compiled.get(name)
                line = template.get_corresponding_lineno(trace.tb_lineno) if template else 0
            trace = trace.tb_next
        return line

    def _complaint(self, name: str, line: int, fault: str) -> LibraryError:
        lines = self.sources.get(name, "").splitlines()
        return LibraryError(
            "template_broken",
            path=self.path(name),
            line=line,
            fault=fault,
            source=lines[line - 1].strip() if 0 < line <= len(lines) else "",
        )

    @property
    def branches(self) -> Sequence[Branch]:
        """The branches of every template that was rendered; none without tracing."""
        return self._environment.branches if isinstance(self._environment, _Tracing) else ()

    def gone_through(self, rendered: str) -> Iterator[int]:
        """The positions of the branches that left their mark in what was rendered."""
        marks = range(_TRACE_BASE, _TRACE_BASE + len(self.branches))
        return (ord(mark) - _TRACE_BASE for mark in set(rendered) if ord(mark) in marks)

    def without_traces(self, rendered: str) -> str:
        """What was rendered, as a message repeats it: without the marks of branches."""
        return rendered.translate({_TRACE_BASE + at: None for at in range(len(self.branches))})

    def _parse(self, name: str) -> nodes.Template:
        with self._told(name):
            return self._environment.parse(self.sources[name], name)

    def offences(self, name: str) -> Iterable[tuple[int, str]]:
        """What a template says that is not on the list: line and construct.

        Raises:
            LibraryError: It does not parse.
        """
        return offences(self._parse(name), self._environment.own_filters)

    def names(self, name: str) -> frozenset[str]:
        """What a template wants to be given.

        Raises:
            LibraryError: It does not parse.
        """
        return frozenset(find_undeclared_variables(self._parse(name)))

    def literals(self, name: str) -> Iterable[tuple[int, str]]:
        """The literal text of a template, piece by piece with its line.

        Raises:
            LibraryError: It does not parse.
        """
        with self._told(name):
            pieces = list(self._environment.lex(self.sources[name], name))
        for line, kind, text in pieces:
            if kind == "data":
                yield line, text
            elif kind == "string":
                yield line, text[1:-1]


class _Tracing(Sandbox):
    """Templates that leave a mark in every branch they go through."""

    def __init__(self, filters: Mapping[str, Callable[..., object]], **settings: Any) -> None:
        """Start without branches."""
        super().__init__(filters, **settings)
        self.branches: list[Branch] = []

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        sets: dict[str, frozenset[str]] = {}
        for each in tree.find_all(nodes.Assign):
            if isinstance(each.target, nodes.Name):
                sets[each.target.name] = _asked(each.node, sets)
        for body, asked in list(_bodies(tree, sets)):
            if body:
                mark, line = chr(_TRACE_BASE + len(self.branches)), body[0].lineno
                self.branches.append(Branch(name or "", line, asked))
                body.insert(0, nodes.Output([nodes.TemplateData(mark, lineno=line)], lineno=line))
        return tree


def _bodies(
    tree: nodes.Template, sets: Mapping[str, frozenset[str]]
) -> Iterator[tuple[list[nodes.Node], frozenset[str]]]:
    """Everything that may be gone through or not, with what was asked on the way to it."""
    for loop in tree.find_all(nodes.For):
        yield loop.body, frozenset()
        yield loop.else_, frozenset()
    forks = list(tree.find_all(nodes.If))
    others = {id(each) for fork in forks for each in fork.elif_}
    for fork in forks:
        if id(fork) in others:
            continue
        asked = frozenset[str]()
        for each in (fork, *fork.elif_):
            asked |= _asked(each.test, sets)
            yield each.body, asked
        yield fork.else_, asked


def _asked(node: nodes.Node, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The names in an expression: `open.total` of `open.total.is_zero`, nothing of `is_missing`."""
    if isinstance(node, nodes.Name):
        return sets.get(node.name, frozenset({node.name}))
    if isinstance(node, nodes.Getattr):
        if node.attr == "is_missing":
            return frozenset()
        inner = _asked(node.node, sets)
        return inner | {f"{name}.{node.attr}" for name in inner}
    return frozenset().union(*(_asked(each, sets) for each in node.iter_child_nodes()))


def _bytecode_cache() -> BytecodeCache | None:
    """The cache of compiled templates in the user's private folder, if that can be written."""
    folder = cache_folder(f"templates-{sys.implementation.cache_tag}")
    return None if folder is None else _QuietCache(str(folder))


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
