"""What a template may say: the only list, for lint and before anything is compiled.

Whatever stands here neither computes nor makes text of its own, so that a template from elsewhere
can do no more than choose and order what it is given. `metering` bounds how often.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes

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


def _name(node: nodes.Name) -> Iterable[str]:
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


def _macro(node: nodes.Macro) -> Iterable[str]:
    return (node.name,) if node.name in _OWN_NAMES else ()


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
    nodes.Macro: _macro,
    nodes.FromImport: _borrowing,
}
"""What may stand in some forms only, with what finds the others."""
