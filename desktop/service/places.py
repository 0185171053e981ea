"""Adds to rows of activity what offline data knows: country and owner of the far end, maker of the near one.

Before this on the path: the store's rows. After it: the Activity page. A worker looks it up, once for each address.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import replace

from desktop.service.activity import ActivityView
from desktop.service.checking import RunJob
from desktop.service.events import Control
from detectors.contract.activity import ActivityRow
from detectors.worker.wire import LookedUp, LookUp

MOST_AT_ONCE = 20_000
"""Addresses looked up for one view."""
_NOWHERE = ("", "")


class Places:
    """Remembers what was looked up."""

    def __init__(self, run_job: RunJob) -> None:
        self._run_job = run_job
        self._places: dict[str, tuple[str, str]] = {}
        self._makers: dict[str, str] = {}
        self._days = ("", "")

    def fill(self, view: ActivityView) -> ActivityView:
        """Fill in what is known; rows keep the first half of a hardware address where the maker will stand."""
        addresses = {row.address for row in view.rows if row.address not in self._places}
        cards = {row.maker for row in view.rows if row.maker and row.maker not in self._makers}
        wanted = sorted(address for address in addresses if _is_outside(address))[:MOST_AT_ONCE]
        if wanted or cards:
            self._look_up(wanted, sorted(cards))
        places_from, makers_from = self._days
        return replace(view, rows=tuple(map(self._filled, view.rows)), places_from=places_from, makers_from=makers_from)

    def days(self) -> tuple[str, str]:
        """Tell of which day the data are: places, then makers; empty where that is not known."""
        if self._days == ("", ""):
            self._look_up((), ())
        return self._days

    def _look_up(self, addresses: Iterable[str], cards: Iterable[str]) -> None:
        job = LookUp(tuple(addresses), tuple(cards))
        for report in self._run_job(job, Control()):
            if isinstance(report, LookedUp):
                self._places |= dict.fromkeys(job.addresses, _NOWHERE) | report.places
                self._makers |= dict.fromkeys(job.cards, "") | report.makers
                self._days = (report.places_from, report.makers_from)

    def _filled(self, row: ActivityRow) -> ActivityRow:
        country, owner = self._places.get(row.address, _NOWHERE)
        return replace(row, country=country, owner=owner, maker=self._makers.get(row.maker, ""))


def _is_outside(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False
