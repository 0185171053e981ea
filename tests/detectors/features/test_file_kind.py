"""The kind of a file is told by its bytes."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.features.file_kind import kind_of


def zip_of(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def tar_of(name):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    return buffer.getvalue()


def program(signature=b"PE\0\0"):
    return b"MZ" + bytes(58) + struct.pack("<I", 128) + bytes(64) + signature + bytes(20)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (program(), "pe"),
        (program(b"NE\0\0"), "dos_program"),
        (b"MZ is how this letter begins", "text"),
        (b"\x7fELF\x02\x01\x01", "elf"),
        (b"\xca\xfe\xba\xbe\0\0\0\x02", "macho"),
        (b"\xca\xfe\xba\xbe\0\0\0\x41", "java_class"),
        (b"L\0\0\0\x01\x14\x02\0\0\0", "shortcut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
        (b"{\\rtf1 hello}", "rtf"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n\r\n%PDF-1.4\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF89a", "gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"\0\0\0\x18ftypmp42", "mp4"),
        (b"\0\0\0\x18ftypheic", "heif"),
        (b"BM" + bytes(12) + struct.pack("<I", 40), "bmp"),
        (b"BMW is a car", "text"),
        (b"ID3\x03", "mp3"),
        (zip_of("a.txt"), "zip"),
        (zip_of("[Content_Types].xml", "word/document.xml"), "office_xml"),
        (zip_of("META-INF/MANIFEST.MF"), "jar"),
        (zip_of("AndroidManifest.xml"), "apk"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (bz2.compress(b"x"), "bzip2"),
        (lzma.compress(b"x"), "xz"),
        (lzma.compress(b"x", lzma.FORMAT_ALONE), "lzma"),
        (tar_of("a"), "tar"),
        (b"SQLite format 3\0", "sqlite"),
        (b"#!/bin/sh\necho hi\n", "shell_script"),
        (b"\r\n@ECHO OFF\r\n", "batch"),
        (b"<?php echo 1;", "php"),
        (b"<%@ page language='java' %>", "server_page"),
        (b"  <!-- a --> <!-- b -->\n<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><!-- made by hand --><svg xmlns="x">', "svg"),
        (b'<?xml version="1.0"?><note/>', "xml"),
        (b"<html><head><HTA:APPLICATION id='a'></head>", "hta"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        ("Gr\u00fcezi".encode(), "text"),
        (b"\x00\x01\x02", "data"),
    ],
)
def test_kinds(data, kind):
    assert kind_of(data) == kind


@given(st.binary(max_size=300))
def test_any_bytes_have_a_kind(data):
    assert kind_of(data).isidentifier() or kind_of(data) == "7z"


def test_many_comments_cost_little():
    started = time.monotonic()
    assert kind_of(b"<!---->" * 2_000 + b"<!--") == "text"
    assert time.monotonic() - started < 0.5
