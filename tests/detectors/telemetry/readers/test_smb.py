"""SMB as a person would tell it: who signed in, which share, which file, what was written."""

from __future__ import annotations

import struct

import pytest

from detectors.contract.conversations import Login, RpcCall, SmbCall
from detectors.telemetry.readers.base import NO, SURE, Piece
from detectors.telemetry.readers.smb import SmbReader
from tests.detectors.telemetry.readers.talk_builders import (
    CLIENT,
    SERVER,
    ends,
    ntlm_message,
    play,
    rpc_answer,
    rpc_bind,
    rpc_request,
    session,
    smb1,
    smb2,
    smb2_create,
    smb2_created,
    smb2_setup,
    smb2_tree,
    smb2_write,
)

FILE = bytes(range(16))
SERVICES = "367abb81-9844-35f1-ad32-98f038001003"


def calls(notes, command: str) -> list[SmbCall]:
    return [one for one in notes.of(SmbCall) if one.command == command]


@pytest.mark.parametrize("cut", [0, 1, 7, 100])
def test_a_sign_in_names_the_user_and_its_outcome_however_it_is_cut(cut: int):
    said = [
        (CLIENT, session(smb2_setup(1, ntlm_message(1)))),
        (SERVER, session(smb2(1, 1, bytes(8), answer=0xC0000016))),
        (CLIENT, session(smb2_setup(2, ntlm_message(3, "anna", "HOME")))),
        (SERVER, session(smb2(1, 2, bytes(8), answer=0xC000006D))),
    ]
    notes = play(SmbReader, 445, said, cut=cut)
    (login,) = notes.of(Login)
    assert (login.user, login.outcome, login.protocol, login.is_cleartext) == ("HOME\\anna", "failed", "smb", False)
    assert [one.status for one in calls(notes, "session_setup")] == [0xC0000016, 0xC000006D]
    assert login.record == 3


def test_a_refused_sign_in_without_a_name_counts_as_well():
    said = [
        (CLIENT, session(smb2_setup(1, b"\x60\x10kerberos"))),
        (SERVER, session(smb2(1, 1, bytes(8), answer=0xC000006D))),
    ]
    (login,) = play(SmbReader, 445, said).of(Login)
    assert (login.user, login.outcome) == ("", "failed")


def test_shares_and_files_carry_the_status_of_their_own_answer():
    said = [
        (CLIENT, session(smb2_tree(1, "\\\\srv\\ADMIN$")) + session(smb2_tree(2, "\\\\srv\\C$"))),
        (SERVER, session(smb2(3, 2, bytes(16), answer=0xC0000022)) + session(smb2(3, 1, bytes(16), answer=0))),
        (CLIENT, session(smb2_create(3, "tool.exe"))),
        (SERVER, session(smb2_created(3, FILE))),
    ]
    notes = play(SmbReader, 445, said)
    assert {one.name: one.status for one in calls(notes, "tree_connect")} == {
        "\\\\srv\\ADMIN$": 0,
        "\\\\srv\\C$": 0xC0000022,
    }
    assert [(one.name, one.status) for one in calls(notes, "create")] == [("tool.exe", 0)]


def test_a_large_file_is_one_record_with_its_first_bytes_and_its_whole_size():
    content = b"head of the file" + bytes(60_000)
    said = [
        (CLIENT, session(smb2_tree(1, "\\\\srv\\share"))),
        (SERVER, session(smb2(3, 1, bytes(16), answer=0))),
        (CLIENT, session(smb2_create(3, "big.bin"))),
        (SERVER, session(smb2_created(3, FILE))),
        (CLIENT, session(smb2_write(4, FILE, content)) + session(smb2_write(5, FILE, content))),
    ]
    notes = play(SmbReader, 445, said, cut=1_400)
    (written,) = calls(notes, "write")
    assert written.name == "big.bin"
    assert written.data_head == content[:512]
    assert written.size_bytes == 2 * len(content)


def test_calls_in_a_named_pipe_reach_the_rpc_reader_with_the_pipes_name():
    said = [
        (CLIENT, session(smb2_tree(1, "\\\\srv\\IPC$"))),
        (SERVER, session(smb2(3, 1, bytes(16), answer=0))),
        (CLIENT, session(smb2_create(3, "svcctl"))),
        (SERVER, session(smb2_created(3, FILE))),
        (CLIENT, session(smb2_write(4, FILE, rpc_bind(SERVICES)))),
        (CLIENT, session(_transceive(5, FILE, rpc_request(12, b"stub" * 4)))),
        (SERVER, session(_transceived(5, FILE, rpc_answer(bytes(4) + struct.pack("<I", 5))))),
    ]
    bind, request = play(SmbReader, 445, said, cut=33).of(RpcCall)
    assert (bind.kind, bind.interface, bind.pipe) == ("bind", SERVICES, "svcctl")
    assert (request.opnum, request.interface, request.pipe, request.status) == (12, SERVICES, "svcctl", 5)
    assert request.stub_head == b"stub" * 4


def test_a_chain_of_requests_means_the_file_it_opens_itself():
    same = b"\xff" * 16
    create = smb2_create(1, "svcctl")
    create += bytes(-len(create) % 8)
    create = create[:20] + struct.pack("<I", len(create)) + create[24:]
    chain = create + smb2_write(2, same, rpc_bind(SERVICES))
    said = [
        (CLIENT, session(smb2_tree(9, "\\\\srv\\IPC$"))),
        (SERVER, session(smb2(3, 9, bytes(16), answer=0))),
        (CLIENT, session(chain)),
    ]
    (bind,) = play(SmbReader, 445, said).of(RpcCall)
    assert (bind.interface, bind.pipe) == (SERVICES, "svcctl")


