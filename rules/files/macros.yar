// Plainwatch rules: the source text of macros, unpacked from the office container.
// What the packed container shows is looked at in documents.yar; here the words stand as their writer wrote them.
// SPDX-License-Identifier: GPL-2.0-or-later

private rule MacroText
{
    strings:
        $name = "Attribute VB_Name = "
    condition:
        $name at 0 and filesize < 6MB
}

rule MacroTextStartsByItself
{
    meta:
        description = "The text of a document's macro starts by itself when the document is opened."
        reason = "macro_document"
        severity = "low"
        technique = "T1059.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-24"
        sign = "starts_by_itself"
        must_match = "a procedure that Office calls by itself"
        must_not_match = "a macro that waits for a button"
        confidence = "0.4"
    strings:
        $start = /\bsub\s{1,8}(auto_?(open|exec|close|new)|(document|workbook)_(open|close|new|activate|beforeclose)|\w{1,40}_(layout|painted|mousehover))\b/ nocase
    condition:
        MacroText and $start
}

rule MacroTextStartsPrograms
{
    meta:
        description = "The text of a document's macro starts by itself and starts other programs."
        reason = "macro_document"
        severity = "high"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-24"
        sign = "runs_commands"
        must_match = "a procedure that Office calls by itself, and a call that starts programs or scripts, in one project"
        must_not_match = "a macro that starts by itself and prints, and the word shell in a remark"
        confidence = "0.9"
    strings:
        $call = /\n[^'\n]{0,200}\b(shell(execute[aw]?)?\s{0,4}[( "]|wscript\.shell|shell\.application|win32_process|winmgmts:)/ nocase
        $words = /\n[^'\n]{0,200}\b(powershell|mshta|rundll32|regsvr32|certutil|bitsadmin|cmd(\.exe)? \/c)/ nocase
    condition:
        MacroTextStartsByItself and any of them
}

rule MacroWithoutItsText
{
    meta:
        description = "A document's macro has its readable text taken away, and what is left starts by itself and starts programs."
        reason = "macro_document"
        severity = "medium"
        technique = "T1564.007"
        licence = "GPL-2.0-or-later"
        date = "2026-11-24"
        sign = "macro_text_taken_away"
        must_match = "our own list of names of a project without any procedure in its text, with a start and a doing word"
        must_not_match = "such a list without words that start programs or fetch"
        confidence = "0.7"
    strings:
        $list = "Names of a macro without its text\n"
        $does = /(wscript|shell|createobject|urldownloadtofile|xmlhttp|winmgmts|virtualalloc|createthread)/ nocase
    condition:
        $list at 0 and $does
}
