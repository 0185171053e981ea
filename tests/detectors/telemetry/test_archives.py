"""Archives are looked into within limits, and whatever was not looked at is told."""

import bz2
import contextlib
import gzip
import io
import lzma
import random
import tarfile
import time
import tracemalloc
import zipfile
import zlib

import py7zr
import pycdlib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.telemetry.archives import ArchiveBudget, is_archive, open_members
from tests.detectors.telemetry import archive_builders as build
from tests.factories import make_file

TEXTS = {"letter.txt": b"Dear Sam", "folder/notes.txt": b"n" * 5000, "empty": b""}


def look(data, password=None, **limits):
    """Return names with contents, skipped names with reasons, and troubles."""
    items = list(open_members(make_file("a", data), ArchiveBudget(**limits), password))
    records = {item.name: item.data for item in items if isinstance(item, FileRecord)}
    skipped = {item.subject.name: item.reason for item in items if isinstance(item, SkippedCheck)}
    troubles = [item for item in items if isinstance(item, ArchiveTrouble)]
    assert len(items) == len(records) + len(skipped) + len(troubles), "each name once as record and once as skipped"
    return records, skipped, troubles


def make_7z(members, **options):
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return buffer.getvalue()


def make_iso(**names):
    image = pycdlib.PyCdlib()
    image.new(**names)
    rock = {"rr_name": "folder"} if "rock_ridge" in names else {}
    joliet = {"joliet_path": "/folder"} if "joliet" in names else {}
    image.add_directory("/FOLDER", **rock, **joliet)
    rock = {"rr_name": "notes.txt"} if rock else {}
    joliet = {"joliet_path": "/folder/notes.txt"} if joliet else {}
    image.add_fp(io.BytesIO(TEXTS["folder/notes.txt"]), 5000, "/FOLDER/NOTES.TXT;1", **rock, **joliet)
    buffer = io.BytesIO()
    image.write_fp(buffer)
    image.close()
    return buffer.getvalue()


def make_cab(members, method=1):
    """One folder, MSZIP or stored."""
    plain = b"".join(members.values())
    blocks, window = b"", b""
    chunks = [plain[n : n + 32_768] for n in range(0, len(plain), 32_768)]
    for chunk in chunks:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=window) if window else zlib.compressobj(9, 8, -15)
        packed = b"CK" + packer.compress(chunk) + packer.flush() if method == 1 else chunk
        blocks += bytes(4) + len(packed).to_bytes(2, "little") + len(chunk).to_bytes(2, "little") + packed
        window = chunk
    files, offset = b"", 0
    for name, data in members.items():
        files += len(data).to_bytes(4, "little") + offset.to_bytes(4, "little") + bytes(8) + name.encode() + b"\0"
        offset += len(data)
    start = 36 + 8 + len(files)
    header = b"MSCF" + bytes(12) + (44).to_bytes(4, "little") + bytes(4) + b"\3\1\1\0"
    header += len(members).to_bytes(2, "little") + bytes(6)
    folder = start.to_bytes(4, "little") + len(chunks).to_bytes(2, "little") + bytes([method, 0])
    return header + folder + files + blocks


def make_deb(data):
    header = b"%-16s%-12d%-6d%-6d%-8s%-10d`\n"
    version = header % (b"debian-binary", 0, 0, 0, b"100644", 4) + b"2.0\n"
    return b"!<arch>\n" + version + header % (b"data.tar.gz", 0, 0, 0, b"100644", len(data)) + data


WHOLE = {
    "zip": build.make_zip(TEXTS),
    "zip_stored": build.make_zip(TEXTS, zipfile.ZIP_STORED),
    "zip_bzip2": build.make_zip(TEXTS, zipfile.ZIP_BZIP2),
    "zip_lzma": build.make_zip(TEXTS, zipfile.ZIP_LZMA),
    "zip_in_program": b"MZ" + bytes(3000) + build.make_zip(TEXTS),
    "tar_pax": build.make_tar(TEXTS),
    "tar_gnu": build.make_tar(TEXTS, tarfile.GNU_FORMAT),
    "tar_ustar": build.make_tar(TEXTS, tarfile.USTAR_FORMAT),
    "tar_gz": gzip.compress(build.make_tar(TEXTS)),
    "tar_bz2": bz2.compress(build.make_tar(TEXTS)),
    "tar_xz": lzma.compress(build.make_tar(TEXTS)),
    "tar_lzma": lzma.compress(build.make_tar(TEXTS), lzma.FORMAT_ALONE),
    "7z": make_7z(TEXTS),
    "7z_deflate": make_7z(TEXTS, filters=[{"id": py7zr.FILTER_DEFLATE}]),
    "7z_program": make_7z(TEXTS, filters=[{"id": py7zr.FILTER_X86}, {"id": py7zr.FILTER_LZMA}]),
}


