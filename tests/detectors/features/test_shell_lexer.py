"""The lexer walks once over a script and gives its words and signs."""

from detectors.features.shell_lexer import MAX_WORD, Kind, ShellLexer


def pieces(text, variables=None):
    lexer = ShellLexer(text, variables or {})
    found = []
    while (piece := lexer.next()) is not None:
        found.append(piece)
    return found


def test_words_and_signs_come_in_their_order():
    kinds = [(piece.kind, piece.text) for piece in pieces("a|b>c;d")]
    assert kinds == [
        (Kind.WORD, "a"),
        (Kind.PIPE, ""),
        (Kind.WORD, "b"),
        (Kind.REDIRECT, ">"),
        (Kind.WORD, "c"),
        (Kind.END, ""),
        (Kind.WORD, "d"),
    ]


def test_or_is_an_end_and_no_pipe():
    assert [piece.kind for piece in pieces("a || b")] == [Kind.WORD, Kind.END, Kind.WORD]


def test_numbers_of_streams_are_no_words():
    assert [piece.text for piece in pieces("a 2>x")] == ["a", ">", "x"]
    assert [piece.text for piece in pieces("a b2>x")] == ["a", "b2", ">", "x"]


def test_scripts_inside_a_word_are_kept_apart():
    word = pieces('x"$(a (b) ")")"y')[0]
    assert (word.text, word.inner) == ("x$()y", ['a (b) ")"'])


def test_a_variable_that_is_not_quoted_says_so():
    plain, quoted = pieces('$a "$a"', {"a": "1 2"})
    assert (plain.text, plain.was_variable) == ("1 2", True)
    assert (quoted.text, quoted.was_variable) == ("1 2", False)


def test_what_is_unclosed_ends_with_the_text():
    assert [piece.text for piece in pieces("'a b")] == ["a b"]
    assert pieces("$(a b")[0].inner == ["a b"]


def test_words_are_cut():
    assert len(pieces("a" * (MAX_WORD + 5))[0].text) == MAX_WORD


def test_the_body_of_a_document_is_jumped_over():
    lexer = ShellLexer("cat <<E\nbody\nE\nls", {})
    assert [lexer.next().text for _ in range(3)] == ["cat", "<<", "E"]
    assert lexer.rest_of_bodies("E") == "body\n"
    assert [piece.text for piece in (lexer.next(), lexer.next(), lexer.next()) if piece and piece.text] == ["ls"]
