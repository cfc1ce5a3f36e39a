"""A set of templates: rendered strictly, read for what they may not do."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.meta import find_undeclared_variables

from assistant.errors import LibraryError
from assistant.wording.sandbox import TRACE_BASE, Sandbox, Tracing, bytecode_cache

LOOP_WORDS = frozenset({"first", "last"})
"""What a template may ask of `loop`; positions are numbers and numbers come from figures."""
_FORBIDDEN_NODES: tuple[type[nodes.Node], ...] = (
    nodes.BinExpr,
    nodes.Neg,
    nodes.Pos,
    nodes.Test,
    nodes.Getitem,
    nodes.FilterBlock,
    nodes.CallBlock,
    nodes.Include,
    nodes.Extends,
)
_ALLOWED_BINARY = (nodes.And, nodes.Or)


_TEMPLATE_FAULTS = (
    TemplateError,
    TypeError,
    AttributeError,
    ValueError,
    LookupError,
    RecursionError,
)
"""What a template can raise; each becomes a complaint with its line."""


def _kind_of(fault: Exception) -> str:
    """Which of the sentences about broken templates fits."""
    if isinstance(fault, UndefinedError):
        return "undefined"
    return "forbidden" if isinstance(fault, SecurityError) else "unsuitable"


class Templates:
    """A set of named templates, compiled once each.

    Args:
        sources: Text by name, for example `{"1_overview.j2": "..."}`.
        folder: Where they stand, named in complaints.
        filters: The only functions a template may call, as filters.
        is_tracing: Whether to leave a mark in every branch gone through, for `unseen`.
    """

    def __init__(
        self,
        sources: Mapping[str, str],
        folder: Path,
        filters: Mapping[str, Callable[..., object]] | None = None,
        *,
        is_tracing: bool = False,
    ) -> None:
        """Prepare the environment; nothing is compiled yet."""
        self.sources = sources
        self._folder = folder
        self._compiled: dict[str, Template] = {}
        self._environment = (Tracing if is_tracing else Sandbox)(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            loader=FunctionLoader(self._load),
            bytecode_cache=None if is_tracing else bytecode_cache(),
            auto_reload=False,
        )
        self._environment.globals.clear()
        self._environment.filters = dict(filters or {})
        self._environment.tests = {}

    def path(self, name: str) -> str:
        """Where a template stands, for complaints."""
        return str(self._folder / name)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.sources.get(name)
        return None if source is None else (source, self.path(name), lambda: True)

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render one template.

        Raises:
            LibraryError: It does not parse, names something unknown, or computes; the file and
                line are named.
        """
        try:
            template = self._compiled.get(name)
            if template is None:
                template = self._compiled[name] = self._environment.get_template(name)
            given = template.new_context(dict(context), shared=True)  # there are no globals
            return "".join(template.root_render_func(given))
        except TemplateSyntaxError as fault:
            raise self._complaint(name, fault.lineno, "syntax") from fault
        except _TEMPLATE_FAULTS as fault:
            raise self._complaint(name, self._line_of(fault, name), _kind_of(fault)) from fault

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

    def unseen(self, rendered: str) -> Iterable[tuple[str, int]]:
        """Branches that left no mark in what was rendered: template and line."""
        if isinstance(self._environment, Tracing):
            for number, branch in enumerate(self._environment.branches):
                if chr(TRACE_BASE + number) not in rendered:
                    yield branch

    def _parse(self, name: str) -> nodes.Template:
        try:
            return self._environment.parse(self.sources[name], name)
        except TemplateSyntaxError as fault:
            raise self._complaint(name, fault.lineno, "syntax") from fault

    def offences(self, name: str) -> Iterable[tuple[int, str]]:
        """What a template does that only Python or data should do: line and construct.

        Raises:
            LibraryError: It does not parse.
        """
        tree = self._parse(name)
        for node in tree.find_all(nodes.Node):
            if isinstance(node, _FORBIDDEN_NODES) and not isinstance(node, _ALLOWED_BINARY):
                yield node.lineno, type(node).__name__
            elif isinstance(node, nodes.Filter) and node.name not in self._environment.filters:
                yield node.lineno, node.name
            elif (
                isinstance(node, nodes.Getattr)
                and isinstance(node.node, nodes.Name)
                and node.node.name == "loop"
                and node.attr not in LOOP_WORDS
            ):
                yield node.lineno, f"loop.{node.attr}"
            elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Const):
                yield node.lineno, node.attr
            elif isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
                yield node.lineno, type(node).__name__
            elif isinstance(node, nodes.Name) and node.name == "self":
                yield node.lineno, node.name

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
        try:
            pieces = list(self._environment.lex(self.sources[name], name))
        except TemplateSyntaxError as fault:
            raise self._complaint(name, fault.lineno, "syntax") from fault
        for line, kind, text in pieces:
            if kind == "data":
                yield line, text
            elif kind == "string":
                yield line, text[1:-1]