@pytest.mark.parametrize("form", WHOLE)
def test_members_come_out_as_they_went_in(form):
    records, skipped, troubles = look(WHOLE[form])
    assert records == {f"a!{name}": data for name, data in TEXTS.items()}
    assert (skipped, troubles) == ({}, [])
    assert is_archive(WHOLE[form])


@pytest.mark.parametrize("names", [{}, {"joliet": 3}, {"rock_ridge": "1.09"}])
def test_disc_images_give_their_files_with_the_best_names_they_have(names):
    path = "a!folder/notes.txt" if names else "a!FOLDER/NOTES.TXT"
    assert look(make_iso(**names)) == ({path: TEXTS["folder/notes.txt"]}, {}, [])


@pytest.mark.parametrize("method", [0, 1])
def test_cabinets(method):
    members = {"one.txt": random.Random(1).randbytes(50_000), "two.txt": b"2" * 40_000}
    records, skipped, _ = look(make_cab(members, method))
    assert records == {f"a!{name}": data for name, data in members.items()}
    assert skipped == {}


def test_a_cabinet_packed_otherwise_is_told():
    assert look(make_cab({"one.txt": b"1"}, method=3))[1] == {"a": SkipReason.ARCHIVE_NOT_SUPPORTED}


def test_a_debian_package_is_opened_to_the_bottom():
    records, skipped, _ = look(make_deb(gzip.compress(build.make_tar(TEXTS))))
    assert records["a!data.tar.gz!letter.txt"] == b"Dear Sam"
    assert skipped == {}


def test_a_packed_file_is_one_member_with_its_kept_name():
    buffer = io.BytesIO()
    with gzip.GzipFile("letter.txt", "wb", fileobj=buffer) as packed:
        packed.write(b"Dear Sam")
    assert look(buffer.getvalue())[0] == {"a!letter.txt": b"Dear Sam"}
    assert look(bz2.compress(b"Dear ") + bz2.compress(b"Sam"))[0] == {"a!content": b"Dear Sam"}


def test_what_is_nested_comes_depth_first_with_its_depth():
    inner = build.make_zip({"b.txt": b"deep"})
    outer = gzip.compress(build.make_tar({"x.zip": inner, "y.txt": b"flat"}))
    items = list(open_members(make_file("/d/a.tgz", outer), ArchiveBudget()))
    assert [(item.name, item.depth) for item in items] == [
        ("/d/a.tgz!x.zip", 1),
        ("/d/a.tgz!x.zip!b.txt", 2),
        ("/d/a.tgz!y.txt", 1),
    ]


@pytest.mark.parametrize("data", [b"", b"Dear Sam", b"PK", b"BZ", bytes(600), b"\x7fELF" + bytes(2000), b"%PDF-1.4"])
def test_what_is_no_archive_gives_nothing(data):
    assert not is_archive(data)
    assert look(data) == ({}, {}, [])


def test_a_part_of_a_file_is_not_opened():
    record = make_file(data=WHOLE["zip"], is_whole=False)
    assert list(open_members(record, ArchiveBudget())) == []


def test_equal_names_are_numbered_so_that_counting_stays_exact():
    crc = zlib.crc32(b"x")
    packed = zlib.compress(b"x")[2:-4]
    records, _, _ = look(build.make_raw_zip([(b"n", packed, 1, crc)] * 3))
    assert list(records) == ["a!n", "a!n (2)", "a!n (3)"]


def test_odd_names_are_kept_exactly():
    raw = [b"\xff\xfe.txt", b"../../etc/passwd", b"<b>x\x1b[1m\n", "\u202egnp.exe".encode()]
    records, _, _ = look(build.make_raw_zip([(name, b"\x03\0", 0, 0) for name in raw]))
    assert list(records) == ["a!\u00a0\u25a0.txt", "a!../../etc/passwd", "a!<b>x\x1b[1m\n", "a!\u202egnp.exe"]


