"""Macro texts, embedded and locked files come out of old office containers; what does not is said."""

import io
import random
import struct

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.records import FileRecord
from detectors.telemetry import compound, vba
from detectors.telemetry.archives import ArchiveBudget, open_members
from tests.detectors.telemetry.archive_builders import make_zip
from tests.detectors.telemetry.compound_builders import make_compound, make_module, pack_native, pack_source

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MACRO = b'"A"\r\nSub AutoOpen()\r\nPrintMe\r\nEnd Sub\r\n'


def look_inside(data, password=None):
    record = FileRecord("letter.doc", data, len(data), None, "letter.doc")
    met = list(open_members(record, ArchiveBudget(), password))
    texts = {one.name.partition("!")[2]: one.data for one in met if isinstance(one, FileRecord)}
    return texts, [one.reason for one in met if isinstance(one, SkippedCheck)]


def lock(members, password):
    """Lock an office file; the noise makes it as large as real ones, below which the library writes it wrongly."""
    data = make_zip({"[Content_Types].xml": TYPES, "noise": random.Random(6).randbytes(9000), **members})
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def locked_by_default():
    return lock({"xl/workbook.xml": b"<workbook/>"}, "VelvetSweatshop")


def test_the_text_of_a_macro_comes_out_with_all_modules_behind_one_another():
    data = make_compound(
        {
            "WordDocument": b"\0",
            "Macros/VBA/_VBA_PROJECT": b"A\0u\0t\0o\0O\0p\0e\0n\0",
            "Macros/VBA/dir": b"\x01",
            "Macros/VBA/ThisDocument": make_module(MACRO),
            "Macros/VBA/Module1": make_module(b'"B"\r\n' + b"' a long remark\r\n" * 500),
        }
    )
    texts, skipped = look_inside(data)
    (text,) = texts.values()
    assert list(texts) == ["Macros/VBA/text"]
    assert text.startswith(b"Attribute VB_Name")
    assert b'Attribute VB_Name = "A"\r\nSub AutoOpen()' in text
    assert text.count(b"Attribute VB_Name") == 2
    assert text.count(b"' a long remark\r\n") == 500
    assert skipped == []


