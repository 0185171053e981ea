"""Makes names of domains: as malicious programs compute them, and as people and companies choose them.

Before this on the path: ``name_words.txt`` and a seed. After it: ``dga_names.py``.
Each function is one *class* of algorithm, written for this project in the manner that reports describe; no algorithm of
a real program, and no seed of one, is among them. A class is what training holds out together.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import string
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("name_words.txt")
LONGEST_LABEL = 63
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_ONSETS = ("b", "br", "c", "ch", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "pr",
           "qu", "r", "s", "sh", "sk", "sl", "st", "t", "th", "tr", "v", "w", "z")  # fmt: skip
_CODAS = ("", "", "", "n", "r", "s", "t", "l", "m", "ck", "nd", "st", "rt", "x")
_KEYBOARD = ("qwertzuiop", "asdfghjkl", "yxcvbnm")

Dice = random.Random
Make = Callable[[Dice], str]


@cache
def words_of() -> dict[str, tuple[str, ...]]:
    """Read the words of each language."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    parts = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {language: tuple(words.split()) for language, _, words in parts}


def plain(word: str) -> str:
    """Write a word with the letters a to z."""
    spelled = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()


# What programs compute.


def _letters(dice: Dice) -> str:
    """Draw letters by a linear congruential generator."""
    state, label = dice.getrandbits(32), []
    for _ in range(dice.randint(8, 20)):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        label.append(chr(97 + (state >> 8) % 26))
    return "".join(label)


def _few_letters(dice: Dice) -> str:
    """Draw from part of the alphabet, always as long."""
    return "".join(dice.choices("abcdefghijklmnopqrstuvwxy", k=12))


def _short(dice: Dice) -> str:
    return "".join(dice.choices(string.ascii_lowercase, k=dice.randint(5, 7)))


def _long(dice: Dice) -> str:
    return "".join(dice.choices(string.ascii_lowercase, k=dice.randint(24, 40)))


def _hexadecimal(dice: Dice) -> str:
    return f"{dice.getrandbits(160):040x}"[: dice.choice((8, 10, 12, 16, 24, 32))]


def _base36(dice: Dice) -> str:
    return "".join(dice.choices(string.ascii_lowercase + string.digits, k=dice.randint(8, 16)))


def _base32(dice: Dice) -> str:
    return "".join(dice.choices("abcdefghijklmnopqrstuvwxyz234567", k=dice.choice((10, 13, 16, 26))))


def _dated(dice: Dice) -> str:
    """Hash the day, and turn the bytes into letters."""
    day = f"{dice.randint(2015, 2026)}-{dice.randint(1, 12)}-{dice.randint(1, 28)} {dice.randint(0, 999)}"
    digest = hashlib.sha256(day.encode()).digest()
    return "".join(chr(97 + byte % 26) for byte in digest[: dice.randint(9, 17)])


def _nibbles(dice: Dice) -> str:
    """Turn half bytes into the first sixteen letters."""
    return "".join(chr(97 + dice.getrandbits(4)) for _ in range(dice.randint(10, 16)))


def _in_turn(dice: Dice) -> str:
    """Take a consonant and a vowel in turn: fit to be spoken."""
    return "".join(dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.randint(4, 7)))


def _syllables(dice: Dice) -> str:
    return "".join(dice.choice(_ONSETS) + dice.choice(VOWELS) + dice.choice(_CODAS) for _ in range(dice.randint(3, 5)))


def _chained(dice: Dice) -> str:
    """Let each letter follow from the one before, as in English words."""
    follows = _followers()
    label = dice.choice("abcdefghilmnoprstw")
    for _ in range(dice.randint(8, 13)):
        label += dice.choice(follows[label[-1]])
    return label


@cache
def _followers() -> dict[str, str]:
    text = " ".join(words_of()["english"])
    follows = dict.fromkeys(string.ascii_lowercase, "")
    for before, after in itertools.pairwise(text):
        if " " not in (before, after):
            follows[before] += after
    return {letter: found or VOWELS for letter, found in follows.items()}


def _shuffled(dice: Dice) -> str:
    """Put the letters of one fixed text into another order."""
    base = list(dice.choice(("mountainviewhotel", "standardservice", "quickbrownfoxes", "januarytodecember")))
    dice.shuffle(base)
    return "".join(base[: dice.randint(10, 15)])


