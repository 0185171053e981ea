"""Offline data tells where an address lies and who made a network card, and how old it is."""

from __future__ import annotations

import re

from detectors.engines.address_book import AddressBook, Place
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.parent import run_job


def test_public_addresses_have_a_country_and_others_have_none():
    book = AddressBook()
    assert book.place_of("8.8.8.8") == Place("US", "GOOGLE")
    assert book.place_of("2001:4860:4860::8888").country == "US"
    for address in ("192.168.1.1", "224.0.0.1", "no address", "", "2001:db8::1"):
        assert book.place_of(address) == Place("", "")
    assert book.maker_of("00:1b:77") == "Intel Corporate"
    for card in ("02:00:00", "no", ""):
        assert book.maker_of(card) == ""
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", book.places_from)


def test_a_worker_looks_up_what_is_known_and_says_from_when():
    looked_up, done = run_job(wire.LookUp(("8.8.8.8", "192.168.1.1"), ("00:1b:77", "02:00:00")), Control())
    assert isinstance(looked_up, wire.LookedUp)
    assert looked_up.places == {"8.8.8.8": ("US", "GOOGLE")}
    assert looked_up.makers == {"00:1b:77": "Intel Corporate"}
    assert looked_up.places_from.startswith("20")
    assert done == wire.JobDone(stopped=False)
