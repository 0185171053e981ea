"""Kerberos: who asks for what, with which ciphers, and how a wrong password looks."""

from __future__ import annotations

import pytest

from detectors.contract.conversations import KerberosMessage, Login
from detectors.telemetry.readers.base import NO, SURE, Piece
from detectors.telemetry.readers.kerberos import KerberosReader
from tests.detectors.telemetry.readers.talk_builders import CLIENT, SERVER, UDP, der, der_number, ends, play, session


def name(*parts: str) -> bytes:
    texts = der(0x30, *(der(0x1B, part.encode()) for part in parts))
    return der(0x30, der(0xA0, der_number(1)), der(0xA1, texts))


def request(kind: int, user: str, service: tuple[str, ...], etypes: list[int], *, proof: int = 0) -> bytes:
    proofs = der(0xA3, der(0x30, der(0x30, der(0xA1, der_number(proof)), der(0xA2, der(4, b"x"))))) if proof else b""
    body = der(
        0x30,
        der(0xA0, b"\x03\x05\0\x40\x81\0\x10"),
        der(0xA1, name(user)) if user else b"",
        der(0xA2, der(0x1B, b"HOME.TEST")),
        der(0xA3, name(*service)),
        der(0xA8, der(0x30, *(der_number(one) for one in etypes))),
    )
    inner = der(0x30, der(0xA1, der_number(5)), der(0xA2, der_number(kind)), proofs, der(0xA4, body))
    return der(0x60 + kind, inner)


def answer(kind: int, etype: int) -> bytes:
    cipher = der(0x30, der(0xA0, der_number(etype)), der(0xA2, der(4, bytes(900))))
    ticket = der(
        0x61,
        der(
            0x30,
            der(0xA0, der_number(5)),
            der(0xA1, der(0x1B, b"HOME.TEST")),
            der(0xA2, name("cifs", "srv")),
            der(0xA3, cipher),
        ),
    )
    return der(0x60 + kind, der(0x30, der(0xA3, der(0x1B, b"HOME.TEST")), der(0xA4, name("anna")), der(0xA5, ticket)))


def error(code: int) -> bytes:
    return der(
        0x7E,
        der(
            0x30,
            der(0xA0, der_number(5)),
            der(0xA6, der_number(code)),
            der(0xA9, der(0x1B, b"HOME.TEST")),
            der(0xAA, name("krbtgt", "HOME.TEST")),
        ),
    )


def test_a_ticket_is_asked_for_and_given():
    said = [(CLIENT, session(request(12, "", ("cifs", "srv"), [23, 18]))), (SERVER, session(answer(13, 23)))]
    for cut in (0, 1, 500):
        asked, given = play(KerberosReader, 88, said, cut=cut).of(KerberosMessage)
        assert (asked.kind, asked.service, asked.realm, asked.etypes) == ("tgs_req", "cifs/srv", "HOME.TEST", (23, 18))
        assert (given.kind, given.service, given.user, given.etypes) == ("tgs_rep", "cifs/srv", "anna", (23,))


@pytest.mark.parametrize(("code", "outcomes"), [(24, ["failed"]), (18, ["failed"]), (25, ["unknown"]), (6, ["failed"])])
def test_a_tried_password_and_its_refusal_are_one_sign_in(code: int, outcomes: list[str]):
    said = [(CLIENT, request(10, "anna", ("krbtgt", "HOME.TEST"), [18], proof=2)), (SERVER, error(code))]
    notes = play(KerberosReader, 88, said, protocol=UDP)
    assert notes.of(KerberosMessage)[0].has_preauth
    assert notes.of(KerberosMessage)[1].error == code
    assert [(one.user, one.outcome) for one in notes.of(Login)] == [("HOME.TEST\\anna", one) for one in outcomes]


def test_an_unknown_user_is_a_failed_sign_in_and_the_usual_first_refusal_is_none():
    def logins(code: int) -> list[tuple[str, str]]:
        said = [(CLIENT, request(10, "bob", ("krbtgt", "HOME.TEST"), [18])), (SERVER, error(code))]
        return [(one.user, one.outcome) for one in play(KerberosReader, 88, said, protocol=UDP).of(Login)]

    assert logins(6) == [("bob", "failed")]
    assert logins(25) == []


def test_a_right_password_is_a_sign_in_that_went_well():
    said = [(CLIENT, request(10, "anna", ("krbtgt", "H"), [18], proof=2)), (SERVER, answer(11, 18))]
    (login,) = play(KerberosReader, 88, said, protocol=UDP).of(Login)
    assert (login.outcome, login.is_cleartext) == ("ok", False)


def test_kerberos_is_known_by_its_tags():
    message = request(10, "anna", ("krbtgt", "H"), [18])
    assert KerberosReader.recognises(Piece(session(message), True, 1, 1.0), ends(8_888)) == SURE
    assert KerberosReader.recognises(Piece(message, True, 1, 1.0), ends(88, UDP)) == SURE
    assert KerberosReader.recognises(Piece(b"\x6a\x05hello", True, 1, 1.0), ends(88, UDP)) == NO
