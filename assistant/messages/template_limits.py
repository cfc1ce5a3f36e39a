"""How much a template may do: every body it goes through and all text it makes is counted."""

from collections.abc import Callable, Iterable, Mapping
from types import GeneratorType
from typing import Any, cast

from jinja2 import Environment, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

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


class ExcessError(Exception):
    """A template would do more than `WORK_LIMIT`."""


class Allowance:
    """What one rendering may still do."""

    def __init__(self) -> None:
        """Start full."""
        self._left = WORK_LIMIT

    def renew(self) -> None:
        """Begin another rendering."""
        self._left = WORK_LIMIT

    def spend(self, work: int) -> None:
        """Take work off.

        Raises:
            ExcessError: There is not so much left.
        """
        self._left -= work
        if self._left < 0:
            raise ExcessError


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


def metered(
    filters: Iterable[tuple[str, Callable[..., object]]], allowance: Allowance
) -> dict[str, Callable[..., object]]:
    """The filters of a template, their work counted, and those that `meter` has put in.

    They ask for the context, so that none is worked out while a template is compiled.
    """
    made = {name: _metered(each, allowance) for name, each in filters}

    @pass_context
    def charge(_: Context, work: int) -> None:
        allowance.spend(work)

    return {**made, _CHARGE: charge, _ROWS: _rows, _FLAT: _flat}


def _metered(function: Callable[..., object], allowance: Allowance) -> Callable[..., object]:
    @pass_context
    def counted(_: Context, *arguments: object) -> object:
        allowance.spend(_NODE + sum(map(_size, arguments)))
        made = function(*arguments)
        allowance.spend(_size(made))
        return made

    return counted


def printer(allowance: Allowance) -> Callable[[Context, object], str]:
    """What every value goes through on its way into the text."""

    @pass_context
    def shown(_: Context, value: object) -> str:
        if isinstance(value, _MANY):
            raise TypeError(type(value))
        text = str(value)
        allowance.spend(len(text))
        return text

    return shown


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
