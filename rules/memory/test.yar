// Plainwatch rules for memory: a harmless text made for trying a scanner out.
// SPDX-License-Identifier: GPL-2.0-or-later

rule AgreedTestLine
{
    meta:
        description = "The line that the makers of virus scanners agreed on for trying a scanner out. It does nothing."
        reason = "test_file"
        severity = "informational"
        technique = ""
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "agreed_test_line"
        must_match = "a program that holds the agreed 68 letters"
        must_not_match = "a program that holds the second half of them"
        confidence = "1.0"
    strings:
        $line = /X5[O]!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$EI[C]AR-STANDARD-ANTIVI[R]US-TEST-FILE!\$H\+H\*/ ascii wide
    condition:
        $line
}

rule PracticeMark
{
    meta:
        description = "A harmless practice mark of Plainwatch, made for a lesson or a try-out."
        reason = "test_file"
        severity = "informational"
        technique = ""
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "practice_mark"
        must_match = "the practice mark, a word and eight hexadecimal digits"
        must_not_match = "a page that explains the mark with a place-holder"
        confidence = "1.0"
    strings:
        $mark = /PLAINWATCH-PRACTIC[E]-[A-Z]{3,12}-[0-9A-F]{8}/ ascii wide
    condition:
        $mark
}
