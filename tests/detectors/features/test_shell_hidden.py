"""One layer of base64 or hex is read where a shell or an interpreter would get it."""

import base64

import pytest

from detectors.features.shell_hidden import decoded_code, decoded_script

PLAIN = "ls /srv"
HIDDEN = base64.b64encode(PLAIN.encode()).decode()


@pytest.mark.parametrize(
    "decoder",
    [("base64", "-d"), ("base64", "--decode"), ("openssl", "enc", "-base64", "-d"), ("openssl", "base64", "-d")],
)
def test_decoders_before_a_shell(decoder):
    assert decoded_script([("echo", HIDDEN), decoder, ("sh",)]) == PLAIN


def test_hex_before_a_shell():
    assert decoded_script([("echo", PLAIN.encode().hex()), ("xxd", "-r", "-p"), ("sh",)]) == PLAIN


def test_without_a_shell_or_a_decoder_nothing_is_read():
    assert decoded_script([("echo", HIDDEN), ("base64", "-d"), ("wc",)]) is None
    assert decoded_script([("echo", HIDDEN), ("sort",), ("sh",)]) is None


def test_what_is_not_text_is_not_read():
    noise = base64.b64encode(bytes(range(128, 160))).decode()
    assert decoded_script([("echo", noise), ("base64", "-d"), ("sh",)]) is None


def test_code_of_an_interpreter():
    hidden = base64.b64encode(b"print('hello there')").decode()
    assert decoded_code(("python3", "-c", f"b64decode('{hidden}')")) == "print('hello there')"
    assert decoded_code(("python3", "-c", f"print('{hidden}')")) is None
    assert decoded_code(("ls", "-c", f"b64decode('{hidden}')")) is None
