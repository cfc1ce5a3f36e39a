"""The sandbox of templates: what one may say, how much it may do, and nothing else is compiled.

What a template may say neither computes nor makes text of its own, so that a template from
elsewhere can do no more than choose and order what it is given; lint shares this only list. How
often it may do that is counted: every body that is gone through and all text that is made.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import GeneratorType
from typing import Any, cast

from jinja2 import Environment, StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

LOOP_WORDS = frozenset({"first", "last"})
"""What a template may ask of `loop`; positions are numbers and numbers come from figures."""
DEPTH_LIMIT = 50
"""Levels of a template; those at hand have eight."""
_OWN_NAMES = frozenset({"self", "super", "caller", "varargs", "kwargs", "loop"})
"""Names that stand for Jinja's own objects; of these only `loop` may be asked something."""
_COMPARISONS = frozenset({"eq", "ne", "gt", "gteq", "lt", "lteq"})
_PLAIN: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.TemplateData,
    nodes.Output,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.List,
)
"""What may always stand; its parts are looked at by themselves."""
WORK_LIMIT = 6_000_000
"""Work of one rendering: a character that is made is one, a node gone through is ten and more. A
report of the largest answer file takes under five million, nearly all of it for its characters."""
_NODE = 10
_MORE: Mapping[type[nodes.Node], int] = {nodes.Call: 100, nodes.FromImport: 2_000}
"""What takes longer by itself: a macro, and going through a whole other template."""
_MANY = (list, tuple, dict, GeneratorType)
"""What is many values and can neither be printed nor stand in a list."""
_CHARGE, _ROWS, _FLAT = "charge for a body", "rows of a loop", "flat list"
"""Filters that no template can name, because no name has a space."""


class ForbiddenError(TemplateSyntaxError):
    """A template says what is not on the list."""


class ExcessError(Exception):
    """A template would do more than `WORK_LIMIT`."""


def offences(tree: nodes.Template, filters: Collection[str]) -> Iterator[tuple[int, str]]:
    """What a template says that is not on the list: line and construct.

    Args:
        tree: The parsed template.
        filters: Names of the only functions that it may call, as filters.
    """
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 1)]
    while waiting:
        node, depth, line = waiting.pop()
        line = node.lineno or line  # an operand has none of its own
        if depth > DEPTH_LIMIT:
            yield line, "nesting"
            continue
        for what in _faults(node, filters):
            yield line, what
        parts = [] if _asks_loop(node) else list(node.iter_child_nodes())
        waiting += ((part, depth + 1, line) for part in reversed(parts))


def _faults(node: nodes.Node, filters: Collection[str]) -> Iterable[str]:
    """What is wrong with a node by itself."""
    if isinstance(node, nodes.Filter):
        return _faults_of_filter(node, filters)
    judge = _JUDGES.get(type(node))
    if judge is not None:
        return judge(node)
    return () if type(node) in _PLAIN else (type(node).__name__,)


def _asks_loop(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.Getattr)
        and isinstance(node.node, nodes.Name)
        and node.node.name == "loop"
    )


def _name(node: nodes.Name | nodes.Macro) -> Iterable[str]:
    return (node.name,) if node.name in _OWN_NAMES else ()


def _constant(node: nodes.Const) -> Iterable[str]:
    return () if isinstance(node.value, str | int | None) else (type(node.value).__name__,)


def _attribute(node: nodes.Getattr) -> Iterable[str]:
    if _asks_loop(node):
        return () if node.attr in LOOP_WORDS else (f"loop.{node.attr}",)
    is_plain = isinstance(node.node, nodes.Name | nodes.Getattr)
    return () if is_plain and not node.attr.startswith("_") else (node.attr,)


def _faults_of_filter(node: nodes.Filter, filters: Collection[str]) -> Iterable[str]:
    if node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return (type(node).__name__,)
    return () if node.name in filters else (node.name,)


def _call(node: nodes.Call) -> Iterable[str]:
    """Only macros have names that can be called; `Sandbox.call` sees to it."""
    is_plain = isinstance(node.node, nodes.Name) and not (
        node.kwargs or node.dyn_args or node.dyn_kwargs
    )
    return () if is_plain else (type(node).__name__,)


def _operand(node: nodes.Operand) -> Iterable[str]:
    return () if node.op in _COMPARISONS else (node.op,)


def _loop(node: nodes.For) -> Iterable[str]:
    is_given = isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.Filter)
    return () if is_given and node.test is None and not node.recursive else (type(node).__name__,)


def _names_of_loop(node: nodes.Tuple) -> Iterable[str]:
    is_target = node.ctx == "store" and all(isinstance(each, nodes.Name) for each in node.items)
    return () if is_target else (type(node).__name__,)


def _assignment(node: nodes.Assign) -> Iterable[str]:
    """A name is given what templates are given, never the words a macro has made."""
    is_plain = isinstance(node.target, nodes.Name) and not isinstance(node.node, nodes.Call)
    return () if is_plain else (type(node).__name__,)


