"""Completion for bash and zsh, and a man page, made of the table of commands for every wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACES = {
    "bash": "share/bash-completion/completions/nianbao",
    "zsh": "share/zsh/site-functions/_nianbao",
    "man": "share/man/man1/nianbao.1",
}


class ShellFiles(BuildHookInterface):  # type: ignore[type-arg]  # its configuration is of no use
    """Adds what shells and `man` read to the data of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the files; they are thrown away with the build."""
        sys.path.insert(0, self.root)
        from assistant import __version__  # noqa: PLC0415  of the source that is built
        from assistant.cli.commands import COMMANDS  # noqa: PLC0415
        from assistant.cli.main import make_parser  # noqa: PLC0415

        self._made = tempfile.TemporaryDirectory()
        texts = made(make_parser(COMMANDS), __version__)
        for kind, place in _PLACES.items():
            path = Path(self._made.name) / kind
            path.write_text(texts[kind], encoding="utf-8")
            build_data["shared_data"][str(path)] = place


def made(parser: Any, version: str) -> dict[str, str]:
    """The text of each file, by what reads it."""
    import shtab  # noqa: PLC0415  an sdist is made without it

    (commands,) = (each for each in parser._actions if each.choices)
    for command in commands.choices.values():
        for action in command._actions:
            if action.type is not None and action.type.__name__ == "_path":
                action.complete = shtab.FILE
    helps = [parser.format_help(), *(each.format_help() for each in commands.choices.values())]
    pages = "\n".join(text.replace("\\", "\\e").replace("\n.", "\n\\&.") for text in helps)
    man = f'.TH NIANBAO 1 "" "nianbao {version}"\n.SH 名称\nnianbao \\- {parser.description}\n'
    return {
        "man": f"{man}.SH 用法\n.nf\n{pages}.fi\n",
        **{shell: shtab.complete(parser, shell) for shell in ("bash", "zsh")},
    }
