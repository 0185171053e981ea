"""Who can help: the office's own person, and the national contact points.

Before this on the path: settings, and ``resources/contacts.toml`` (data with a date on which a person checked it).
After it: the line "Who can help" and the contact card.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.service.settings import Settings


@dataclass(frozen=True, slots=True)
class Helper:
    """The person this office calls first."""

    name: str
    """As typed; outside text."""
    phone: str
    """As typed; outside text."""
    hours: str
    """When they can be reached, as typed."""
    kind: str
    """``colleague``, ``firm`` or ``nobody``."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One national contact point."""

    id: str
    """Stable id."""
    country: str
    """Two letters."""
    name: str
    """Name of the office."""
    who: str
    """Whom it serves: ``firms``, ``state``, ``schools``, ``citizens``; or ``police``."""
    roles: dict[str, str]
    """For whom and for what, by language."""
    phone: str
    """Or empty."""
    mail: str
    """Or empty."""
    web: str
    """Or empty."""
    languages: tuple[str, ...]
    """Languages spoken there."""
    checked_on: str
    """Day on which a person last compared these facts with the contact's own page."""
    order: int
    """Smallest first."""

    @property
    def is_police(self) -> bool:
        """Tell whether it is the police."""
        return self.who == "police"

    @property
    def words(self) -> str:
        """Name it with the best way to reach it."""
        way = self.phone or self.web
        return f"{self.name} ({way})" if way else self.name


def read_contacts(path: Path) -> list[Contact]:
    """Read the contact list, in its order; no file gives no contacts."""
    if not path.is_file():
        return []
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("contact", [])
    return sorted((_contact(row) for row in rows), key=lambda contact: (contact.country, contact.order))


def contacts_of(contacts: list[Contact], country: str) -> list[Contact]:
    """Choose a country's contacts; a country nobody listed gets those for all of Europe."""
    return [one for one in contacts if one.country == country] or [one for one in contacts if one.country == "EU"]


def helper_of(settings: Settings) -> Helper | None:
    """Tell whom this office calls; None until somebody has answered that question."""
    kind = settings.text("helper_kind")
    name = settings.text("helper_name")
    if not kind and not name:
        return None
    if kind == "nobody":
        return Helper("", "", "", kind)
    return Helper(name, settings.text("helper_phone"), settings.text("helper_hours"), kind or "colleague")


def _contact(row: dict[str, Any]) -> Contact:
    return Contact(
        id=row["id"],
        country=row["country"],
        name=row["name"],
        who=row.get("who", "firms"),
        roles=dict(row.get("role", {})),
        phone=row.get("phone", ""),
        mail=row.get("mail", ""),
        web=row.get("web", ""),
        languages=tuple(row.get("languages", ())),
        checked_on=str(row.get("checked_on", "")),
        order=int(row.get("order", 0)),
    )
