"""What is kept: findings, what people said of them, and the journal that takes things back.

Before this on the path: the command line. After it: the service's store.
"""

from __future__ import annotations

import functools
import sys
from pathlib import Path

import click
from rich.text import Text

from desktop.console.face import CLEAN, Face, ToldOption, with_face
from desktop.console.plain import LONGEST_NAME, SHORT_ID, level_text, out, print_block
from desktop.console.tree import ToldCommand, ToldGroup
from desktop.console.upkeep import tell_canaries
from desktop.console.writing import write_line
from desktop.service.explain import Explanation
from desktop.service.export import finding_line, utc_text
from desktop.service.keeping.kept import JournalLine, KeptFinding
from desktop.service.texts import harmless
from detectors.contract.errors import StoreFull

LARGEST_ID = 2**63 - 1
"""What SQLite can count to."""


@click.group("findings", cls=ToldGroup, key="findings", examples=("main.py findings list", "main.py findings show 3f"))
def findings() -> None:
    """Hold what can be done with kept findings."""


@findings.command(
    "list",
    cls=ToldCommand,
    key="findings_list",
    examples=("main.py findings list", "main.py findings list --state all --search invoice"),
)
@click.option("--state", cls=ToldOption, type=click.Choice(["open", "solved", "all"]), default="open")
@click.option("--search", cls=ToldOption, default="", metavar="WORD")
@click.option("--limit", cls=ToldOption, type=click.IntRange(min=1))
@with_face
def list_findings(face: Face, state: str, search: str, limit: int | None) -> int:
    """List kept findings."""
    service = face.service
    kept = service.findings(state=state, search=search)
    wanted = [one for one in kept if one.finding.severity >= face.min_severity]
    for one in wanted[:limit]:
        told = service.explain(one.finding, face.language)
        if face.is_jsonl:
            write_line(kept_line(one, told))
        else:
            print_row(one, told)
    if face.is_jsonl:
        tell_hidden(face, len(kept) - len(wanted))
        return CLEAN
    if not kept:
        print(face.say("no_findings"))
    if len(kept) > len(wanted):
        print(face.count("below_level", len(kept) - len(wanted), level=face.min_severity.word))
    if limit is not None and len(wanted) > limit:
        print(face.count("and_more", len(wanted) - limit))
    return CLEAN


def tell_hidden(face: Face, number: int) -> None:
    """Say beside the results how many are below ``--min-severity``."""
    if number:
        face.warn(face.count("below_level", number, level=face.min_severity.word))


def kept_line(kept: KeptFinding, told: Explanation) -> dict[str, object]:
    """Give the public form of a kept finding, as ``findings export`` does."""
    return finding_line(kept.finding, told) | {"state": kept.state, "judgement": kept.judgement}


def print_row(kept: KeptFinding, told: Explanation) -> None:
    """Print a finding on two lines: how urgent and what, then number, day and name."""
    console = out()
    print_block(console, level_text(kept.finding, told.level, told.headline))
    seen_on = kept.last_kept_at.astimezone().strftime("%Y-%m-%d %H:%M")
    name = harmless(kept.finding.subject.name, LONGEST_NAME)
    print_block(console, Text.assemble((kept.finding.id[:SHORT_ID], "bold"), f"  {seen_on}  {name}"), 2)


@findings.command("show", cls=ToldCommand, key="findings_show", examples=("main.py findings show 3fa9c2d1",))
@click.argument("finding_id", metavar="ID")
@with_face
def show_finding(face: Face, finding_id: str) -> None:
    """Show one finding with all its parts."""
    kept = face.service.finding(finding_id)
    told = face.service.explain(kept.finding, face.language)
    if face.is_jsonl:
        write_line(kept_line(kept, told))
        return
    print_card(face, kept, told)


def print_card(face: Face, kept: KeptFinding, told: Explanation) -> None:
    """Print the whole card, in its fixed order."""
    console = out()
    print_block(console, level_text(kept.finding, told.level, told.headline))
    print_block(console, Text(harmless(kept.finding.subject.name, LONGEST_NAME)), 2)
    steps = [f"{number}. {step.do} {step.note}".strip() for number, step in enumerate(told.what_to_do, start=1)]
    signs = [f"{'✓' if sign.found else '-'} {sign.text}" for sign in told.signs]
    technical = [f"{label}: {value}" for label, value in told.technical]
    parts = {
        "what_we_saw": [told.what_we_saw],
        "why_it_matters": [told.why_it_matters],
        "how_sure": [told.how_sure],
        "what_to_do": steps,
        "who_can_help": [told.who_can_help],
        "signs": signs,
        "would_be_normal": [told.would_be_normal] if told.would_be_normal else [],
        "learn_more": [told.learn_more],
        "technical": technical,
    }
    for key, lines in parts.items():
        if not lines:
            continue
        console.print()
        print_block(console, Text(face.say(key), style="bold"))
        for line in lines:
            print_block(console, Text(line), 2)
    if not face.is_quiet:
        console.print()
        print_block(console, Text(face.say("judge_hint", id=kept.finding.id[:SHORT_ID]), style="dim"))


