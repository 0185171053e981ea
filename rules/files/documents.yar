// Plainwatch rules: office documents that do something by themselves or pull something in.
// VBA source is compressed inside the old office container, but the names used in it stay readable beside it.
// SPDX-License-Identifier: GPL-2.0-or-later

// Rule files of other scanners hold the same words on purpose; they are known by their shape, unless they run as something else.
global private rule NotARuleFile
{
    strings:
        $yara = /\brule[ \t]{1,4}[A-Za-z_]\w{0,120}[^{}"]{0,200}\{\s{0,20}(meta|strings|condition)\s{0,4}:/
        $yara_end = /\bcondition\s{0,4}:/
        $sigma = "logsource:"
        $sigma_end = "detection:"
        $snort = /\balert (tcp|udp|ip|http) [^\n]{5,200}\(msg:/
    condition:
        not (($yara and $yara_end) or ($sigma and $sigma_end) or #snort > 2)
        // "<?", "<%", "MZ", "PK", "%P", "{\", "#!" and the old office head run, whatever else they hold
        or uint16(0) == 0x3f3c or uint16(0) == 0x253c or uint16(0) == 0x5a4d or uint16(0) == 0x4b50
        or uint16(0) == 0x5025 or uint16(0) == 0x5c7b or uint16(0) == 0x2123 or uint32(0) == 0xe011cfd0
}

private rule OfficeContainer
{
    condition:
        uint32(0) == 0xe011cfd0 and uint32(4) == 0xe11ab1a1
}

private rule ZipContainer
{
    condition:
        uint32(0) == 0x04034b50
}

private rule CarriesVba
{
    strings:
        $folder = "_VBA_PROJECT" wide
        $source = { 00 41 74 74 72 69 62 75 74 00 65 20 }  // how compressed VBA source always begins
    condition:
        OfficeContainer and any of them
}

private rule VbaStartsByItself
{
    strings:
        // names in the list of names are followed by two bytes of any kind, so no word end is asked for
        $open = /\b(auto_?open|auto_?exec|auto_?close|auto_?new|document_(open|close|new)|workbook_(open|activate|beforeclose)|documentopen)/ nocase
        $control = /\w{1,40}_(layout|painted|resize|onconnecting|mousehover|ondisconnected)/ nocase
    condition:
        CarriesVba and any of them
}

rule MacroStartsAndRunsCommands
{
    meta:
        description = "A document's small program starts by itself when the document is opened and can start other programs."
        reason = "macro_document"
        severity = "high"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "VBA with a name that Office calls by itself, and a word that starts programs"
        must_not_match = "a macro that sums up cells or prints, even when it starts by itself"
        confidence = "0.85"
    strings:
        $shell = /\b(shellexecute[aw]?|wscript\.shell|shell\.application|createprocess[aw]|winexec)/ nocase
        $shell_word = /(\x05\x00shell|\bshell\b)/ nocase
        $wmi = /\b(win32_process|winmgmts)/ nocase
        $words = /\b(powershell|mshta|rundll32|regsvr32|cmd(\.exe)? \/c)/ nocase
    condition:
        VbaStartsByItself and filesize < 30MB and any of them
}

rule MacroStartsAndFetches
{
    meta:
        description = "A document's small program starts by itself and can fetch files from the internet."
        reason = "macro_document"
        severity = "high"
        technique = "T1059.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "fetches_more"
        must_match = "VBA with a name that Office calls by itself, and a word that fetches or writes a fetched file"
        must_not_match = "a macro that reads cells of the same document"
        confidence = "0.85"
    strings:
        $fetch = /\b(urldownloadtofile[aw]?|urlmon|winhttprequest|internetopenurl[aw]?|xmlhttp|serverxmlhttp)/ nocase
        $stream = /\badodb\.stream/ nocase
        $thread = /\b(virtualalloc(ex)?|rtlmovememory|createthread|enumsystemlanguagegroups[aw]|heapcreate)/ nocase
    condition:
        VbaStartsByItself and filesize < 30MB and any of them
}

rule MacroStartsAndReachesOut
{
    meta:
        description = "A document's small program starts by itself and reaches for parts of the computer outside the document."
        reason = "macro_document"
        severity = "medium"
        technique = "T1059.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "VBA with a name that Office calls by itself, and a word that opens another component by its name"
        must_not_match = "a macro that starts by itself and only touches its own document"
        confidence = "0.6"
    strings:
        $object = /\b(createobject|getobject|callbyname)/ nocase
        $place = /\b(environ|specialfolders|expandenvironmentstrings)/ nocase
        $api = /\b(kernel32|shell32|ntdll)/ nocase
    condition:
        VbaStartsByItself and filesize < 30MB and any of them
}

rule MacroStartsByItself
{
    meta:
        description = "A document's small program starts by itself when the document is opened."
        reason = "macro_document"
        severity = "low"
        technique = "T1059.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "VBA with a name that Office calls by itself"
        must_not_match = "a document without VBA, or with VBA that waits for a person"
        confidence = "0.4"
    condition:
        VbaStartsByItself
}

rule MacroInside
{
    meta:
        description = "A modern document carries a small program."
        reason = "macro_document"
        severity = "low"
        technique = "T1059.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "program_in_document"
        must_match = "an office zip whose list of parts names a VBA project"
        must_not_match = "an office zip without such a part"
        confidence = "0.3"
    strings:
        $part = /(word|xl|ppt|visio)\/vbaProject\.bin/
    condition:
        ZipContainer and $part
}

rule OldMacroSheet
{
    meta:
        description = "A table holds a macro sheet of the old Excel kind with a part that starts by itself or is hidden."
        reason = "macro_document"
        severity = "medium"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "old_macro_sheet"
        must_match = "the head of an Excel 4 macro sheet, with a start name or a hidden sheet"
        must_not_match = "a workbook with ordinary sheets"
        confidence = "0.7"
    strings:
        $sheet = { 09 08 10 00 00 06 40 00 }
        $start = { 18 00 ?? 00 (20 | 21) 00 00 01 ?? 00 00 00 ?? ?? 00 00 00 00 (00 | 01) (01 | 02) }
        $start_text = /\bauto_(open|close)/ nocase ascii wide
        $hidden = { 85 00 ?? 00 ?? ?? ?? 00 (01 | 02) 01 ?? 00 }
    condition:
        OfficeContainer and $sheet and ($start or $start_text or $hidden)
}

rule MacroSheetFormulas
{
    meta:
        description = "A macro sheet starts programs or calls into the system."
        reason = "macro_document"
        severity = "high"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "the XML of a macro sheet with a formula that runs, calls or registers"
        must_not_match = "the XML of an ordinary sheet"
        confidence = "0.85"
    strings:
        $sheet = /<(xm:)?macrosheet\b/
        $run = /<f[^>]{0,60}>[^<]{0,200}\b(EXEC|CALL|REGISTER|FOPEN|FWRITE|URLDOWNLOADTOFILEA?)\(/ nocase
        $steps = /<f[^>]{0,60}>[^<]{0,80}\b(FORMULA|FORMULA\.FILL|SET\.VALUE|GET\.WORKSPACE|RUN|ALERT|HALT)\(/ nocase
    condition:
        filesize < 30MB and $sheet in (0..2048) and ($run or #steps > 2)
}

rule MacroSheetInside
{
    meta:
        description = "A modern table carries a macro sheet of the old Excel kind."
        reason = "macro_document"
        severity = "low"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "old_macro_sheet"
        must_match = "an office zip whose list of parts names a macro sheet"
        must_not_match = "an office zip with ordinary sheets"
        confidence = "0.5"
    strings:
        $part = "xl/macrosheets/"
    condition:
        ZipContainer and $part
}

rule MacroSheetPacked
{
    meta:
        description = "A modern table of the binary kind carries a macro sheet of the old Excel kind."
        reason = "macro_document"
        severity = "medium"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "old_macro_sheet"
        must_match = "an office zip whose list of parts names a macro sheet in the binary form"
        must_not_match = "a binary table with ordinary sheets"
        confidence = "0.65"
    strings:
        $part = /xl\/macrosheets\/\w{1,40}\.bin/
    condition:
        ZipContainer and $part
}

rule MailCarriesMacroDocument
{
    meta:
        description = "A saved e-mail carries a document with a small program."
        reason = "macro_document"
        severity = "medium"
        technique = "T1566.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "program_in_document"
        must_match = "a mail with an attachment that is declared as a document with macros"
        must_not_match = "a mail with an ordinary document"
        confidence = "0.6"
    strings:
        $mail = "MIME-Version:" nocase
        $kind = /Content-Type:\s{0,4}application\/vnd\.ms-(word\.(document|template)|excel\.(sheet|template|addin)|powerpoint\.(presentation|slideshow|template))\.macroenabled/ nocase
        $packed = /Content-Transfer-Encoding:\s{0,4}base64/ nocase
    condition:
        filesize < 40MB and $mail in (0..8192) and $kind and $packed
}

rule WorkbookStartName
{
    meta:
        description = "A modern table names a cell that starts by itself when the table is opened."
        reason = "macro_document"
        severity = "medium"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "the workbook part with a start name"
        must_not_match = "a workbook part with print areas and filters"
        confidence = "0.6"
    strings:
        $book = "<workbook"
        $name = /<definedName[^>]{0,80}name="_xlnm\.Auto_?(Open|Close|Activate)/ nocase
    condition:
        filesize < 5MB and $book and $name
}

rule LinkedTableRuns
{
    meta:
        description = "A plain-text table starts by itself and runs a command."
        reason = "macro_document"
        severity = "high"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "a SYLK file with a start name, or with a formula that runs or calls"
        must_not_match = "a SYLK file with sums"
        confidence = "0.8"
    strings:
        $head = "ID;P"
        $start = /\nNN;NAuto_(open|close)/ nocase
        $run = /\nC;[^\n]{0,200};E(EXEC|CALL|REGISTER)\(/ nocase
    condition:
        filesize < 5MB and $head at 0 and any of ($start, $run)
}

rule WebArchiveWithMacro
{
    meta:
        description = "A document saved as a web archive hides an office container with a small program."
        reason = "macro_document"
        severity = "high"
        technique = "T1027.009"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_in_other_kind"
        must_match = "a MIME text or an XML document that carries the packed head of an office container for programs"
        must_not_match = "an ordinary saved web page"
        confidence = "0.8"
    strings:
        $mime = "MIME-Version:" nocase
        $xml = "<?mso-application progid=\"Word.Document\"?>"
        $packed = /QWN0aX(ZlTWlt|[\r\n]{1,2}ZlTWlt)/
        $spaced = /Q[\r\n ]{0,3}W[\r\n ]{0,3}N[\r\n ]{0,3}0[\r\n ]{0,3}aX[\r\n ]{0,3}ZlTWlt/
        $vba = "macrosPresent=\"yes\""
    condition:
        filesize < 20MB and (($mime in (0..4096) and any of ($packed, $spaced)) or ($xml in (0..4096) and $packed and $vba))
}

rule TemplateFromOutside
{
    meta:
        description = "A document fetches a part of itself from an address outside."
        reason = "document_with_link_in"
        severity = "high"
        technique = "T1221"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "pulls_part_from_outside"
        must_match = "a list of parts that takes a template, object, frame or sub-document from a web address or another computer"
        must_not_match = "links a person can click, pictures, and templates on this computer"
        confidence = "0.85"
    strings:
        $outside = /TargetMode\s{0,4}=\s{0,4}["']External["']/
        $kind_first = /relationships\/(attachedTemplate|oleObject|frame|subDocument|externalLinkPath)["'][^>]{0,200}\bTarget\s{0,4}=\s{0,4}["'](https?:|mhtml:|ftp:|\\\\|file:\/\/\/?\\\\|file:\/\/[a-z0-9][a-z0-9.@-]{1,80}[\/\\])/ nocase
        $target_first = /\bTarget\s{0,4}=\s{0,4}["'](https?:|mhtml:|ftp:|\\\\|file:\/\/\/?\\\\|file:\/\/[a-z0-9][a-z0-9.@-]{1,80}[\/\\])[^>]{0,400}relationships\/(attachedTemplate|oleObject|frame|subDocument)["']/ nocase
    condition:
        filesize < 1MB and $outside and any of ($kind_first, $target_first)
}

rule FieldStartsProgram
{
    meta:
        description = "A field in a document asks another program to run."
        reason = "document_with_link_in"
        severity = "high"
        technique = "T1559.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a DDE field of a Word document with a program behind it"
        must_not_match = "a document that only writes about such fields"
        confidence = "0.85"
    strings:
        $instr = /<w:instrText[^>]{0,60}>\s{0,8}"?\s{0,4}DDE(AUTO)?\s/ nocase
        $simple = /w:instr\s{0,2}=\s{0,2}["']\s{0,8}DDE(AUTO)?\s/ nocase
        $old = /\x13\s{0,8}DDE(AUTO)?\s{1,8}["\\a-zA-Z]/
        $rtf = /\\fldinst[^}]{0,80}\bDDE(AUTO)?\s/ nocase
        $excel = /<ddeLink\b[^>]{0,200}ddeService="(cmd|powershell|mshta|msexcel|rundll32|regsvr32|wscript)/ nocase
    condition:
        filesize < 30MB and any of them
}

rule CellStartsProgram
{
    meta:
        description = "A cell of a table asks another program to run."
        reason = "document_with_link_in"
        severity = "high"
        technique = "T1559.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a short text table with a cell that begins with a program and a bar"
        must_not_match = "a table with ordinary formulas"
        confidence = "0.8"
    strings:
        $cell = /(^|[\r\n,;"\t'])[=+@-][+-]?\s{0,3}(cmd|powershell|mshta|msexcel|rundll32|regsvr32|wscript|certutil)\s{0,2}\|\s{0,2}'/ nocase
        $prose = /<(html|body|div|code|pre)\b/ nocase
    condition:
        filesize < 2MB and $cell and not $prose
}

rule RichTextCarriesEquation
{
    meta:
        description = "A rich-text document carries an object of a retired formula editor that is known for its holes."
        reason = "document_with_link_in"
        severity = "high"
        technique = "T1203"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "object_opens_itself"
        must_match = "rich text with object data that names the retired formula editor or a self-updating link"
        must_not_match = "rich text with pictures and tables"
        confidence = "0.85"
    strings:
        $head = "{\\rt"
        $data = /\\objdata/ nocase
        $equation = /4[\s]{0,2}5[\s]{0,2}7[\s]{0,2}1[\s]{0,2}7[\s]{0,2}5[\s]{0,2}6[\s]{0,2}1[\s]{0,2}7[\s]{0,2}4[\s]{0,2}6[\s]{0,2}9[\s]{0,2}6f/ nocase
        $equation_bytes = { 02 CE 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
        $equation_class = /\\objclass\s{1,4}equation\.3/ nocase
        $equation_id = "02ce020000000000c000000000000046" nocase
        $link = "4f4c45324c696e6b" nocase
    condition:
        filesize < 20MB and $head in (0..64) and $data and any of ($equation*, $link)
}

rule RichTextObjectOpensItself
{
    meta:
        description = "A rich-text document carries an object that opens by itself or is written in a way that hides it."
        reason = "document_with_link_in"
        severity = "medium"
        technique = "T1203"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "object_opens_itself"
        must_match = "rich text with object data that updates itself, or with a broken head or broken-up object data"
        must_not_match = "rich text with an embedded table that waits for a click"
        confidence = "0.7"
    strings:
        $head = "{\\rt"
        $good_head = "{\\rtf1"
        $data = /\\objdata/ nocase
        $update = "\\objupdate"
        $auto = "\\objautlink"
        $broken = /\\objdata[^}]{0,40}(\\'[0-9a-f]{2}[^}]{0,12}){2}/ nocase
        $nested = /\\objdata\s{0,8}[0-9]{3,12}[^0-9a-fA-F\s\\{}]/
    condition:
        filesize < 20MB and $head in (0..64) and $data
        and ($update or $auto or $broken or $nested or not $good_head at 0 and #data > 0)
}

rule HelpToolLink
{
    meta:
        description = "A document or page opens the system's trouble-shooter with a command inside the address."
        reason = "document_with_link_in"
        severity = "high"
        technique = "T1203"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a trouble-shooter address with its package and a command expression"
        must_not_match = "a page that only names the trouble-shooter"
        confidence = "0.85"
    strings:
        $address = /ms-msdt:[\/\\]?\/?(id|-id)\b/ nocase
        $package = "PCWDiagnostic" nocase
        $answer = /IT_(BrowseForFile|RebrowseForFile|LaunchMethod)\s{0,2}=/ nocase
        $expression = /\$\(\s{0,4}(Invoke|iex|&|\[)/ nocase
    condition:
        filesize < 2MB and $address and $package and $answer and $expression
}
