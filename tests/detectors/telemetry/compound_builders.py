"""Old office containers for tests, made on the spot, with macros that do nothing."""

import struct

from detectors.telemetry.compound import COMPOUND_START

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
LEAST = 4096
"""Streams below this would lie in a place of their own; tests pad them."""
STORAGE, STREAM, ROOT = 1, 2, 5


def make_compound(streams):
    """Make a container of ``{"FOLDER/STREAM": bytes}``."""
    tree = {"": []}
    entries = [("", "Root Entry", ROOT, b"")]
    for path, content in streams.items():
        parts = path.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            if folder not in tree:
                tree[folder] = []
                tree["/".join(parts[: depth - 1])].append(len(entries))
                entries.append((folder, parts[depth - 1], STORAGE, b""))
        tree["/".join(parts[:-1])].append(len(entries))
        entries.append((path, parts[-1], STREAM, content.ljust(LEAST, b"\0")))
    return lay_out(entries, tree)


def lay_out(entries, tree):
    """Lay sectors: the table of sectors, the directory, then the streams behind one another."""
    directory_sectors = -(-len(entries) * 128 // SECTOR)
    stream_sectors = sum(-(-len(content) // SECTOR) for *_, content in entries)
    table_sectors = 1
    while table_sectors * (SECTOR // 4) < table_sectors + directory_sectors + stream_sectors:
        table_sectors += 1
    table = [FAT] * table_sectors + chain(table_sectors, directory_sectors)
    siblings = {number: kids[place + 1] for kids in tree.values() for place, number in enumerate(kids[:-1])}
    directory, body = b"", b""
    for number, (path, name, kind, content) in enumerate(entries):
        start = END
        if content:
            start, count = len(table), -(-len(content) // SECTOR)
            table += chain(start, count)
            body += content.ljust(count * SECTOR, b"\0")
        kids = tree.get(path) if kind != STREAM else None
        directory += entry(name, kind, (siblings.get(number, FREE), kids[0] if kids else FREE), start, len(content))
    directory = directory.ljust(directory_sectors * SECTOR, b"\0")
    table += [FREE] * (table_sectors * SECTOR // 4 - len(table))
    return header(table_sectors) + struct.pack(f"<{len(table)}I", *table) + directory + body


def chain(start, count):
    return [*range(start + 1, start + count), END] if count else []


def entry(name, kind, links, start, size):
    wide = name.encode("utf-16-le") + b"\0\0"
    tree = struct.pack("<BBIII", kind, 1, FREE, *links)
    return wide.ljust(64, b"\0") + struct.pack("<H", len(wide)) + tree + bytes(36) + struct.pack("<IQ", start, size)


def header(table_sectors):
    head = COMPOUND_START + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, table_sectors, table_sectors, 0, LEAST, END, 0, END, 0)
    places = [*range(table_sectors)] + [FREE] * (109 - table_sectors)
    return head + struct.pack("<109I", *places)


def pack_source(text):
    """Pack the source of a macro as Office does, with literals only."""
    packed = b"\x01"
    for begin in range(0, len(text), 3600):
        piece = text[begin : begin + 3600]
        tokens = b"".join(b"\0" + piece[place : place + 8] for place in range(0, len(piece), 8))
        packed += struct.pack("<H", 0xB000 | len(tokens) - 1) + tokens
    return packed


def make_module(source, compiled=b"\x01\x16\x03\0" * 50):
    return compiled + pack_source(b"Attribute VB_Name = " + source)


def pack_native(name, content):
    """A file packed into a document."""
    texts = name + b"\0C:\\" + name + b"\0" + bytes(4) + struct.pack("<I", 5) + b"C:\\x\0"
    body = b"\x02\0" + texts + struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(body)) + body