@pytest.mark.parametrize("magic", [b"Rar!\x1a\x07\x01\0", b"\x28\xb5\x2f\xfd\0\0", b"LZIP\x01", b"MSWIM\0\0\0"])
def test_formats_that_we_cannot_open_are_told(magic):
    assert look(magic + bytes(100)) == ({}, {"a": SkipReason.ARCHIVE_NOT_SUPPORTED}, [])


LOCKED_WITH_TULIP = {  # letter.txt, "Dear Sam", written by other programs
    "old cipher, from a file (Info-ZIP)": (
        "504b03040a00090000000471775db867ecd014000000080000000a001c006c65747465722e7478745554090003c848046bc848046b7578"
        "0b000104000000000400000000bf744c2f3e09afe9c2fd3a09d361423802eaf59a504b0708b867ecd01400000008000000504b01021e03"
        "0a00090000000471775db867ecd014000000080000000a0018000000000001000000a481000000006c65747465722e7478745554050003"
        "c848046b75780b000104000000000400000000504b0506000000000100010050000000680000000000"
    ),
    "AES of 128 bits (pyzipper)": (
        "504b03041400010063000471775d000000001e000000080000000a000b006c65747465722e7478740199070002004145010800c3a69d3f"
        "4b87ee5c2312688ee163b821f46b0248e5940b98cc1ba8996dd3504b010214031400010063000471775d000000001e000000080000000a"
        "000b0000000000000000008001000000006c65747465722e7478740199070002004145010800504b0506000000000100010043000000510"
        "000000000"
    ),
    "AES of 256 bits (pyzipper)": (
        "504b03041400010063000471775d0000000026000000080000000a000b006c65747465722e7478740199070002004145030800105a654f"
        "e0610c8d02c5de1f62e3ca989dbce9a949a9bca1d469b1f18d3dd4ba383177d884ee504b010214031400010063000471775d0000000026"
        "000000080000000a000b0000000000000000008001000000006c65747465722e7478740199070002004145030800504b05060000000001"
        "00010043000000590000000000"
    ),
}


class TestLocks:
    @pytest.mark.parametrize("program", LOCKED_WITH_TULIP)
    def test_a_locked_zip_opens_with_its_password_only(self, program):
        data = bytes.fromhex(LOCKED_WITH_TULIP[program])
        assert look(data, b"tulip") == ({"a!letter.txt": b"Dear Sam"}, {}, [])
        assert look(data) == ({}, {"a": SkipReason.ARCHIVE_ENCRYPTED}, [])
        assert look(data, b"rose") == ({}, {"a": SkipReason.ARCHIVE_ENCRYPTED}, [])

    def test_no_wrong_password_passes_noise_off_as_content(self):
        data = bytes.fromhex(LOCKED_WITH_TULIP["old cipher, from a file (Info-ZIP)"])
        for number in range(600):  # the format's own check lets one in 256 through
            assert look(data, b"%d" % number) == ({}, {"a": SkipReason.ARCHIVE_ENCRYPTED}, [])

    def test_a_streamed_locked_zip_opens(self):
        streamed = bytes.fromhex(
            "504b03042d00090000000471775db867ecd0ffffffffffffffff010014002d01001000080000000000000014000000000000"
            "00ab827f2bfb853bed39af7d38e7ab2d17b8a385b1504b0708b867ecd014000000000000000800000000000000504b01021e"
            "032d00090000000471775db867ecd014000000080000000100000000000000010000008011000000002d504b06062c000000"
            "000000001e032d000000000000000000010000000000000001000000000000002f000000000000005f00000000000000504b"
            "0607000000008e0000000000000001000000504b050600000000010001002f0000005f0000000000"
        )
        assert look(streamed, b"tulip") == ({"a!-": b"Dear Sam"}, {}, [])

    def test_a_locked_zip_is_one_line(self):
        data = bytearray(WHOLE["zip"])
        for header, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            at = data.find(header)
            while at >= 0:
                data[at + place] |= 1
                at = data.find(header, at + 1)
        records, skipped, troubles = look(bytes(data))
        assert (records, skipped, troubles) == ({}, {"a": SkipReason.ARCHIVE_ENCRYPTED}, [])
        assert look(bytes(data), b"wrong")[1] == {"a": SkipReason.ARCHIVE_ENCRYPTED}

    def test_a_locked_7z_opens_with_its_password_only(self):
        data = make_7z(TEXTS, password="tulip")
        assert look(data)[1] == {"a": SkipReason.ARCHIVE_ENCRYPTED}
        assert look(data, b"rose")[1] == {"a": SkipReason.ARCHIVE_ENCRYPTED}
        assert look(data, b"tulip")[0]["a!letter.txt"] == b"Dear Sam"

    def test_a_locked_list_is_told(self):
        data = make_7z(TEXTS, password="tulip", header_encryption=True)
        assert look(data)[1] == {"a": SkipReason.ARCHIVE_ENCRYPTED}


