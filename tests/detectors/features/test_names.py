import random
import string

import pytest

from detectors.features.names import (
    entropy_bits,
    likelihood_bits,
    looks_machine_made,
    looks_random,
    prefix_of,
    registered_name,
)

WELL_KNOWN = [
    "wikipedia",
    "youtube",
    "amazonaws",
    "cloudfront",
    "akamaiedge",
    "windowsupdate",
    "doubleclick",
    "googlesyndication",
    "volkswagen",
    "sparkasse",
    "stackoverflow",
    "kubernetes",
    "instagram",
    "linkedin",
    "pinterest",
    "dropbox",
    "wordpress",
    "cloudflare",
    "digicert",
    "verisign",
    "debian",
    "raspberrypi",
    "alibaba",
    "rakuten",
    "duckduckgo",
    "booking",
    "tripadvisor",
    "lufthansa",
    "deutschebahn",
    "strasbourg",
    "gouvernement",
    "lemonde",
    "liberation",
    "postbank",
    "telekom",
    "bundestag",
    "luxair",
    "editus",
    "chambre",
    "letzshop",
    "spuerkeess",
]


@pytest.mark.parametrize(
    ("name", "registered", "prefix"),
    [
        ("www.example.com", "example.com", "www"),
        ("a.b.example.co.uk", "example.co.uk", "a.b"),
        ("example.lu", "example.lu", ""),
        ("localhost", "localhost", ""),
        ("", "", ""),
        ("x.t.co", "t.co", "x"),
    ],
)
def test_the_part_that_somebody_bought(name, registered, prefix):
    assert (registered_name(name), prefix_of(name)) == (registered, prefix)


def test_names_that_people_chose_are_not_machine_made():
    assert [name for name in WELL_KNOWN if looks_machine_made(name)] == []


def test_nine_of_ten_random_names_are_machine_made():
    dice = random.Random(7)
    made = ["".join(dice.choices(string.ascii_lowercase, k=dice.randint(8, 16))) for _ in range(500)]
    assert sum(map(looks_machine_made, made)) > 430


@pytest.mark.parametrize("name", ["db54a845", "0f3c9a77be", "xkqzvbtw"])
def test_hex_and_names_without_vowels_are_machine_made(name):
    assert looks_machine_made(name)


@pytest.mark.parametrize("name", ["db54a845", "4gk67zpn3brh7qxg"])
def test_letters_and_digits_drawn_by_lot(name):
    assert looks_random(name)


@pytest.mark.parametrize("name", ["area51", "web2026shop", "1e100", "awsdns-08-x9", "xkqzvbtw", "studio4you2"])
def test_a_few_digits_beside_words_are_not_drawn_by_lot(name):
    assert not looks_random(name)


@pytest.mark.parametrize("name", ["cafe", "decade", "xn--mnchen-3ya", "20260101", "www"])
def test_short_names_numbers_and_other_alphabets_are_not(name):
    assert not looks_machine_made(name)


def test_words_are_likelier_than_noise():
    assert likelihood_bits("windowsupdate") > -4.5 > likelihood_bits("qzvkxwjpf")
    assert likelihood_bits("abc") == 0.0


def test_entropy_in_bits_per_letter():
    assert entropy_bits("") == 0.0
    assert entropy_bits("aaaa") == 0.0
    assert entropy_bits("abab") == 1.0
    assert entropy_bits("abcdefgh") == 3.0
