"""Groups and commands that speak four languages, and say kindly that a name is not known or comes later.

Before this on the path: ``face.py``. After it: the commands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

import click

from desktop.console.face import help_language, help_text, read_texts

LATER = {
    "": ("ask", "exceptions", "quarantine", "report", "watch", "workshop"),
    "rules": ("export", "import", "profile", "rollback", "test"),
}
"""Commands of later versions, by group."""


class ToldCommand(click.Command):
    """A command whose help is a sentence of ``usage.toml`` (named after it) and examples."""

    def __init__(self, *arguments: Any, key: str, examples: Iterable[str] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.key = key
        self.examples = tuple(examples)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's own form
        """Give the sentence whole: it is short, and a cut one helps nobody."""
        return help_text(self.key)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own form
        """Write the sentence, then the examples as they are typed."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(help_text(self.key))
        write_examples(formatter, self.examples)


class ToldGroup(ToldCommand, click.Group):
    """A group that does the same and knows what comes later."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say in one sentence that it is not there."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise UnknownCommand(self.sentence_about(name))
        return super().resolve_command(ctx, args)

    def sentence_about(self, untrusted_name: str) -> str:
        """Say that a name comes later, or what it may have meant."""
        texts, language = read_texts(), help_language()
        whole = f"{self.key} {untrusted_name}" if self.key in LATER and self.key else untrusted_name
        if untrusted_name in LATER.get(self.key, ()):
            return texts.get("console.later", language, name=whole)
        near = difflib.get_close_matches(untrusted_name, self.commands, 1)
        if near:
            return texts.get("console.no_command_near", language, name=whole, near=near[0])
        return texts.get("console.no_command", language, name=whole)


class UnknownCommand(click.UsageError):
    """A name that is no command."""

    def show(self, file: Any = None) -> None:
        """Say it, without the usage lines that nobody asked for."""
        click.echo(self.message, file=file, err=file is None)


def write_examples(formatter: click.HelpFormatter, examples: Iterable[str]) -> None:
    """Write examples one a line."""
    if not examples:
        return
    formatter.write_paragraph()
    with formatter.section(help_text("examples")):
        for example in examples:
            formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