def test_a_method_that_brings_the_process_down_is_not_tried():
    data = make_7z(TEXTS, filters=[{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24}])
    records, skipped, _ = look(data)
    assert "a!letter.txt" not in records
    assert skipped == {"a": SkipReason.ARCHIVE_NOT_SUPPORTED}


class TestBombs:
    def check(self, data, reason, *, seconds=5.0, **limits):
        """Assert one medium-to-be trouble of this reason, in bounded time and memory."""
        tracemalloc.start()
        started = time.monotonic()
        _, skipped, troubles = look(data, **limits)
        took, peak = time.monotonic() - started, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert skipped["a"] is reason
        assert [(trouble.reason, trouble.is_bomb) for trouble in troubles] == [(reason, True)]
        assert took < seconds
        assert peak < 200_000_000
        return troubles[0]

    def test_petabytes_in_zips_in_zips(self):
        bomb = build.make_nested_bomb(levels=5, width=16, leaf_bytes=4095 << 20)  # 16**5 * 4 GiB: 4.5 PB
        assert len(bomb) < 1_000_000
        self.check(bomb, SkipReason.ARCHIVE_RATIO_TOO_HIGH)

    def test_one_gigabyte_of_zeros(self):
        packed = build.deflate_zeros(1 << 30)
        bomb = build.make_raw_zip([(b"zeros", packed, 1 << 30, 0)])
        trouble = self.check(bomb, SkipReason.ARCHIVE_TOO_LARGE)
        assert trouble.values["unpacked_bytes"] == 1 << 30
        self.check(gzip.compress(b"")[:10] + build.deflate_zeros(1 << 32), SkipReason.ARCHIVE_RATIO_TOO_HIGH)

    def test_zeros_whose_header_says_ten_bytes(self):
        bomb = build.make_raw_zip([(b"zeros", build.deflate_zeros(300 << 20), 10, 0)])
        self.check(bomb, SkipReason.ARCHIVE_HEADER_LIES)

    def test_three_hundred_megabytes_of_zeros(self):
        packed = build.deflate_zeros(300 << 20)
        self.check(build.make_raw_zip([(b"zeros", packed, 300 << 20, 0)]), SkipReason.ARCHIVE_RATIO_TOO_HIGH)
        self.check(gzip.compress(b"")[:10] + packed + bytes(8), SkipReason.ARCHIVE_RATIO_TOO_HIGH)

    def test_a_small_lie_about_the_size(self):
        packed = zlib.compress(b"x" * 1000)[2:-4]
        lie = build.make_raw_zip([(b"x", packed, 10, 0), (b"y", b"\x03\0", 0, 0)])
        self.check(lie, SkipReason.ARCHIVE_HEADER_LIES)
        assert look(lie)[0] == {"a!x": b"x" * 1000, "a!y": b""}, "what it holds is looked at all the same"

    def test_two_headers_that_differ(self):
        data = build.make_zip({"letter.txt": b"Dear Sam"})
        self.check(data.replace(b"letter.txt", b"letter.exe", 1), SkipReason.ARCHIVE_HEADER_LIES)

    def test_members_that_share_their_bytes(self):
        self.check(build.make_overlapping_zip(500), SkipReason.ARCHIVE_HEADER_LIES)

    def test_more_entries_than_said(self):
        crc = zlib.crc32(b"")
        body = build.local_header(b"a", 2, 0, crc) + b"\x03\0" + build.local_header(b"b", 2, 0, crc) + b"\x03\0"
        entries = [build.central_entry(b"a", 2, 0, 0, crc), build.central_entry(b"b", 2, 0, 33, crc)]
        self.check(build.close_zip(body, entries, count=1), SkipReason.ARCHIVE_HEADER_LIES)

    def test_high_ratio_in_bzip2_and_xz(self):
        zeros = bytes(60 << 20)
        self.check(bz2.compress(zeros), SkipReason.ARCHIVE_RATIO_TOO_HIGH)
        self.check(lzma.compress(zeros), SkipReason.ARCHIVE_RATIO_TOO_HIGH)

    def test_high_ratio_in_7z(self):
        self.check(make_7z({"zeros": bytes(60 << 20)}), SkipReason.ARCHIVE_RATIO_TOO_HIGH)

    def test_too_deep_is_told_once_and_is_no_bomb(self):
        data = b"bottom"
        for _ in range(20):
            data = build.make_zip({"in.zip": data, "beside.zip": build.make_zip({"x": b""})}, zipfile.ZIP_STORED)
        _, skipped, troubles = look(data)
        assert set(skipped.values()) == {SkipReason.ARCHIVE_TOO_DEEP}
        assert [(one.name, one.reason, one.is_bomb) for one in troubles] == [("a", SkipReason.ARCHIVE_TOO_DEEP, False)]

    def test_many_bombs_in_one_file_are_one_trouble_that_names_the_place(self):
        bomb = build.make_raw_zip([(b"zeros", build.deflate_zeros(1 << 30), 1 << 30, 0)])
        _, skipped, troubles = look(build.make_zip({"one.zip": bomb, "two.zip": bomb, "letter.txt": b""}))
        assert skipped == {"a!one.zip": SkipReason.ARCHIVE_TOO_LARGE, "a!two.zip": SkipReason.ARCHIVE_TOO_LARGE}
        assert [(one.name, one.values["member"]) for one in troubles] == [("a", "a!one.zip")]

    def test_an_archive_in_itself_ends(self):
        data = build.make_zip({"x": b""})
        for _ in range(40):
            data = gzip.compress(data, mtime=0)
        assert SkipReason.ARCHIVE_TOO_DEEP in look(data)[1].values()