def _borrowing(node: nodes.FromImport) -> Iterable[str]:
    is_named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
    names = (part for name in node.names for part in (name if isinstance(name, tuple) else [name]))
    is_plain = is_named and not any(name in _OWN_NAMES or name[:1] == "_" for name in names)
    return () if is_plain else (type(node).__name__,)


_JUDGES: Mapping[type[nodes.Node], Callable[[Any], Iterable[str]]] = {
    nodes.Name: _name,
    nodes.Const: _constant,
    nodes.Getattr: _attribute,
    nodes.Call: _call,
    nodes.Operand: _operand,
    nodes.For: _loop,
    nodes.Tuple: _names_of_loop,
    nodes.Assign: _assignment,
    nodes.Macro: _name,
    nodes.FromImport: _borrowing,
}
"""What may stand in some forms only, with what finds the others."""


def meter(tree: nodes.Template, environment: Environment) -> None:
    """Let a template that says only what it may count what it does."""
    _Metering().visit(tree)
    tree.body.insert(0, _charge(tree.body, tree.lineno))
    tree.set_environment(environment)


class _Metering(NodeTransformer):
    """Puts the counting in front of every body that may be gone through more than once."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802  named by the node
        self.generic_visit(node)
        node.iter = _filtered(cast(nodes.Expr, node.iter), _ROWS, node.lineno)
        node.body.insert(0, _charge(node.body, node.lineno))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802  named by the node
        self.generic_visit(node)
        node.body.insert(0, _charge(node.body, node.lineno))
        return node

    def visit_List(self, node: nodes.List) -> nodes.Filter:  # noqa: N802  named by the node
        self.generic_visit(node)
        return _filtered(node, _FLAT, node.lineno)


def _charge(body: list[nodes.Node], line: int) -> nodes.ExprStmt:
    """The statement that counts a body: its nodes, and the characters of its own words."""
    work = sum(map(_work, body))
    return nodes.ExprStmt(_filtered(nodes.Const(work, lineno=line), _CHARGE, line), lineno=line)


def _work(node: nodes.Node) -> int:
    own = _MORE.get(type(node), _NODE)
    own += len(node.data) if isinstance(node, nodes.TemplateData) else 0
    return own + sum(map(_work, node.iter_child_nodes()))


def _filtered(node: nodes.Expr, name: str, line: int) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=line)


def _size(value: object) -> int:
    """How many characters a text has, or all the texts of a list."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, (list, tuple)):
        return len(value) + sum(len(item) for item in value if isinstance(item, str))
    return 1


@pass_context
def _rows(_: Context, value: Any) -> Any:
    """What a loop goes over: rows that were given, never a text letter by letter."""
    if not isinstance(value, (list, tuple, GeneratorType)):
        raise SecurityError(type(value).__name__)
    return value


@pass_context
def _flat(_: Context, items: list[object]) -> list[object]:
    """A list of figures or words; one that holds lists could be longer than the world."""
    for item in items:
        if isinstance(item, _MANY):
            raise SecurityError(type(item).__name__)
    return items


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates that speak and do not compute."""

    def __init__(self, filters: Mapping[str, Callable[..., object]], **settings: Any) -> None:
        """Take the only functions that templates may call."""
        super().__init__(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            finalize=self._shown,
            **settings,
        )
        self.globals.clear()
        self.own_filters = frozenset(filters)
        # They ask for the context, so that none is worked out while a template is compiled.
        self.filters = {name: self._metered(each) for name, each in filters.items()}
        self.filters |= {_CHARGE: self._charged, _ROWS: _rows, _FLAT: _flat}
        self.tests = {}
        self._is_safe: dict[tuple[type, str], bool] = {}
        self.begin()

    def begin(self) -> None:
        """Begin a rendering, which may do its work anew."""
        self._left = WORK_LIMIT

    def _spend(self, work: int) -> None:
        """Take work off what the rendering that is going on may still do.

        Raises:
            ExcessError: There is not so much left.
        """
        self._left -= work
        if self._left < 0:
            raise ExcessError

    @pass_context
    def _charged(self, _: Context, work: int) -> None:
        """The filter that `meter` has put in."""
        self._spend(work)

    @pass_context
    def _shown(self, _: Context, value: object) -> str:
        """What every value goes through on its way into the text."""
        if isinstance(value, _MANY):
            raise TypeError(type(value))
        text = str(value)
        self._spend(len(text))
        return text

    def _metered(self, function: Callable[..., object]) -> Callable[..., object]:
        """A filter whose work is counted."""

        @pass_context
        def counted(_: Context, *arguments: object) -> object:
            self._spend(_NODE + sum(map(_size, arguments)))
            made = function(*arguments)
            self._spend(_size(made))
            return made

        return counted

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

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may see an attribute, found out once for each kind of value."""
        key = (type(obj), attr)
        if key not in self._is_safe:
            self._is_safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._is_safe[key]

    def call(self, context: Context, called: object, /, *arguments: object) -> object:
        """Call a macro, and nothing else.

        Raises:
            SecurityError: It is none.
        """
        if not isinstance(called, Macro):
            raise SecurityError(type(called).__name__)
        return super().call(context, called, *arguments)