def test_a_project_inside_a_new_office_file_is_opened_too():
    project = make_compound({"VBA/ThisWorkbook": make_module(MACRO)})
    texts, _ = look_inside(make_zip({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": project}))
    assert b"Sub AutoOpen" in texts["xl/vbaProject.bin!VBA/text"]


def test_packed_source_that_repeats_itself_is_unpacked():
    chunk = b"\x02a" + struct.pack("<H", 9 - 3)  # a letter, then the last one nine times again
    assert vba.decompress(b"\x01" + struct.pack("<H", 0xB000 | len(chunk) - 1) + chunk) == (b"a" * 10, False)


def test_source_that_refers_to_what_is_not_there_is_kept_as_far_as_it_goes_and_said():
    whole = pack_source(b'Attribute VB_Name = "A"\r\nSub AutoOpen()')
    broken = whole + struct.pack("<H", 0xB002) + b"\x01\xff\xff"
    assert vba.decompress(broken) == (b'Attribute VB_Name = "A"\r\nSub AutoOpen()', True)
    texts, skipped = look_inside(make_compound({"Macros/VBA/A": broken}))
    assert texts["Macros/VBA/text"].endswith(b"AutoOpen()")
    assert skipped == [SkipReason.ARCHIVE_DAMAGED]


def test_a_macro_without_its_text_gives_its_names():
    names = "AutoOpen Shell".encode("utf-16-le")
    taken = {"Macros/VBA/_VBA_PROJECT": names, "Macros/VBA/ThisDocument": make_module(b'"A"\r\n')}
    texts, _ = look_inside(make_compound(taken))
    assert texts["Macros/VBA/names without text"].startswith(vba.LIST_HEAD + b"AutoOpen Shell")


@pytest.mark.parametrize(
    ("names", "source"),
    [("AutoOpen Shell", MACRO), ("Button1_Click Shell", b'"A"\r\n')],
    ids=["with its text", "nothing starts by itself"],
)
def test_an_ordinary_project_gives_no_list_of_names(names, source):
    streams = {"Macros/VBA/_VBA_PROJECT": names.encode("utf-16-le"), "Macros/VBA/A": make_module(source)}
    assert list(look_inside(make_compound(streams))[0]) == ["Macros/VBA/text"]


def test_an_embedded_file_comes_out_under_its_name():
    data = make_compound(
        {"ObjectPool/_1/\x01Ole10Native": pack_native(b"bill.exe", b"MZ nothing"), "WordDocument": b"\0"}
    )
    assert look_inside(data) == ({"bill.exe": b"MZ nothing"}, [])


@pytest.mark.parametrize("cut", range(4, 40, 3))
def test_an_embedded_file_with_a_cut_head_still_gives_its_bytes(cut):
    stream = pack_native(b"bill.exe", b"MZ nothing")[:cut]
    name, content = compound._unpack_native(stream)
    assert name in {"bill.exe", "embedded"}
    assert content == stream[4:]


def test_an_attachment_of_a_saved_mail_comes_out_under_its_name():
    folder = "__attach_version1.0_#00000000"
    data = make_compound(
        {
            f"{folder}/__substg1.0_37010102": b"MZ attached",
            f"{folder}/__substg1.0_3707001F": "bill.exe".encode("utf-16-le"),
        }
    )
    texts, _ = look_inside(data)
    assert texts["bill.exe"].startswith(b"MZ attached")


def test_what_the_standard_password_locks_is_opened_without_asking(locked_by_default):
    texts, skipped = look_inside(locked_by_default)
    assert {"unlocked", "unlocked!xl/workbook.xml"} <= set(texts)
    assert skipped == []


def test_another_password_is_needed_and_said_or_given():
    locked = lock({"word/document.xml": b"<a/>"}, "secret")
    assert look_inside(locked) == ({}, [SkipReason.ARCHIVE_ENCRYPTED])
    assert look_inside(locked, b"wrong") == ({}, [SkipReason.ARCHIVE_ENCRYPTED])
    texts, skipped = look_inside(locked, b"secret")
    assert texts["unlocked!word/document.xml"] == b"<a/>"
    assert skipped == []


def test_a_lock_that_would_take_forever_to_try_is_not_tried(locked_by_default):
    assert b'spinCount="100000"' in locked_by_default
    slow = locked_by_default.replace(b'spinCount="100000"', b'spinCount="999999999"')
    assert look_inside(slow) == ({}, [SkipReason.ARCHIVE_NOT_SUPPORTED])


@pytest.mark.parametrize(
    ("stream", "content"),
    [
        ("WordDocument", bytes(10) + b"\0\x01"),
        ("Workbook", struct.pack("<HH", 0x809, 4) + bytes(4) + struct.pack("<HH", 0x2F, 4)),
    ],
)
def test_old_locked_documents_are_known_by_their_mark(stream, content):
    assert look_inside(make_compound({stream: content})) == ({}, [SkipReason.ARCHIVE_ENCRYPTED])
    assert look_inside(make_compound({stream: bytes(64)})) == ({}, [])


def test_altered_containers_never_bring_the_reader_down():
    whole = make_compound(
        {
            "Macros/VBA/_VBA_PROJECT": b"AutoOpen",
            "Macros/VBA/ThisDocument": make_module(MACRO),
            "ObjectPool/_1/\x01Ole10Native": pack_native(b"bill.exe", b"MZ nothing"),
        }
    )
    dice = random.Random(6)
    outcomes = set()
    for _ in range(300):
        altered = bytearray(whole[: dice.randrange(600, len(whole))] if dice.random() < 0.3 else whole)
        for _ in range(dice.randrange(1, 12)):
            altered[dice.randrange(8, min(3000, len(altered)))] = dice.randrange(256)
        texts, skipped = look_inside(bytes(altered))
        outcomes.add((bool(texts), bool(skipped)))
    assert {(True, False), (False, True)} <= outcomes
