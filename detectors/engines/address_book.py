"""Looks up where an address lies, whose network it is, and who made a network card: offline, in data of a known date.

Before this on the path: addresses that somebody wants to read about. After it: the Activity page. Wraps geoip2fast
(GeoLite2 data by MaxMind) and netaddr (register of the IEEE). Countries are where a network is registered, not where a
person sits. Loading costs most of a second and 110 MB, so it happens in a worker of its own, and only when asked for.
"""

from __future__ import annotations

import importlib.metadata
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geoip2fast
import netaddr
from geoip2fast import GeoIP2Fast

_DATA_FILE = Path(geoip2fast.__file__).with_name("geoip2fast-asn-ipv6.dat.gz")
_COUNTRY = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_MAKERS_FROM = {"1.3.0": "2024-05-28"}
"""Release of netaddr -> its day; the register in it says no date of its own."""
MAX_OWNER = 100
"""Letters."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one address."""

    country: str
    """Two letters (ISO 3166), or empty."""
    owner: str
    """Whose network it is in, or empty."""


class AddressBook:
    """Loaded once."""

    def __init__(self) -> None:
        self._places = GeoIP2Fast(geoip2fast_data_file=str(_DATA_FILE), verbose=False)

    @property
    def places_from(self) -> str:
        """Day of the data behind countries and owners (``2024-06-18``), or empty."""
        day = _DAY.search(str(self._places.source_info))
        return date(int(day[1]), int(day[2]), int(day[3])).isoformat() if day else ""

    @property
    def makers_from(self) -> str:
        """Day of the register of network cards, or empty."""
        return _MAKERS_FROM.get(importlib.metadata.version("netaddr"), "")

    def place_of(self, address: str) -> Place:
        """Tell where an address of the internet lies; nothing for others."""
        found = self._places.lookup(address)
        if found.is_private or not _COUNTRY.fullmatch(found.country_code or ""):
            return Place("", "")
        return Place(found.country_code, str(found.asn_name or "")[:MAX_OWNER])

    def maker_of(self, prefix: str) -> str:
        """Name the maker of a network card by the first half of its address (``00:1b:77``); empty when unknown."""
        try:
            return str(netaddr.OUI(prefix.replace(":", "-")).registration().org)[:MAX_OWNER]
        except (netaddr.NotRegisteredError, netaddr.AddrFormatError, ValueError):
            return ""
