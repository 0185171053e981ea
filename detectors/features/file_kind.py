"""Tells what kind of file some bytes are, by their first bytes and never by the name.

Before this on the path: the bytes of a FileRecord. After it: ``disguised_file``, which compares kind and name, and
every file finding, which names the kind as evidence. Pure functions over one table.
Signatures: the formats' own specifications, and the list at https://www.garykessler.net/library/file_sigs.html.
"""

from __future__ import annotations

import re

TEXT_SAMPLE_BYTES = 8_192
"""How much is looked at to tell text from data, and one kind of text from another."""

_AT_START: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "elf"),
    (b"\xfe\xed\xfa\xce", "macho"),
    (b"\xfe\xed\xfa\xcf", "macho"),
    (b"\xce\xfa\xed\xfe", "macho"),
    (b"\xcf\xfa\xed\xfe", "macho"),
    (b"dex\n03", "dex"),
    (b"\0asm", "wasm"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"ITSF\x03\0\0\0", "chm"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "onenote"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rt", "rtf"),
    (b"%!PS", "postscript"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"8BPS\0\x01", "psd"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"ID3", "mp3"),
    (b"fLaC", "flac"),
    (b"OggS", "ogg"),
    (b"FLV\x01", "flv"),
    (b"\x1aE\xdf\xa3", "matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"\0\0\x01\xba", "mpeg"),
    (b"\0\0\x01\xb3", "mpeg"),
    (b"MThd\0\0\0\x06", "midi"),
    (b"CWS", "flash"),
    (b"ZWS", "flash"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"MSCF\0\0\0\0", "cab"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"LZIP\x01", "lzip"),
    (b"\x1f\x9d", "compress"),
    (b"!<arch>\n", "ar"),
    (b"\xed\xab\xee\xdb", "rpm"),
    (b"070701", "cpio"),
    (b"xar!\0", "xar"),
    (b"**ACE**", "ace"),
    (b"MSWIM\0\0\0", "wim"),
    (b"conectix", "vhd"),
    (b"vhdxfile", "vhdx"),
    (b"KDMV", "vmdk"),
    (b"QFI\xfb", "qcow"),
    (b"hsqs", "squashfs"),
    (b"SQLite format 3\0", "sqlite"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO\0", "font"),
    (b"\0\x01\0\0\0", "font"),
    (b"regf", "registry"),
    (b"\xd4\xc3\xb2\xa1", "pcap"),
    (b"\x0a\x0d\x0d\x0a", "pcap"),
    (b"-----BEGIN ", "pem"),
    (b"!BDN", "pst"),
    (b"AT&TFORM", "djvu"),
    (b"%PDF-", "pdf"),
)
_DEEPER: tuple[tuple[int, bytes, str], ...] = (
    (257, b"ustar", "tar"),
    (4, b"ftypheic", "heif"),
    (4, b"ftypmif1", "heif"),
    (4, b"ftypavif", "avif"),
    (4, b"ftyp", "mp4"),
    (8, b"WEBP", "webp"),
    (8, b"WAVE", "wav"),
    (8, b"AVI ", "avi"),
    (7, b"**ACE**", "ace"),
    (32_769, b"CD001", "iso"),
    (32_769, b"BEA01", "udf"),
)
_ZIP_LIST_BYTES = 16_384
_ZIP_FAMILY: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/vnd.oasis.opendocument", "opendocument"),
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"[Content_Types].xml", "office_xml"),
    (b"AndroidManifest.xml", "apk"),
    (b"META-INF/MANIFEST.MF", "jar"),
)
_TEXT_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<\?php\b", re.IGNORECASE), "php"),
    (re.compile(rb"<%"), "server_page"),
    (re.compile(rb"#![ \t]*/"), "shell_script"),
    (re.compile(rb"@echo\s+off\b", re.IGNORECASE), "batch"),
    (re.compile(rb"<(?:!doctype svg|svg)\b", re.IGNORECASE), "svg"),
    (re.compile(rb"<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE), "html"),
    (re.compile(rb"\[InternetShortcut\]", re.IGNORECASE), "web_shortcut"),
    (re.compile(rb"\[Desktop Entry\]"), "desktop_entry"),
    (re.compile(rb"(?:MIME-Version|Received|Return-Path|From): ", re.IGNORECASE), "mail"),
)
"""How a text begins, after blanks, comments and an XML head."""
_HTA = b"<hta:application"
_ODD_IN_TEXT = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
_FIRST_MAGICS = tuple(magic for magic, _ in _AT_START)


def kind_of(data: bytes) -> str:
    """Name the kind of file, such as ``pe``, ``pdf``, ``office_xml``, ``text``; ``data`` when nothing is known.

    An empty file is ``empty``. Windows programs (``pe``) are told from other files beginning with MZ by their header.
    """
    if not data:
        return "empty"
    if data[:2] == b"MZ":
        return _kind_of_mz(data)
    if (
        data[:4] == b"\xca\xfe\xba\xbe"
    ):  # both chose it: class files go on with a version, fat programs with a small count
        return "macho" if 0 < int.from_bytes(data[4:8], "big") < 20 else "java_class"  # noqa: PLR2004 - oldest class version is 45
    if data.startswith(_FIRST_MAGICS):
        kind = next(kind for magic, kind in _AT_START if data.startswith(magic))
        return _kind_of_zip(data) if kind == "zip" else kind
    for offset, magic, kind in _DEEPER:
        if data.startswith(magic, offset):
            return kind
    return _kind_by_structure(data) or _kind_of_text(data)


def _kind_of_mz(data: bytes) -> str:
    """Tell Windows programs, old DOS programs and texts that happen to begin with MZ apart."""
    header = int.from_bytes(data[60:64], "little")
    if data[header : header + 4] == b"PE\0\0":
        return "pe"
    return "dos_program" if b"\0" in data[:64] else _kind_of_text(data)


def _kind_of_zip(data: bytes) -> str:
    """Name the member of the zip family by what its entries are called: at the front, or in the list at the end."""
    named = data[:TEXT_SAMPLE_BYTES] + data[-_ZIP_LIST_BYTES:]
    return next((kind for mark, kind in _ZIP_FAMILY if mark in named), "zip")


def _kind_by_structure(data: bytes) -> str | None:
    """Recognise kinds whose first bytes are too short to be a sign by themselves."""
    is_kind = {
        "bzip2": data[:3] == b"BZh" and data[3:4].isdigit() and data[4:10] in {b"1AY&SY", b"\x17rE8P\x90"},
        "bmp": data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in {12, 40, 52, 56, 64, 108, 124},
        "ico": data[:4] == b"\0\0\x01\0" and 0 < int.from_bytes(data[4:6], "little") < 256,  # noqa: PLR2004 - pictures
        "mp3": data[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"},
        "lzma": data[:3] == b"\x5d\0\0" and data[5:13] in {b"\xff" * 8, data[5:9] + bytes(4)} and data[13:14] == b"\0",
        "pdf": b"%PDF-" in data[:1024],  # readers accept it there
    }
    return next((kind for kind, fits in is_kind.items() if fits), None)


def _kind_of_text(data: bytes) -> str:
    """Tell text from data, and one kind of text from another."""
    sample = data[:TEXT_SAMPLE_BYTES]
    if sample[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        sample = sample.decode("utf-16", "replace").encode("utf-8", "replace")
    sample = sample.removeprefix(b"\xef\xbb\xbf")
    if len(sample.translate(None, _ODD_IN_TEXT)) < len(sample):  # five times as fast as a search with a pattern
        return "data"
    if _HTA in sample.lower():
        return "hta"
    start = _first_word(sample)
    named = next((kind for pattern, kind in _TEXT_KINDS if pattern.match(sample, start)), None)
    return named or ("xml" if sample.lstrip().startswith(b"<?xml") else "text")


def _first_word(sample: bytes) -> int:
    """Return where a text really begins: behind blanks, markup comments and an XML head."""
    start = len(sample) - len(sample.lstrip())
    for opening, closing in ((b"<?xml", b"?>"), *((b"<!--", b"-->"),) * 20):
        if sample.startswith(opening, start):
            end = sample.find(closing, start)
            if end < 0:
                return start
            rest = sample[end + len(closing) :]
            start = len(sample) - len(rest.lstrip())
    return start
