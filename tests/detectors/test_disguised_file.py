"""Programs that pose as something else are found; ordinary mix-ups stay quiet."""

import struct
import time

import pytest

from detectors.contract.finding import Severity
from detectors.disguised_file import DisguisedFile
from tests.factories import make_file

PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(20)
ELF = b"\x7fELF\x02\x01\x01"
SHORTCUT = b"L\0\0\0\x01\x14\x02\0" + bytes(60)
HTA = b"<html><hta:application id='x'><script>close()</script></html>"
GIF = b"GIF89a" + bytes(20)
ZIP = b"PK\x03\x04" + bytes(26)
SERVER_CODE = b"<?ph" + b"p echo 1; ?>"


def look(name, data):
    return list(DisguisedFile().detect(make_file(name=name, data=data)))


@pytest.mark.parametrize(
    ("name", "data", "sign", "severity", "technique"),
    [
        ("/d/invoice.pdf", PROGRAM, "type_differs", Severity.HIGH, "T1036.008"),
        ("/d/photo.JPG", ELF, "type_differs", Severity.HIGH, "T1036.008"),
        ("/d/letter.docx", SHORTCUT, "type_differs", Severity.HIGH, "T1036.008"),
        ("/d/song.mp3", b"#!/bin/sh\necho hi\n", "type_differs", Severity.MEDIUM, "T1036.008"),
        ("/d/order.doc", HTA, "type_differs", Severity.HIGH, "T1036.008"),
        ("/d/notes.txt", PROGRAM, "type_differs", Severity.HIGH, "T1036.008"),
        ("/d/photo.png", SERVER_CODE, "type_differs", Severity.MEDIUM, "T1036.008"),
        ("/d/photo.gif", GIF + SERVER_CODE, "code_in_picture", Severity.HIGH, "T1036.008"),
        ("/d/invoice.pdf.exe", PROGRAM, "double_ending", Severity.HIGH, "T1036.007"),
        ("/d/Invoice.PDF.Scr", b"", "double_ending", Severity.HIGH, "T1036.007"),
        ("/d/invoice.pdf .exe", PROGRAM, "double_ending", Severity.HIGH, "T1036.007"),
        ("/d/parcel.docx.js", b"x()", "double_ending", Severity.HIGH, "T1036.007"),
        ("/d/list.txt.vbs", b"x", "double_ending", Severity.HIGH, "T1036.007"),
        ("C:\\Users\\m\\a.zip!mail/wow!.jpg.bat", b"x", "double_ending", Severity.HIGH, "T1036.007"),
        ("/d/invoice_\u202efdp.exe", PROGRAM, "direction_mark", Severity.HIGH, "T1036.002"),
        ("/d/invoice_\u202efdp", b"text", "direction_mark", Severity.MEDIUM, "T1036.002"),
        ("/d/a\u2067b.e\u200exe", PROGRAM, "direction_mark", Severity.HIGH, "T1036.002"),
        ("/d/invoice" + " " * 40 + ".exe", PROGRAM, "blanks_before_ending", Severity.HIGH, "T1036.007"),
        ("/d/photo." + " " * 9 + "exe", PROGRAM, "blanks_before_ending", Severity.HIGH, "T1036.007"),
        ("/d/photo" + "\u2800" * 20 + ".hta", HTA, "blanks_before_ending", Severity.HIGH, "T1036.007"),
    ],
)
def test_disguises_are_found(name, data, sign, severity, technique):
    (finding,) = look(name, data)
    assert finding.severity is severity
    assert technique in finding.techniques
    signs = {one.name: one.observed for one in finding.evidence if one.name.startswith("sign_")}
    assert signs[f"sign_{sign}"] is True
    assert len(signs) == 5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("/d/setup.exe", PROGRAM),
        ("/d/setup.v1.2.exe", PROGRAM),
        ("/d/program", ELF),
        ("/d/lib.so.1", ELF),
        ("/d/letter.txt", b"MZ is how it begins"),
        ("/d/readme.txt", b"#!/bin/sh\n"),
        ("/d/index.html", SERVER_CODE),
        ("/d/page.html", HTA),
        ("/d/photo.png", b"\xff\xd8\xff\xe0"),
        ("/d/photo.jpg", b"RIFF\0\0\0\0WEBP"),
        ("/d/letter.doc", b"{\\rtf1"),
        ("/d/letter.doc", b"<html>"),
        ("/d/report.docx", ZIP),
        ("/d/app.jar", ZIP),
        ("/d/film.mp4", b"<!doctype html>"),
        ("/d/invoice.pdf", b"%PDF-1.4"),
        ("/d/invoice.pdf", b""),
        ("/d/backup.tar.gz", b"\x1f\x8b\x08"),
        ("/d/jquery.min.js", b"x()"),
        ("/d/pdf.js", b"x()"),
        ("/d/logo.svg.js", b"x()"),
        ("/d/notes.txt.js", b"x()"),
        ("/d/page.html.js", b"x()"),
        ("/d/Letter.pdf.lnk", SHORTCUT),
        ("/d/Acme.Pdf.dll", PROGRAM),
        ("/d/scan.pdf.zip", ZIP),
        ("/d/\u05de\u05db\u05ea\u05d1\u200f.pdf", b"%PDF-1.4"),
        ("/d/my   holiday   pictures.jpg", b"\xff\xd8\xff"),
        ("/d/a   b.exe", PROGRAM),
        ("/d/photo.gif", GIF + b"<?xpacket begin"),
        ("/d/.pdf", b"x"),
        ("/d/bad\udc80name.pdf", b"%PDF-1.4"),
    ],
)
def test_ordinary_files_are_quiet(name, data):
    assert look(name, data) == []


def test_evidence_says_what_is_shown_and_what_is_true():
    (finding,) = look("/d/invoice.pdf.exe", PROGRAM)
    facts = {one.name: one.observed for one in finding.evidence}
    assert (facts["shown_ending"], facts["true_kind"], facts["size_bytes"]) == ("pdf", "pe", len(PROGRAM))


def test_a_name_of_blanks_costs_little():
    started = time.monotonic()
    assert look("/d/" + " " * 500_000 + "much longer.exe", b"") == []
    assert time.monotonic() - started < 0.5
