"""A short plain text for the person who helps: what was found, where, and what was already done.

Before this on the path: findings and their explanations. After it: the clipboard, a mail, a printed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.service.explain import Explanation
from desktop.service.keeping.kept import KeptFinding
from desktop.service.texts import Texts, harmless

LONGEST_PATH = 300
"""Letters of a path; an expert needs more of it than a card shows."""


def summary_text(
    parts: Sequence[tuple[KeptFinding, Explanation]], texts: Texts, language: str, *, computer: str, now: datetime
) -> str:
    """Write the summary; plain lines, no markup."""
    say = texts.get
    lines = [
        say("summary.title", language, computer=computer or say("help.this_computer", language)),
        say("summary.written_at", language, at=now.strftime("%Y-%m-%d %H:%M %Z").strip()),
        texts.count("summary.how_many", len(parts), language),
    ]
    for number, (kept, explanation) in enumerate(parts, start=1):
        finding = kept.finding
        judgement = f"judgement.{kept.judgement or 'none'}"
        lines += [
            "",
            f"{number}. {explanation.level}: {explanation.headline}",
            f"   {explanation.what_we_saw}",
            f"   {explanation.how_sure}",
            f"   {say('summary.path', language)}: {harmless(finding.subject.name, LONGEST_PATH)}",
        ]
        lines += [f"   {label}: {value}" for label, value in explanation.technical[1:]]
        lines.append(f"   {say('summary.judgement', language)}: {say(judgement, language)}")
    lines += ["", say("summary.nothing_changed", language)]
    return "\n".join(lines) + "\n"
