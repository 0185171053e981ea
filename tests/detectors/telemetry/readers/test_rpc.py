"""DCE/RPC: what is bound, what is called, what came back, and who called."""

from __future__ import annotations

import struct
import uuid

from detectors.contract.conversations import Login, RpcCall
from detectors.telemetry.readers.base import NO, SURE, Piece
from detectors.telemetry.readers.rpc import RpcDatagramReader, RpcReader
from tests.detectors.telemetry.readers.talk_builders import (
    CLIENT,
    SERVER,
    UDP,
    ends,
    ntlm_message,
    play,
    rpc,
    rpc_answer,
    rpc_bind,
    rpc_fault,
    rpc_request,
)

REPLICATION = "e3514235-4b06-11d1-ab04-00c04fc2dcd2"
MAPPER = "e1af8308-5d1f-11c9-91a4-08002b14a0fa"


def test_each_call_finds_its_interface_by_its_context_and_its_answer_by_its_number():
    said = [
        (CLIENT, rpc_bind(REPLICATION, context=0)),
        (CLIENT, rpc_bind(MAPPER, context=1, kind=14)),
        (CLIENT, rpc_request(3, b"one", call=2, context=0) + rpc_request(2, b"two", call=3, context=1)),
        (SERVER, rpc_fault(5, call=3) + rpc_answer(struct.pack("<I", 0), call=2)),
    ]
    for cut in (0, 1, 13):
        bind, alter, fault, request = play(RpcReader, 49_155, said, cut=cut).of(RpcCall)
        assert (bind.kind, bind.interface, bind.version, bind.opnum) == ("bind", REPLICATION, "2.0", -1)
        assert (alter.kind, alter.interface) == ("alter", MAPPER)
        assert (request.interface, request.opnum, request.status, request.stub_head) == (REPLICATION, 3, 0, b"one")
        assert (fault.interface, fault.opnum, fault.status) == (MAPPER, 2, 5)


def test_a_sealed_call_shows_its_number_and_none_of_its_contents():
    seal = (9, 6, b"S" * 16)
    said = [
        (CLIENT, rpc_bind(REPLICATION, auth=seal)),
        (CLIENT, rpc_request(3, b"sealed bytes", auth=seal)),
        (SERVER, rpc_answer(b"\1\0\0\0", auth=seal)),
    ]
    notes = play(RpcReader, 135, said)
    request = notes.of(RpcCall)[1]
    assert (request.opnum, request.auth_level, request.auth_type) == (3, 6, 9)
    assert (request.stub_head, request.status) == (b"", -1)


def test_a_call_of_several_fragments_is_one_call():
    first = rpc(0, 2, struct.pack("<IHH", 8, 0, 9) + b"part", flags=1)
    last = rpc(0, 2, struct.pack("<IHH", 8, 0, 9) + b"rest", flags=2)
    notes = play(RpcReader, 135, [(CLIENT, rpc_bind(MAPPER)), (CLIENT, first + last)])
    assert [one.opnum for one in notes.of(RpcCall)] == [-1, 9]


def test_the_third_message_of_ntlm_shows_who_calls():
    token = ntlm_message(3, "anna", "HOME")
    said = [
        (CLIENT, rpc_bind(MAPPER)),
        (CLIENT, rpc(16, 2, bytes(4), auth=(10, 6, token))),
        (CLIENT, rpc_request(1, b"")),
    ]
    refused = play(RpcReader, 135, [*said, (SERVER, rpc_fault(5))]).of(Login)
    accepted = play(RpcReader, 135, [*said, (SERVER, rpc_answer(bytes(4)))]).of(Login)
    assert [(one.user, one.outcome) for one in refused + accepted] == [("HOME\\anna", "failed"), ("HOME\\anna", "ok")]


def test_behind_the_banner_of_rpc_over_http_all_is_as_usual():
    notes = play(
        RpcReader, 593, [(SERVER, b"ncacn_http/1.0"), (CLIENT, rpc_bind(MAPPER)), (SERVER, rpc_answer(bytes(4)))]
    )
    assert [one.interface for one in notes.of(RpcCall)] == [MAPPER]


def test_a_datagram_says_its_interface_itself():
    head = struct.pack("<BBBB3sB16s", 4, 0, 0x20, 0, b"\x10\0\0", 0, b"") + uuid.UUID(MAPPER).bytes_le + bytes(16)
    head += struct.pack("<IIIHHHHHBB", 0, 3, 0, 2, 0xFFFF, 0xFFFF, 4, 0, 0, 0)
    (call,) = play(RpcDatagramReader, 135, [(CLIENT, head + b"stub")], protocol=UDP).of(RpcCall)
    assert (call.interface, call.version, call.opnum, call.stub_head) == (MAPPER, "3.0", 2, b"stub")


def test_rpc_is_known_by_its_head_on_any_port():
    assert RpcReader.recognises(Piece(rpc_bind(MAPPER), True, 1, 1.0), ends(50_123)) == SURE
    assert RpcReader.recognises(Piece(b"\x05\x01\x00" + bytes(20), True, 1, 1.0), ends(1080)) == NO
