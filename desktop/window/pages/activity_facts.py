"""Everything the Activity page shows, read in one go away from the window's thread.

Before this on the path: what a person wants to see (``Wish``). After it: the page, which only draws.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from desktop.service.activity import ActivitySource, ActivityView
from desktop.service.talkers import Picture, Talker, draw_picture, findings_of, span_of, talkers_in, widen_today
from desktop.window.pages.found import tell_headlines
from desktop.window.theme import RESOURCES

if TYPE_CHECKING:
    from desktop.service.service import Service

LANGUAGE_ORDER = ("en", "fr", "de", "lb")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to see."""

    source: str | None = None
    """A recording as given; empty for this computer; None for whatever there is."""
    span: str = "today"
    """Of this computer; a recording is shown whole."""
    grouping: str = "near"
    """One of ``talkers.GROUPINGS``."""


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the page shows."""

    wish: Wish
    """What it answers."""
    picture: Picture
    """The time on show."""
    talkers: Sequence[Talker]
    """Of the whole time."""
    sources: Sequence[ActivitySource]
    """Everything one could look at."""
    headlines: Mapping[str, str]
    """Finding id -> headline, for those with a mark."""
    countries: Mapping[str, str]
    """Code -> name in the person's language."""
    can_capture: bool
    """True when this computer's traffic can be listened to."""
    cards: Sequence[str]
    """Network cards one could listen on."""
    computer: str
    """Name of this computer, or empty."""
    before: ActivityView | None
    """The days before today, where something can be called usual."""
    now: int
    """When this was read."""


def read_activity(service: Service, wish: Wish, language: str, now: datetime) -> ActivityFacts:
    """Read, sum up and word; runs in the answering thread."""
    view, before = _read_views(service, wish, now)
    source = view.source
    span = widen_today(span_of(wish.span if source and not source.name else "whole", source, now), view.rows)
    kept = [one for one in service.findings(state="open") if one.finding.subject.kind == "host"]
    findings = findings_of(kept, source)
    picture = draw_picture(view, span, findings)
    marked = {bucket.finding.id for bucket in picture.buckets if bucket.finding}
    headlines = tell_headlines(service, (one for one in kept if one.finding.id in marked), language)
    can_capture = service.can_capture()
    return ActivityFacts(
        wish=wish,
        picture=picture,
        talkers=talkers_in(picture, wish.grouping, before=before),
        sources=view.sources,
        headlines={one.finding.id: words for one, words in headlines},
        countries=country_names(language),
        can_capture=can_capture,
        cards=service.interfaces() if can_capture else (),
        computer=service.settings.text("computer_name"),
        before=before,
        now=int(now.timestamp()),
    )


def _read_views(service: Service, wish: Wish, now: datetime) -> tuple[ActivityView, ActivityView | None]:
    """Read the rows on show and, for today on a computer that is known, those of the days before."""
    known = {one.name for one in service.activity().sources} if wish.source else set()
    whole = service.activity(source=wish.source if not wish.source or wish.source in known else None)
    if whole.source is None or whole.source.name:
        return whole, None
    span = span_of(wish.span, whole.source, now)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight if wish.span == "today" else datetime.fromtimestamp(span.first, tz=now.tzinfo)
    view = service.activity(since=since, source="")
    if wish.span != "today" or whole.usual_out_bytes is None:
        return view, None
    return view, service.activity(until=midnight, source="")


@cache
def country_names(language: str) -> dict[str, str]:
    """Read the names of countries in a language."""
    with (RESOURCES / "countries.toml").open("rb") as stream:
        names: dict[str, list[str]] = tomllib.load(stream)
    place = LANGUAGE_ORDER.index(language) if language in LANGUAGE_ORDER else 0
    return {code: words[place] for code, words in names.items()}
