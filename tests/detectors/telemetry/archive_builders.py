"""Archives for tests, harmless and otherwise, made on the spot: no bomb lies in the tree."""

import io
import struct
import tarfile
import zipfile
import zlib


def make_zip(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_tar(members, form=tarfile.PAX_FORMAT):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, data in members.items():
            facts = tarfile.TarInfo(name)
            facts.size = len(data)
            archive.addfile(facts, io.BytesIO(data))
    return buffer.getvalue()


def deflate_zeros(size):
    """Deflated zeros, a megabyte packed once and repeated: blocks after a full flush stand alone."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size >> 20) + b"\x03\0"


def local_header(name, packed, said, crc=0):
    return struct.pack("<4sHHHIIIIHH", b"PK\3\4", 20, 0, 8, 0, crc, packed, said, len(name), 0) + name


def central_entry(name, packed, said, start, crc=0):
    head = struct.pack("<4sHHHHIIIIHHH", b"PK\1\2", 20, 20, 0, 8, 0, crc, packed, said, len(name), 0, 0)
    return head + struct.pack("<HHII", 0, 0, 0, start) + name


def close_zip(body, entries, count=None):
    directory = b"".join(entries)
    number = len(entries) if count is None else count
    return (
        body
        + directory
        + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, number & 0xFFFF, number & 0xFFFF, len(directory), len(body), 0)
    )


def make_raw_zip(members):
    """A zip of (name, packed bytes, said size, crc), whatever is said."""
    body, entries = b"", []
    for name, packed, said, crc in members:
        entries.append(central_entry(name, len(packed), said, len(body), crc))
        body += local_header(name, len(packed), said, crc) + packed
    return close_zip(body, entries)


def make_overlapping_zip(count):
    """Many names for the same bytes (the simplest of Fifield's constructions)."""
    packed = zlib.compress(bytes(1000))[2:-4]
    body = local_header(b"a", len(packed), 1000) + packed
    return close_zip(body, [central_entry(b"%d" % n, len(packed), 1000, 0) for n in range(count)])


def make_nested_bomb(levels, width, leaf_bytes):
    """Zips in zips in zips: ``width ** levels`` leaves of zeros, in a few kilobytes."""
    packed = deflate_zeros(leaf_bytes)
    data = make_raw_zip([(b"%d" % n, packed, leaf_bytes, 0) for n in range(1)])
    for _ in range(levels):
        data = make_zip({f"{n}.zip": data for n in range(width)})
    return data