class TestOrdinaryBigArchives:
    """Ordinary life makes large archives: a skipped line, never an alarm."""

    def test_too_many_members(self):
        data = build.make_tar({str(n): b"" for n in range(30)}, tarfile.USTAR_FORMAT)
        records, skipped, troubles = look(data, max_members=20)
        assert len(records) == 20
        assert (skipped, troubles) == ({"a": SkipReason.ARCHIVE_TOO_MANY_MEMBERS}, [])

    @pytest.mark.parametrize("name", [b"f/", b"f"])
    def test_a_list_that_is_far_too_long(self, name):
        body = build.local_header(name, 2, 0) + b"\x03\0"
        entries = [build.central_entry(name + b"/" * (n > 0), 2, 0, 10**6 + n) for n in range(200)]
        _, skipped, _ = look(build.close_zip(body, entries), max_members=10)
        assert skipped == {"a": SkipReason.ARCHIVE_TOO_MANY_MEMBERS}

    def test_too_many_members_over_several_levels(self):
        inner = build.make_zip({str(n): b"" for n in range(8)})
        _, skipped, _ = look(build.make_zip({str(n): inner for n in range(8)}), max_members=20)
        assert skipped["a"] is SkipReason.ARCHIVE_TOO_MANY_MEMBERS

    def test_too_large_keeps_what_was_read(self):
        noise = random.Random(2).randbytes(4_000_000)
        data = build.make_zip({"1": noise, "2": noise, "3": noise}, zipfile.ZIP_STORED)
        records, skipped, troubles = look(data, max_unpacked_bytes=6_000_000)
        assert records["a!1"] == noise
        assert skipped == {"a!2": SkipReason.ARCHIVE_TOO_LARGE, "a": SkipReason.ARCHIVE_TOO_LARGE}
        assert troubles == []

    def test_a_large_member_is_handed_out_in_part(self):
        data = build.make_zip({"big": bytes(6_000_000), "small": b"s"}, zipfile.ZIP_STORED)
        items = list(open_members(make_file("a", data), ArchiveBudget(max_member_bytes=1_000_000)))
        big, skipped, small = items
        assert (len(big.data), big.is_whole, big.size_bytes) == (1_000_000, False, 6_000_000)
        assert (skipped.reason, skipped.subject.name) == (SkipReason.FILE_TOO_LARGE, "a!big")
        assert small.data == b"s"

    def test_a_large_member_of_a_tar_does_not_stop_the_next(self):
        data = gzip.compress(build.make_tar({"big": bytes(3_000_001), "small": b"s"}))
        records, skipped, _ = look(data, max_member_bytes=1_000_000)
        assert records["a!small"] == b"s"
        assert skipped == {"a!big": SkipReason.FILE_TOO_LARGE}

    def test_ten_megabytes_of_zeros_are_a_disk_image(self):
        assert look(bz2.compress(bytes(9_000_000)))[1:] == ({}, [])

    def test_the_clock(self):
        _, skipped, troubles = look(WHOLE["tar_xz"], max_unpack_s=0.0)
        assert (set(skipped.values()), troubles) == ({SkipReason.TIME_LIMIT}, [])

    def test_archives_held_open_at_the_same_time_are_limited(self):
        data = build.make_zip({"in.zip": WHOLE["zip_stored"]}, zipfile.ZIP_STORED)
        _, skipped, troubles = look(data, max_open_bytes=len(data) + 100)
        assert (skipped, troubles) == ({"a!in.zip": SkipReason.ARCHIVE_TOO_LARGE}, [])