def test_smb_1_tells_the_same_story():
    opened = b"\xff\0\0\0" + b"\0" + struct.pack("<H", 77) + bytes(61)
    words = b"\xff\0\0\0" + struct.pack("<HHH", 0, 1, 0)[:4]
    tree = smb1(
        0x75, words, b"\0" + b"\0" * ((32 + 1 + 8 + 2 + 1) % 2) + "\\\\srv\\IPC$".encode("utf-16-le") + b"\0\0IPC\0"
    )
    create = smb1(0xA2, b"\xff\0\0\0" + bytes(44), b"\0" + "\\svcctl".encode("utf-16-le") + b"\0\0")
    write_words = b"\xff\0\0\0" + struct.pack("<HIIHHHHHI", 77, 0, 0, 0, 0, 0, 72, 64, 0)
    body = rpc_bind(SERVICES)
    write = smb1(0x2F, write_words, body)
    start = len(write) - len(body)
    write_words = b"\xff\0\0\0" + struct.pack("<HIIHHHHHI", 77, 0, 0, 0, 0, 0, len(body), start, 0)
    said = [
        (CLIENT, session(tree)),
        (SERVER, session(smb1(0x75, b"\xff\0\0\0\0\0", b"", answer=0))),
        (CLIENT, session(create)),
        (SERVER, session(smb1(0xA2, opened, b"", answer=0))),
        (CLIENT, session(smb1(0x2F, write_words, body))),
    ]
    notes = play(SmbReader, 139, said, cut=50)
    assert calls(notes, "tree_connect")[0].name == "\\\\srv\\IPC$"
    assert calls(notes, "create")[0].name == "\\svcctl"
    (bind,) = notes.of(RpcCall)
    assert (bind.interface, bind.pipe) == (SERVICES, "svcctl")


def test_an_unused_transaction_of_smb_1_is_written_down_and_a_usual_one_is_not():
    def trans2(subcommand: int) -> bytes:
        return session(smb1(0x32, bytes(28) + struct.pack("<H", subcommand), b"", number=subcommand))

    notes = play(SmbReader, 445, [(CLIENT, trans2(0x05)), (CLIENT, trans2(0x0E))])
    assert [one.name for one in calls(notes, "trans2")] == ["0x000e"]


def test_encrypted_and_compressed_messages_are_told_and_not_read():
    sealed = session(b"\xfdSMB" + bytes(60))
    packed = session(b"\xfcSMB" + struct.pack("<IHHI", 0xFFFF_FFFF, 1, 0, 0xFFFF_FFFF) + bytes(40))
    notes = play(SmbReader, 445, [(CLIENT, sealed * 3), (CLIENT, packed)])
    assert len(calls(notes, "encrypted")) == 1
    assert calls(notes, "compressed")[0].data_head[:4] == b"\xfcSMB"


def test_after_a_loss_the_next_whole_message_is_read():
    reader = SmbReader(ends(445), notes := play(SmbReader, 445, []))
    message = session(smb2_create(3, "found.txt"))
    reader.feed(Piece(message[:50], True, 1, 1.0))
    reader.feed(Piece(message[-20:] + message, True, 2, 2.0, is_after_gap=True, lost_bytes=len(message) - 70))
    reader.close()
    assert [one.name for one in calls(notes, "create")] == ["found.txt"]


def test_a_thousand_pipes_with_half_a_message_each_hold_little():
    reader = SmbReader(ends(445), play(SmbReader, 445, []))
    for number in range(1_000):
        file = number.to_bytes(16, "big")
        half = rpc_bind(SERVICES)[:8] + b"\xff\x1f" + bytes(3_000)
        reader.feed(Piece(session(smb2_write(number, file, half)), True, number + 1, 1.0))
    assert 0 < reader.held_bytes <= 128 << 10
    reader.close()
    assert reader.held_bytes == 0


def test_the_agreed_dialect_and_what_was_offered_are_told():
    said = [
        (CLIENT, session(smb2(0, 1, b"offers"))),
        (SERVER, session(smb2(0, 1, struct.pack("<HHH", 65, 1, 0x0311), answer=0))),
    ]
    (asked,) = calls(play(SmbReader, 445, said), "negotiate")
    assert (asked.dialect, asked.status, asked.data_head[-6:]) == (3, 0, b"offers")


def test_smb_is_known_by_its_mark_and_nothing_else():
    assert SmbReader.recognises(Piece(session(smb2_create(1, "x")), True, 1, 1.0), ends(4_445)) == SURE
    assert SmbReader.recognises(Piece(b"\0\0\0\x40" + bytes(64), True, 1, 1.0), ends(445)) == NO


def _transceive(message: int, file: bytes, data: bytes) -> bytes:
    body = struct.pack("<HHI16sIIIIIIII", 57, 0, 0x0011C017, file, 120, len(data), 0, 0, 0, 1024, 1, 0)
    return smb2(11, message, body + data)


def _transceived(message: int, file: bytes, data: bytes) -> bytes:
    body = struct.pack("<HHI16sIIIIII", 49, 0, 0x0011C017, file, 112, 0, 112, len(data), 0, 0)
    return smb2(11, message, body + data, answer=0)
