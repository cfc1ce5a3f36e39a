"""The commands; the only folder that prints errors and picks exit codes."""

from assistant.cli.main import main
