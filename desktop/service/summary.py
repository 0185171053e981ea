"""A short plain text for the person who helps: what was found, where, and what was already done.

Before this on the path: findings and their explanations. After it: the clipboard, a mail, a printed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.service.explain import Explanation
from desktop.service.keeping.kept import KeptFinding
from desktop.service.texts import Harmless, Texts


def summary_text(
    parts: Sequence[tuple[KeptFinding, Explanation]], texts: Texts, language: str, *, computer: str, now: datetime
) -> str:
    """Write the summary; plain lines, no markup."""
    this_computer = Harmless(texts.get("help.this_computer", language))
    lines = [
        texts.get("summary.title", language, computer=computer or this_computer),
        texts.get("summary.written_at", language, at=now.strftime("%Y-%m-%d %H:%M %Z").strip()),
        texts.count("summary.how_many", len(parts), language),
    ]
    for number, (kept, explanation) in enumerate(parts, start=1):
        lines += ["", f"{number}. {_pair(texts, language, explanation.level, explanation.headline)}"]
        lines += [f"   {line}" for line in _details(kept, explanation, texts, language)]
    lines += ["", texts.get("summary.nothing_changed", language)]
    return "\n".join(lines) + "\n"


def _details(kept: KeptFinding, explanation: Explanation, texts: Texts, language: str) -> list[str]:
    """Say one finding in sentences, then in exact facts, then what people here think of it."""
    judged = texts.get(f"judgement.{kept.judgement or 'none'}", language)
    return [
        explanation.what_we_saw,
        explanation.how_sure,
        *(_pair(texts, language, label, value) for label, value in explanation.technical),
        _pair(texts, language, texts.get("summary.judgement", language), judged),
    ]


def _pair(texts: Texts, language: str, label: str, value: str) -> str:
    """Join a label and a value, both already harmless, as the language does it."""
    return texts.get("summary.pair", language, label=Harmless(label), value=Harmless(value))
