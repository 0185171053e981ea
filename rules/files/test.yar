// Plainwatch rules: harmless files made for trying a scanner out.
// SPDX-License-Identifier: GPL-2.0-or-later

rule StandardTestFile
{
    meta:
        description = "The file that the makers of virus scanners agreed on for trying a scanner out. It does nothing."
        reason = "test_file"
        severity = "low"
        technique = ""
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "agreed_test_line"
        must_match = "a file of at most 128 bytes that begins with the agreed 68 letters"
        must_not_match = "a page or a manual that quotes the letters"
        confidence = "1.0"
    strings:
        // Brackets keep the agreed line itself out of this file, so that other scanners stay calm.
        $line = /X5[O]!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$EI[C]AR-STANDARD-ANTIVI[R]US-TEST-FILE!\$H\+H\*/
    condition:
        filesize <= 128 and $line at 0
}

rule PracticeFile
{
    meta:
        description = "A harmless practice file of Plainwatch, made for a lesson or a try-out."
        reason = "test_file"
        severity = "low"
        technique = ""
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "practice_mark"
        must_match = "the practice mark, a word and eight hexadecimal digits in the first 4 KB of a small file"
        must_not_match = "a page that explains the mark with a place-holder"
        confidence = "1.0"
    strings:
        $mark = /PLAINWATCH-PRACTIC[E]-[A-Z]{3,12}-[0-9A-F]{8}/ ascii wide
    condition:
        filesize < 1MB and $mark in (0..4096)
}