class TestDamage:
    @pytest.mark.parametrize("form", WHOLE)
    def test_cut_archives_are_told_and_what_was_read_is_kept(self, form):
        data = WHOLE[form]
        for share in (0.99, 0.7, 0.5, 0.3):
            cut = data[: int(len(data) * share)]
            records, skipped, troubles = look(cut)
            is_plain_end = form.startswith("tar_") and records == look(data)[0]  # only closing blocks were cut
            assert not is_archive(cut) or is_plain_end or SkipReason.ARCHIVE_DAMAGED in skipped.values()
            assert troubles == []

    def test_a_cut_zip_gives_its_first_members(self):
        records, skipped, _ = look(WHOLE["zip"][:-40])
        assert records["a!letter.txt"] == b"Dear Sam"
        assert skipped == {"a": SkipReason.ARCHIVE_DAMAGED}

    def test_a_wrong_checksum_is_told(self):
        data = build.make_zip({"x": b"Dear Sam"}, zipfile.ZIP_STORED).replace(b"Dear", b"dear")
        records, skipped, _ = look(data)
        assert records == {"a!x": b"dear Sam"}
        assert skipped == {"a!x": SkipReason.ARCHIVE_DAMAGED}

    @pytest.mark.parametrize("form", [*WHOLE, "iso", "cab", "deb"])
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(seed=st.integers(0, 2**32))
    def test_altered_archives_never_raise_and_stay_bounded(self, form, seed):
        rest = {"iso": make_iso(joliet=3), "cab": make_cab(TEXTS), "deb": make_deb(WHOLE["tar_gz"])}
        data = bytearray(WHOLE.get(form) or rest[form])
        dice = random.Random(seed)
        for _ in range(dice.choice([1, 2, 5, 30])):
            data = data or bytearray(1)
            at = dice.randrange(len(data))
            change = dice.randrange(4)
            if change == 0:
                data[at] = dice.choice([0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)])
            elif change == 1:
                data[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", bytes(4), b"\xff\xff\xff\x7f"])
            elif change == 2:
                del data[at : at + dice.randrange(40)]
            else:
                data[at:at] = data[dice.randrange(len(data)) :][: dice.randrange(40)]
        started = time.monotonic()
        look(bytes(data), max_unpacked_bytes=20_000_000, max_member_bytes=10_000_000)
        assert time.monotonic() - started < 5

    @given(
        st.binary(max_size=400),
        st.sampled_from(
            [
                b"PK\3\4",
                b"7z\xbc\xaf\x27\x1c",
                b"MSCF\0\0\0\0",
                b"\x1f\x8b\x08",
                b"BZh9",
                b"\xfd7zXZ\0",
                b"!<arch>\ndebian-binary",
            ]
        ),
    )
    def test_any_bytes_behind_a_magic_never_raise(self, data, magic):
        look(magic + data)


def test_nothing_is_written(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was opened")

    monkeypatch.chdir(tmp_path)
    for data in (*WHOLE.values(), make_iso(joliet=3)):
        with monkeypatch.context() as patched, contextlib.suppress(StopIteration):
            patched.setattr("builtins.open", refuse)
            patched.setattr("os.open", refuse)
            assert look(data)[0]
    assert list(tmp_path.iterdir()) == []
