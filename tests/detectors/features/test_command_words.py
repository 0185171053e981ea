"""A word is a word, however the line was written; what is hidden in code can be read."""

import base64
import gzip
import time

import pytest

from detectors.features.command_decoding import MAX_DECODED_BYTES, decode_layers, longest_run
from detectors.features.command_words import MAX_COMMAND, cut_command, plain_command, plain_text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"C:\Windows\System32\net.exe  user", " net user "),
        ('"C:\\Program Files\\a b\\tool.exe" /Create \u2013tn "x y"', " tool -create -tn x y "),
        (r'cmd.exe /c "n^et us^er & start /b C:\Windows\System32\whoami.exe"', " cmd -c net user & start -b whoami "),
        ("powershell 'Down' + 'load'; i`ex a", " powershell download ; iex a "),
        (r"copy C:\Windows\a.exe D:\b.exe", r" copy c:\windows\a.exe d:\b.exe "),
        ("curl https://files.example/a/b.exe", " curl https://files.example/a/b.exe "),
        ("net\u00a0us\u200ber", " net user "),
    ],
)
def test_a_line_has_a_plain_form(written, plain):
    assert plain_command(written) == plain


def test_a_path_without_quotes_is_known_by_the_program():
    path = r"C:\Program Files\a b\tool.exe"
    assert plain_command(path + " /x", path) == " tool -x "


def test_nothing_is_known_of_no_line():
    assert plain_command(None) == ""


def test_beginning_and_end_of_long_lines_are_kept():
    cut = cut_command("begin " + "x" * 100_000 + " end")
    assert len(cut) == MAX_COMMAND + 1
    assert cut.startswith("begin")
    assert cut.endswith("end")


def coded(text: str, encoding: str = "utf-16-le") -> str:
    return base64.b64encode(text.encode(encoding)).decode()


def test_encoded_text_is_read_in_two_layers():
    inner = "the inner words that were hidden"
    outer = "outer words and then " + coded(inner)
    assert inner in decode_layers("powershell -enc " + coded(outer))


def test_packed_and_numbered_text_is_read():
    packed = base64.b64encode(gzip.compress(b"some words that were packed away, twice as long")).decode()
    assert "packed away" in decode_layers(packed)
    numbers = ",".join(str(ord(one)) for one in "numbered letters here")
    assert "numbered letters here" in decode_layers(numbers)
    chars = "+".join(f"[char]{ord(one)}" for one in "letters")
    assert "letters" in decode_layers(chars)


def test_what_is_no_code_stays_unread():
    assert decode_layers(r"C:\Users\eve\AppData\Local\Programs\Microsoft\Windows\a.exe --type=renderer") == ""
    assert decode_layers("https://files.example/abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789") == ""
    assert longest_run("d41d8cd98f00b204e9800998ecf8427e") == 0


def test_a_bomb_is_opened_to_the_limit_only():
    bomb = base64.b64encode(gzip.compress(b"word " * 10_000_000)).decode()
    assert len(decode_layers(bomb)) <= MAX_DECODED_BYTES


@pytest.mark.parametrize(
    "piece", ["[char]65+", "%a:~1,1%", "a^", "'+'", "65,", "A0", "\\\\", "((", "$a[1]", "//", "=="]
)
def test_endless_pieces_take_no_endless_time(piece):
    began = time.process_time()
    text = piece * (200_000 // len(piece))
    plain_command(text)
    plain_text(text)
    decode_layers(cut_command(text))
    assert time.process_time() - began < 2.0
