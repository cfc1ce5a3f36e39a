"""From the command line to one command, and from its faults to an exit code."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys

from assistant.cli.exit_codes import EDITION, GOOD, USAGE
from assistant.cli.options import read_options

TYPE_CHECKING = False  # importing typing for it would cost a sixth of the start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.form.loader import Library


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = read_options(arguments)
    gc.disable()  # a start makes many objects and no garbage
    try:
        return _run(options)
    except BrokenPipeError:
        # Whoever read the output has seen enough; closing it again must not complain.
        _silence()
        return GOOD
    finally:
        gc.freeze()  # nor does the end of a process look for any


def _silence() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    # pydantic would look through every installed package for plugins, which we do not want.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from assistant.cli import console  # noqa: PLC0415  --version and -h need none of this
    from assistant.form.loader import library  # noqa: PLC0415
    from assistant.storage.errors import AssistantError  # noqa: PLC0415

    console.prepare()
    try:
        folder = options.templates.resolve() if options.templates else None
        shelf = library(folder)
        _ = shelf.sentences  # without them nothing else could be told
    except AssistantError as fault:
        console.tell(console.wordless(fault))
        return USAGE
    except Exception as fault:
        console.tell(console.speechless(fault))
        return USAGE
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return _obey(options, shelf)


def _obey(options: argparse.Namespace, shelf: Library) -> int:
    """Do what the command asks; whatever ends it early is told in a sentence."""
    from pathlib import Path  # noqa: PLC0415  as above

    from assistant.cli import console  # noqa: PLC0415
    from assistant.storage import system_error  # noqa: PLC0415
    from assistant.storage.errors import AssistantError, EditionError  # noqa: PLC0415

    told: Exception
    try:
        return _command(options.command)(options, shelf)
    except BrokenPipeError:
        raise
    except OSError as fault:  # only the output is left to fail; files have their own faults
        _silence()
        told = system_error(fault, Path("标准输出"))
    except MemoryError:
        told = AssistantError("out_of_memory")
    except KeyboardInterrupt:
        console.tell(console.say_error(AssistantError("interrupted"), shelf.sentences))
        return USAGE
    except Exception as fault:
        told = fault
    console.tell_fault(told, shelf.sentences)
    return EDITION if isinstance(told, EditionError) else USAGE


def _command(name: str) -> Callable[[argparse.Namespace, Library], int]:
    """The function of a command; only its own room is imported."""
    if name == "chat":
        from assistant.cli.chat_command import talk  # noqa: PLC0415

        return talk
    if name in ("replay", "check"):
        from assistant.cli.replay_command import replay  # noqa: PLC0415

        return replay
    if name == "verify":
        from assistant.cli.verify_command import verify  # noqa: PLC0415

        return verify
    if name == "diff":
        from assistant.cli.diff_command import differ  # noqa: PLC0415

        return differ
    if name == "form":
        from assistant.cli.form_command import form  # noqa: PLC0415

        return form
    if name == "migrate":
        from assistant.cli.migrate_command import carry  # noqa: PLC0415

        return carry
    if name == "lint":
        from assistant.cli.lint_command import prove  # noqa: PLC0415

        return prove
    if name == "doctor":
        from assistant.cli.doctor_command import diagnose  # noqa: PLC0415

        return diagnose
    from assistant.cli.schema_command import print_schema  # noqa: PLC0415

    return print_schema