def _consonants(dice: Dice) -> str:
    return "".join(dice.choices(CONSONANTS, k=dice.randint(8, 14)))


def _numbered(dice: Dice) -> str:
    """Draw letters, and end with a number."""
    return "".join(dice.choices(string.ascii_lowercase, k=dice.randint(5, 8))) + str(dice.randint(10, 9_999))


def _digits(dice: Dice) -> str:
    return dice.choice(string.ascii_lowercase) + "".join(dice.choices(string.digits, k=dice.randint(8, 11)))


def _spoiled(dice: Dice) -> str:
    """Spoil half of the letters of a word."""
    word = list(dice.choice(words_of()["english"]) + dice.choice(words_of()["english"]))
    for place in dice.sample(range(len(word)), len(word) // 2):
        word[place] = dice.choice(string.ascii_lowercase)
    return "".join(word)


def _word_and_letters(dice: Dice) -> str:
    return plain(dice.choice(words_of()["english"])) + "".join(dice.choices(string.ascii_lowercase, k=6))


def _two_words(dice: Dice) -> str:
    return dice.choice(words_of()["english"]) + dice.choice(words_of()["english"])


def _three_words(dice: Dice) -> str:
    return "".join(dice.choices(words_of()["english"], k=3))


PROGRAMS: dict[str, Make] = {
    "letters": _letters,
    "few letters": _few_letters,
    "short": _short,
    "long": _long,
    "hexadecimal": _hexadecimal,
    "base 36": _base36,
    "base 32": _base32,
    "dated hash": _dated,
    "half bytes": _nibbles,
    "consonant and vowel": _in_turn,
    "syllables": _syllables,
    "chained letters": _chained,
    "shuffled text": _shuffled,
    "consonants": _consonants,
    "letters and number": _numbered,
    "digits": _digits,
    "spoiled words": _spoiled,
    "word and letters": _word_and_letters,
    "two words": _two_words,
    "three words": _three_words,
}
NOT_TAUGHT = frozenset({"two words", "three words"})
"""Nothing in a single name tells these from a shop's: measured, never trained on."""


# What people choose.


def _joined(dice: Dice, words: tuple[str, ...]) -> str:
    """Name something by one to three words."""
    count = dice.choices((1, 2, 3), weights=(3, 6, 1))[0]
    label = dice.choice(("", "", "-")).join(plain(one) for one in dice.sample(words, count))
    return label if len(label) > 3 else label + plain(dice.choice(words))  # noqa: PLR2004 - shorter ones are taken


def _brand(dice: Dice) -> str:
    """Cut a word and give it an ending, as young companies do."""
    stem = plain(dice.choice(words_of()[dice.choice(("english", "german", "french", "luxembourgish"))]))
    style = dice.randrange(5)
    if style == 0:
        return stem[: dice.randint(3, 6)] + dice.choice(("ify", "ly", "io", "eo", "ella", "ora", "via", "ista", "oo"))
    if style == 1:
        return dice.choice(("my", "get", "go", "try", "e", "i", "uni", "inter", "neo", "omni", "re", "the")) + stem
    if style == 2:  # noqa: PLR2004
        return stem + dice.choice(("soft", "tech", "lab", "labs", "hub", "app", "web", "24", "365", "online", "group"))
    if style == 3:  # noqa: PLR2004
        return stem[0] + "".join(one for one in stem[1:] if one not in VOWELS) + dice.choice(("r", "d", "", "ly"))
    return stem[:4] + plain(dice.choice(words_of()["english"]))[-4:]


def _initials(dice: Dice) -> str:
    """Join initials with what such an office is, or with where it is."""
    initials = "".join(dice.choices("abcdefghiklmnoprstvw", k=dice.randint(2, 4)))
    kind = dice.choice(("gmbh", "ag", "sarl", "bank", "law", "news", "tv", "group", "info", "uni", "online", "net", ""))
    place = plain(dice.choice(words_of()[dice.choice(("german", "french", "english", "italian"))]))
    return dice.choice((f"{initials}-{kind}".rstrip("-"), initials + kind, f"{initials}-{place}", initials + place))


def _backbone(dice: Dice) -> str:
    """Name what carries the pages of others: letters without vowels, numbers, short words."""
    head = dice.choice(("cdn", "edge", "dns", "img", "static", "cache", "fast", "cloud", "gtm", "msft", "ns", "ssl",
                        "assets", "hwcdn", "fbcdn", "llnw", "stor"))  # fmt: skip
    brand = plain(dice.choice(words_of()["english"]))
    short = brand[0] + "".join(one for one in brand[1:] if one not in VOWELS)
    return dice.choice((f"{short}{head}", f"{head}{dice.randint(1, 99)}", f"{brand}{head}", f"{short}{head}net",
                        f"{short[:2]}{head}-{dice.randint(1, 99):02}", f"{head}-{short}"))  # fmt: skip


def _counting(dice: Dice) -> str:
    """Name what counts visits and shows advertisements."""
    part = ("ad", "ads", "trk", "track", "click", "metric", "stat", "stats", "tag", "pixel", "bid", "rtb",
            "dsp", "ssp", "srv", "sync", "opt", "reach", "pop", "push", "lead", "log", "beacon", "mkt")  # fmt: skip
    word = plain(dice.choice(words_of()["english"]))
    return dice.choice((dice.choice(part) + dice.choice(part) + dice.choice(("", "r", "x", "ix", "ion", "2", "1")),
                        dice.choice(part) + word, word + dice.choice(part), f"{dice.choice(part)}-{word}",
                        dice.choice("sbtmxgk") + dice.choice("0123456789") + dice.choice(part)))  # fmt: skip


def _punycode(dice: Dice) -> str:
    language = dice.choice(("german", "french", "luxembourgish"))
    special = [word for word in words_of()[language] if not word.isascii()]
    word = dice.choice(special) + dice.choice(("", dice.choice(words_of()[language])))
    return word.encode("idna").decode()


def _local(dice: Dice) -> str:
    """Name a device of a house or an office."""
    part = dice.choice(
        ("desktop", "laptop", "pc", "printer", "nas", "srv", "tv", "iphone", "galaxy", "drucker", "camera")
    )
    name = plain(dice.choice(words_of()["german"]))
    return dice.choice((f"{part}-{name}", f"{name}-{part}", f"{part}{dice.randint(1, 99):02}", f"{part}-{_made(dice)}"))


def _made(dice: Dice) -> str:
    """Draw the end of a name that a system gave itself when it was set up."""
    return "".join(dice.choices(string.ascii_lowercase + string.digits, k=7))


def _with_number(dice: Dice) -> str:
    word = plain(dice.choice(words_of()[dice.choice(list(words_of()))]))
    number = dice.choice(("1", "2", "4", "24", "7", "360", "365", "123", "99", "2000", "8", "58", "163"))
    return dice.choice((word + number, number + word))


def _mistyped(dice: Dice) -> str:
    """Mistype one letter of an ordinary name: the most frequent unknown name there is."""
    label = list(_joined(dice, words_of()[dice.choice(("english", "german", "french", "luxembourgish"))]))
    place = dice.randrange(len(label))
    row = next((row for row in _KEYBOARD if label[place] in row), "")
    style = dice.randrange(4)
    if style == 0:
        del label[place]
    elif style == 1:
        label.insert(place, label[place])
    elif style == 2 and place + 1 < len(label):  # noqa: PLR2004
        label[place], label[place + 1] = label[place + 1], label[place]
    elif row:
        label[place] = row[max(row.index(label[place]) - 1, 0)]
    return "".join(label).strip("-")


PEOPLE: dict[str, Make] = {
    **{language: (lambda dice, words=words: _joined(dice, words)) for language, words in words_of().items()},
    "brands": _brand,
    "initials": _initials,
    "backbone": _backbone,
    "counting": _counting,
    "punycode": _punycode,
    "local": _local,
    "numbers": _with_number,
    "mistyped": _mistyped,
}


def draw(make: Make, count: int, seed: str) -> list[str]:
    """Make different names of one class."""
    found: dict[str, None] = {}
    for label in _stream(make, random.Random(seed)):  # noqa: S311 - names to learn from are no secret
        found[label] = None
        if len(found) == count:
            break
    return list(found)


def _stream(make: Make, dice: Dice, tries: int = 100_000) -> Iterator[str]:
    for _ in range(tries):
        label = make(dice)[:LONGEST_LABEL].strip("-")
        if len(label) > 3:  # noqa: PLR2004 - shorter ones are all taken by people
            yield label
