"""What every command needs: the common options, the service behind them, and the words of the reader.

Before this on the path: the command line. After it: the commands, which ask the service and tell what it says.
"""

from __future__ import annotations

import functools
import itertools
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from desktop.console.writing import write_line
from desktop.data_folder import default_data_folder
from desktop.service.service import PROGRAM_FOLDER, Service
from desktop.service.texts import LANGUAGES, Texts, harmless, system_language
from detectors.contract.errors import PlainwatchError, StoreDamaged
from detectors.contract.finding import Scalar, Severity

CLEAN, FOUND, WRONG_USE, NOT_FULLY_CHECKED, STOPPED = 0, 1, 2, 3, 130
"""The exit codes."""
LONGEST_VALUE = 1000
"""Letters of a path or a step that are shown in a sentence."""


@dataclass(slots=True)
class Face:
    """One run of the command line: how to speak, and the service, opened when it is first needed."""

    form: str
    """``text`` or ``jsonl``."""
    chosen_language: str | None
    """Of ``--language``; None: the setting, else the system's."""
    min_severity: Severity
    """Below this a finding is counted, not shown."""
    is_quiet: bool
    """Results only: no progress, no hints."""
    keeps: bool
    """False with ``--no-store``."""
    data_folder: Path
    """Where things are kept."""
    texts: Texts
    """All sentences."""
    opened: Service | None = None
    """The service, once somebody needed it."""

    @property
    def service(self) -> Service:
        """The service, opened now if it was not yet."""
        if self.opened is None:
            self.opened = Service(self.data_folder, keep=self.keeps)
            if self.opened.is_read_only and not self.is_quiet:
                self.warn(self.say("read_only", folder=str(self.data_folder)))
        return self.opened

    @property
    def language(self) -> str:
        """The language to speak; never opens the service by itself."""
        if self.chosen_language:
            return self.chosen_language
        return self.opened.language if self.opened else system_language()

    @property
    def is_jsonl(self) -> bool:
        """True when other programs read the output."""
        return self.form == "jsonl"

    def text(self, key: str, **values: Scalar) -> str:
        """Give one sentence of any topic; a terminal has room for whole paths."""
        return self.texts.get(key, self.language, **_whole(values))

    def say(self, key: str, **values: Scalar) -> str:
        """Give one sentence of ``console.toml``."""
        return self.text(f"console.{key}", **values)

    def count(self, key: str, n: int, **values: Scalar) -> str:
        """Give one sentence that depends on a number."""
        return self.texts.count(f"console.{key}", n, self.language, **_whole(values))

    def warn(self, sentence: str) -> None:
        """Put one sentence beside the results."""
        if self.is_jsonl:
            write_line({"type": "note", "text": sentence}, sys.stderr)
        else:
            print(sentence, file=sys.stderr, flush=True)

    def refuse(self, error: PlainwatchError) -> int:
        """Say what went wrong and what to do, and give the exit code."""
        code = error.code if self.texts.has(f"error.{error.code}") else "unexpected"
        sentence = self.text(f"error.{code}", **error.values)
        if self.is_jsonl:
            write_line({"type": "error", "code": error.code, "text": sentence}, sys.stderr)
        else:
            self.warn(sentence)
            if isinstance(error, StoreDamaged):
                self.warn(self.say("start_fresh_hint"))
        return WRONG_USE


def _whole(values: dict[str, Scalar]) -> dict[str, Scalar]:
    """Make text harmless without shortening it to the width of a label; lists are told to their end."""
    told = {name: ", ".join(one) if isinstance(one, list) else one for name, one in values.items()}
    return {name: harmless(one, LONGEST_VALUE) if isinstance(one, str) else one for name, one in told.items()}


def read_texts() -> Texts:
    """Read all sentences of the program."""
    return Texts(PROGRAM_FOLDER / "resources/texts")


class ToldOption(click.Option):
    """An option whose help is a sentence of ``usage.toml``: ``option_<name>``."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Look the sentence up when somebody asks for help."""
        if self.name != "help":
            self.help = help_text(f"option_{self.name}")
        return super().get_help_record(ctx)


def help_text(key: str) -> str:
    """Give one sentence of ``usage.toml`` in the language of ``--language``, else of the system."""
    return _help_texts().get(f"usage.{key}", help_language())


@functools.cache
def _help_texts() -> Texts:
    return read_texts()


def help_language() -> str:
    """Look for ``--language`` before anything else is understood: help comes before options are read."""
    words = sys.argv[1:]
    named = [word.removeprefix("--language=") for word in words if word.startswith("--language=")]
    named += [after for word, after in itertools.pairwise(words) if word == "--language"]
    return named[0] if named and named[0] in LANGUAGES else system_language()


Work = Callable[..., int | None]
"""What a command does; None means that all went well."""


def common_options(forms: tuple[str, ...]) -> tuple[Callable[[Work], Work], ...]:
    """Give what every command takes."""
    return (
        click.option("--min-severity", cls=ToldOption, type=click.Choice([one.word for one in Severity])),
        click.option("--format", "form", cls=ToldOption, type=click.Choice(forms), default=forms[0]),
        click.option("--language", cls=ToldOption, type=click.Choice(LANGUAGES)),
        click.option("--data-folder", cls=ToldOption, type=click.Path(file_okay=False, path_type=Path)),
        click.option("--quiet", "-q", cls=ToldOption, is_flag=True),
        click.option("--no-store", cls=ToldOption, is_flag=True),
    )


def with_face(work: Work, forms: tuple[str, ...] = ("text", "jsonl")) -> Work:
    """Give a command the common options and hand them over as one ``Face``; our own errors become sentences."""

    @functools.wraps(work)
    def run(
        min_severity: str | None,
        form: str,
        language: str | None,
        data_folder: Path | None,
        *,
        quiet: bool,
        no_store: bool,
        **given: Any,
    ) -> int:
        face = Face(
            form=form,
            chosen_language=language,
            min_severity=Severity.from_word(min_severity or "informational"),
            is_quiet=quiet,
            keeps=not no_store,
            data_folder=data_folder or default_data_folder(),
            texts=read_texts(),
        )
        try:
            return work(face, **given) or CLEAN
        except PlainwatchError as error:
            return face.refuse(error)
        except BrokenPipeError:  # whoever read us has gone: nothing more may be written, not even when Python ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return STOPPED
        finally:
            if face.opened is not None:
                face.opened.close()

    told: Work = run
    for option in reversed(common_options(forms)):
        told = option(told)
    return told