@findings.command(
    "judge",
    cls=ToldCommand,
    key="findings_judge",
    examples=("main.py findings judge 3fa9c2d1 known --days 30", "main.py findings judge 3fa9c2d1 worried"),
)
@click.argument("finding_id", metavar="ID")
@click.argument("judgement", type=click.Choice(["known", "worried"]))
@click.option("--days", cls=ToldOption, type=click.IntRange(1, 3650), default=30)
@with_face
def judge_finding(face: Face, finding_id: str, judgement: str, days: int) -> None:
    """Keep what a person says of a finding."""
    service = face.service
    journal_id = service.judge(finding_id, judgement, days=days)
    if face.is_jsonl:
        write_line({"type": "judged", "id": service.finding(finding_id).finding.id, "journal_id": journal_id})
        return
    if judgement == "known":
        print(face.count("judged_known_days", days))
    else:
        print(face.say("judged_worried"))
        print()
        print(service.summary_for_helper([finding_id], face.language))
    print(face.say("undo_hint", id=str(journal_id)))


@findings.command(
    "export",
    cls=ToldCommand,
    key="findings_export",
    examples=("main.py findings export --format csv --output findings.csv",),
)
@click.option("--output", "-o", cls=ToldOption, type=click.Path(dir_okay=False, path_type=Path))
@functools.partial(with_face, forms=("jsonl", "csv"))
def export_findings(face: Face, output: Path | None) -> None:
    """Write all kept findings for other programs."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")  # type: ignore[union-attr] # stdout is a file here
        written = face.service.export(face.form, sys.stdout, face.language, face.min_severity)
    else:
        written = export_into(face, output)
        face.warn(face.count("exported", written, path=str(output)))
    tell_hidden(face, len(face.service.findings(state="all")) - written)


def export_into(face: Face, output: Path) -> int:
    """Write into a file and give how many; a file that cannot be written is a sentence."""
    service = face.service
    try:
        with output.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            return service.export(face.form, file, face.language, face.min_severity)
    except OSError as error:
        raise StoreFull(path=str(output)) from error


@click.group("journal", cls=ToldGroup, key="journal", examples=("main.py journal list", "main.py journal undo 7"))
def journal() -> None:
    """Hold what can be done with the journal."""


@journal.command("list", cls=ToldCommand, key="journal_list", examples=("main.py journal list",))
@with_face
def list_journal(face: Face) -> None:
    """List what was decided."""
    lines = face.service.journal()
    for line in lines:
        if face.is_jsonl:
            write_line(journal_line(line))
        else:
            print(journal_words(face, line))
    if not lines and not face.is_jsonl:
        print(face.say("journal_empty"))


def journal_line(line: JournalLine) -> dict[str, object]:
    """Give the public form of one act."""
    return {
        "type": "journal",
        "id": line.id,
        "at": utc_text(line.at),
        "act": line.act,
        "subject": line.subject,
        "values": line.values,
        "undone_at": utc_text(line.undone_at) if line.undone_at else None,
    }


def journal_words(face: Face, line: JournalLine) -> str:
    """Say one act in a line."""
    told = face.text(f"journal.{line.act}", **(line.values | {"subject": line.subject}))
    mark = f" ({face.text('journal.undone')})" if line.undone_at else ""
    return f"{line.id:>5}  {line.at.astimezone():%Y-%m-%d %H:%M}  {told}{mark}"


@journal.command("undo", cls=ToldCommand, key="journal_undo", examples=("main.py journal undo 7",))
@click.argument("journal_id", type=click.IntRange(1, LARGEST_ID), metavar="ID")
@with_face
def undo(face: Face, journal_id: int) -> None:
    """Take one act back."""
    face.service.undo(journal_id)
    if face.is_jsonl:
        write_line({"type": "undone", "id": journal_id})
    else:
        print(face.say("undone"))
        tell_canaries(face, face.service.canaries.take_news())
