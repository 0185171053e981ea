// Plainwatch rules: scripts whose words were made hard to read, and that do something.
// Each asks for two groups of signs, hiding and doing; long lines or packed pictures alone say nothing.
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

private rule NotAContainer
{
    condition:
        filesize < 3MB and uint16(0) != 0x5a4d and uint32(0) != 0x464c457f and uint16(0) != 0x4b50
        and uint32(0) != 0xe011cfd0 and uint32(0) != 0x46445025 and uint32(0) != 0x5c7b
}

private rule BrowserCode
{
    strings:
        $document = /\bdocument\s{0,2}\.\s{0,2}(getElementById|createElement|querySelector|body|cookie|addEventListener|write|head)\b/
        $window = /\bwindow\s{0,2}\.\s{0,2}(addEventListener|location|document|onload|jQuery|navigator)\b/
        $module = /\b(module\.exports|exports\.\w|define\.amd|require\s{0,2}\(\s{0,2}["'])/
        $html = /<(html|body|!doctype)\b/ nocase
    condition:
        2 of them
}

private rule ScriptHostWords
{
    strings:
        $host = /\bWScript\b/ nocase
        $object = /\b(new\s{1,4}ActiveXObject|CreateObject|GetObject)\s{0,2}\(/ nocase
        $eval = /\b(eval|execute|executeglobal)\s{0,2}\(/ nocase
        $function = /\bnew\s{1,4}Function\s{0,2}\(|\bFunction\s{0,2}\(\s{0,2}["']|\[["']constructor["']\]/
        $this = /\bthis\s{0,2}\[\s{0,2}["'\w]/
        $conditional = "@cc_on"
    condition:
        any of them
}

rule PhpUnpacksAndRuns
{
    meta:
        description = "A web page unpacks a text inside itself and runs it."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "unpacks_and_runs"
        must_match = "PHP whose run word is wrapped around one or more unpacking words"
        must_not_match = "PHP that unpacks pictures or settings"
        confidence = "0.9"
    strings:
        $chain = /\b(eval|assert|create_function)\s{0,4}\(\s{0,4}["']?[?>.\s"'@(]{0,12}(gzinflate|gzuncompress|gzdecode|str_rot13|base64_decode|strrev|convert_uudecode|rawurldecode|urldecode|hex2bin|pack|htmlspecialchars_decode|openssl_decrypt|mcrypt_decrypt|bzdecompress|str_replace|strtr|substr|chr)\s{0,4}\(/ nocase
        $twice = /\b(gzinflate|gzuncompress|str_rot13|strrev)\s{0,4}\(\s{0,4}(@?(gzinflate|gzuncompress|str_rot13|base64_decode|strrev)\s{0,4}\(\s{0,4}){1,6}["'$]/ nocase
        $made = /\bcreate_function\s{0,4}\([^;]{0,40}\b(base64_decode|gzinflate|str_rot13)\s{0,4}\(/ nocase
        $joined = /\beval\s{0,4}\(\s{0,4}["'][^"';]{0,24}["']\s{0,2}\.\s{0,2}["'][^"';]{0,24}["']\s{0,2}\.\s{0,2}["']/ nocase
        $variable = /\beval\s{0,4}\(\s{0,4}@?\$\{?\w{1,30}\}?(\[[^\]]{1,20}\])?\s{0,2}\(/ nocase
        $once = /=\s{0,2}@?(base64_decode|gzinflate|gzuncompress|str_rot13|convert_uudecode)\s{0,2}\(\s{0,2}["'][A-Za-z0-9+\/]{60}/ nocase
        $itself = /\b(file_get_contents|fopen|file)\s{0,2}\(\s{0,2}(__FILE__|\$_F\b)/
        $run = /\beval\s{0,4}\(\s{0,4}["'?>.\s]{0,8}[$@]/ nocase
        $replace = /preg_replace\s{0,2}\(\s{0,2}["'][^"']{1,60}e["']\s{0,2},\s{0,2}["'](\\x65\\x76\\x61\\x6c|eval\s{0,2}\()/ nocase
        $page = "<?"
    condition:
        filesize < 3MB and $page and ($chain or $replace or $made or $joined or $variable or (($once or $itself) and $run) or ($twice and $run))
}

rule PhpWordsAsCodes
{
    meta:
        description = "A web page writes its own words as number codes or as look-alike signs and runs them."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "PHP with coded global names or many look-alike names, and a run word"
        must_not_match = "PHP with codes for foreign letters"
        confidence = "0.8"
    strings:
        $global = /\$\{\s{0,2}["'](\\x[0-9a-f]{2}|\\[0-7]{2,3}|[A-Z]){3,12}["']\s{0,2}\}/ nocase
        $global_code = /\$\{\s{0,2}["'][A-Z]{0,6}\\x[45][0-9a-f]/ nocase
        $index = /\$GLOBALS\s{0,2}\[\s{0,2}["'][^"']{1,24}["']\s{0,2}\]\s{0,2}(\[|\{)\s{0,2}\d{1,3}\s{0,2}(\]|\})\s{0,2}\.\s{0,2}\$GLOBALS/
        $lookalike = /\$(O0O|OO0|O00|OOO|0O0|_O0|_0O|O_0|O0_|o0o|O0o|o0O)[Oo0_]{3}/
        $lookalike_lines = /\$(IlI|lIl|Ill|llI|lll|III|Il1|lI1|l1I|I1l|1lI|IIl|lII)[Il1]{3}/
        $letters = /\]\.\$\w{1,20}[\[{]\d{1,3}[\]}]\.\$\w{1,20}[\[{]\d{1,3}[\]}]\.\$\w{1,20}[\[{]/
        $chain = /(chr\s{0,2}\(\s{0,2}\d{2,3}\s{0,2}\)\s{0,2}\.\s{0,2}){8}/ nocase
        $goto = /\bgoto \w{4,8};\s{0,4}\w{4,8}:\s/
        $coded = /\\x[4-7][0-9a-f]\\x[4-7][0-9a-f]\\x[4-7][0-9a-f]\\x[4-7]/
        $octal = /\\1[0-7]{2}\\x[4-7][0-9a-f]|\\x[4-7][0-9a-f]\\1[0-7]{2}|\\1[0-7]{2}\\1[0-7]{2}\\1[0-7]{2}/
        $run = /\b(eval|assert|create_function|base64_decode|gzinflate|curl_exec|file_put_contents|array_map|call_user_func)\s{0,2}\(|\$GLOBALS\s{0,2}\[[^\]]{1,30}\]\s{0,2}\(/ nocase
        $page = "<?php" nocase
    condition:
        filesize < 3MB and $page and $run and
        (#global_code > 2 or #index > 3 or #lookalike + #lookalike_lines > 15 or #letters > 2 or #chain > 2 or (#goto > 10 and #octal > 10) or (#global > 0 and #coded > 20) or #octal > 60)
}

rule ScriptWordsCutUp
{
    meta:
        description = "A script for Windows keeps the names of system parts in small pieces and joins them when it runs."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "words_cut_up"
        must_match = "five or more different pieces of names of Windows parts, each in quotation marks"
        must_not_match = "a script that joins ordinary words"
        confidence = "0.85"
    strings:
        $host = /["'](WSc|WScr|WScri|WScrip|cript|cript\.|ript\.S|ipt\.She|ipt\.S|pt\.Sh|t\.Shell|t\.She|\.Shell|\.Shel|\.She|ript\.)["']/ nocase
        $object = /["'](ActiveX|tiveX|veXObject|XObject|XObj|Creat|Crea|ateObject|ateObj|CreateO|CreateOb|CreateObj|teObj|teObject|eObje|eObject|eateObject|bject|ject|bjec|Objec)["']/ nocase
        $web = /["'](MSXM|MSXML|MSXML2|MSXML2\.|SXML2|XML2\.|ML2\.|ML2\.X|L2\.X|L2\.XM|2\.XM|2\.XMLH|\.XMLH|XMLH|XMLHT|XMLHTT|MLHTT|MLHTTP|LHTTP)["']/ nocase
        $stream = /["'](ADOD|ADODB|ADODB\.|DODB|DODB\.|ODB\.|DB\.S|DB\.Str|B\.Str|B\.Stre|B\.Stream|\.Str|\.Stre|\.Strea|Strea|\.Stream|tream)["']/ nocase
        $expand = /["'](Expa|Expan|ExpandE|andE|andEn|andEnv|ndEnv|dEnv|dEnvi|dEnviron|nviron|viron|vironm|ronment|nment|nmentS|mentS|mentStr|ntStr|ntStrings|tStrings|trings|rings)["']/ nocase
        $body = /["'](Respon|ResponseB|nseB|seBo|seBody|nseBody|eBody|onseBody)["']/ nocase
        $save = /["'](SaveTo|SaveT|aveT|aveTo|veTo|veToF|ToFile|ToFi|oFile)["']/ nocase
        $temp = /["'](%TE|%TEM|%TEMP|TEMP%|EMP%|MP%\/|%TEMP%|%TEMP%\/|TEMP%\/)["']/ nocase
        $address = /["'](http:\/|ttp:\/\/|tp:\/\/|p:\/\/)["']/ nocase
        $ending = /["'](\.ex|\.scr|\.exe)["']/ nocase
        $map = /^\s{0,4}\{"version":\s{0,2}3/
        $wait = /["'](Slee|leep|Posi|Posit|osition)["']/ nocase
    condition:
        NotAContainer and filesize < 1MB and not BrowserCode and not $map and 4 of ($host, $object, $web, $stream, $expand, $body, $save, $temp, $address, $ending, $wait) and 3 of ($host, $object, $web, $stream, $expand, $body, $temp)
}

rule ScriptWordsAsCodes
{
    meta:
        description = "A script for Windows writes plain letters as number codes and runs what they make."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "a script without a web page around it, with many codes for plain letters and a run word"
        must_not_match = "a packed library for web pages, or codes for foreign letters"
        confidence = "0.7"
    strings:
        $coded = /\\x[4-7][0-9a-f]\\x[4-7][0-9a-f]\\x[4-7][0-9a-f]/ nocase
        $single = /["'][^"'\\\r\n]{0,6}\\x[4-7][0-9a-f][^"'\\\r\n]{0,6}(\\x[4-7][0-9a-f])?[^"'\\\r\n]{0,6}["']/ nocase
        $unicode = /\\u00[4-7][0-9a-f]/ nocase
        $mixed = /\\u00[4-7][0-9a-f]\\x[4-7]|\\x[4-7][0-9a-f]\\u00[4-7]|\\1[0-7]{2}\\u00/ nocase
        $escape = /\bunescape\s{0,2}\(\s{0,2}["']%/ nocase
        $idle = "!+[]"
        $idle_list = /\),\(\d{1,4}, ?\w{1,4}\),\(\d/
        $unescape = /\beval\s{0,2}\(\s{0,2}unescape\s{0,2}\(/ nocase
        $packer = "eval(function(p,a,c,k,e,"
        $packed_host = /\bWScript\b/
        $library = /@license|@preserve|sourceMappingURL|\bCopyright\b|webpack|\/\*!/
        $script = /\b(var|function|try|this|eval|new)\b/
    condition:
        NotAContainer and not BrowserCode and not $library and filesize < 1MB and $script and
        (#mixed > 5 or #idle > 5 or #idle_list > 50 or #unescape > 0 or ($packer and $packed_host) or (ScriptHostWords and (#coded > 8 or #single > 15 or #unicode > 60 or #escape > 3)))
}

rule ScriptWordsTurned
{
    meta:
        description = "A script writes the names of system parts backwards, spaced out or in wild capital letters."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1027.010"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "a name of a system part spelled backwards or with blanks between its letters, or in random capitals"
        must_not_match = "a script that writes the names as people do"
        confidence = "0.75"
    strings:
        $turned1 = "tcejbOetaerC" nocase
        $turned2 = "llehS.tpircSW" nocase
        $turned3 = "llehsrewop" nocase
        $turned4 = "maertS.BDODA" nocase
        $turned5 = "PTTHLMX" nocase
        $spaced1 = "C r e a t e O b j e c t" nocase
        $spaced2 = "S c r i p t . S h e l l" nocase
        $spaced3 = "p o w e r s h e l l" nocase
        $any = "wscript.shell" nocase
        $plain1 = "WScript.Shell"
        $plain2 = "wscript.shell"
        $plain3 = "Wscript.Shell"
        $plain4 = "WSCRIPT.SHELL"
        $plain5 = "WScript.shell"
        $plain6 = "wscript.Shell"
        $plain7 = "WSCript.Shell"
        $plain8 = "Wscript.shell"
        $plain9 = "WScript.SHELL"
        $plain10 = "wScript.Shell"
        $plain11 = "WSCRIPT.Shell"
        $run = /\b(createobject|activexobject|eval|execute|strreverse|reverse|iex|invoke-expression)\b/ nocase
    condition:
        NotAContainer and filesize < 1MB and $run and (any of ($turned*) or any of ($spaced*)
        or #any > #plain1 + #plain2 + #plain3 + #plain4 + #plain5 + #plain6 + #plain7 + #plain8 + #plain9 + #plain10 + #plain11)
}

rule ScriptCarriesProgram
{
    meta:
        description = "A script holds a whole Windows program as numbers or packed text and puts it to work."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027.009"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "carries_program"
        must_match = "a script with the head of a program in a readable form, and a word that writes, loads or starts it"
        must_not_match = "a script with packed pictures"
        confidence = "0.8"
    strings:
        $decimal = /\b77, ?90, ?144, ?0, ?3, ?0, ?0, ?0/
        $hex_list = /0x4d, ?0x5a, ?0x90, ?0x00, ?0x03/ nocase
        $hex = "4D5A90000300000004000000FFFF" nocase ascii wide
        $packed = "TVqQAAMAAAAEAAAA" ascii wide
        $packed_other = /TV(pQAAIAAAAEAA8A|oAAAAAAAAAAAAA|qAAAEAAAAEABAA)/ ascii wide
        $work = /\b(WriteAllBytes|Assembly\]::Load|SaveToFile|Start-Process|\.Run\b|VirtualAlloc|adTypeBinary|\.Invoke\s{0,2}\(|ShellExecute|Set-Content|ReflectivePE|PEBytes\w{0,4}|CreateObject|certutil|fwrite|file_put_contents|exec\s{0,2}\(|Response\.BinaryWrite)/ nocase ascii wide
        $page = /<(html|svg|body)\b/ nocase
    condition:
        filesize < 20MB and uint16(0) != 0x5a4d and uint32(0) != 0x464c457f and uint16(0) != 0x4b50
        and uint32(0) != 0xe011cfd0 and uint32(0) != 0x46445025 and not $page
        and any of ($decimal, $hex_list, $hex, $packed, $packed_other) and $work
}

rule ScriptMachineMade
{
    meta:
        description = "A script for Windows is built from idle lists, idle functions and tables of letters, as only a machine writes it."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "words_cut_up"
        must_match = "many idle lists, one-value functions or letter tables in a small script without a web page around it"
        must_not_match = "a script that a person wrote, or a packed library for web pages"
        confidence = "0.65"
    strings:
        $list = /", ?"[\w.%]{0,12}"\)\+\("/
        $list_wide = /", ?"[\w.%]{0,12}"\) \+ \("/
        $table = /\b(new )?Array\((["']\w{1,4}["'], ?){20}/
        $pick = /\["[\w.]{1,3}"\]\[\(/
        $reach = /function \w{4,80}\(\w{0,3}\) ?\{ ?return \w{4,80}\[\d{1,4}\]/
        $constant = /function \w{3,20}\(\) ?\{\s{1,8}var \w{3,20} = ["'][^"'\r\n]{1,30}["'];\s{1,8}return \w{3,20};\s{1,6}\}/
        $decoder = /String\.prototype\.\w{4,30}\s{0,2}=\s{0,2}function\s{0,2}\(\s{0,2}\)\s{0,2}\{[^}]{0,80}\b(charAt|charCodeAt|substr|split)\b/
        $library = /@license|@preserve|sourceMappingURL|\bCopyright\b|webpack|\/\*!/
    condition:
        NotAContainer and filesize < 500KB and not BrowserCode and not $library and
        (#list + #list_wide > 8 or #pick > 8 or #reach > 8 or #constant > 8 or ($table and ScriptHostWords) or ($decoder and #list + #list_wide > 2))
}

rule ScriptEncodedByTool
{
    meta:
        description = "A script was put into the unreadable form that Windows still runs."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "the head and the end of an encoded script of the Windows script host"
        must_not_match = "a page that names the form"
        confidence = "0.7"
    strings:
        $head = /#@~\^[A-Za-z0-9+\/]{6}==/
        $end = "==^#~@"
    condition:
        NotAContainer and $head and $end
}

rule BasicScriptLetterSums
{
    meta:
        description = "A Visual Basic script puts its words together from letter numbers and runs them."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "words_cut_up"
        must_match = "a script with long chains of letter numbers, and a word that runs or opens a system part"
        must_not_match = "a script with a line break by number"
        confidence = "0.8"
    strings:
        $chain = /(chrw?\s{0,2}\(\s{0,2}[^()]{1,30}\)\s{0,4}[&+]\s{0,4}){6}/ nocase
        $split = /\bsplit\s{0,2}\(\s{0,2}"[^"\r\n]{200}/ nocase
        $step = /chrw?\s{0,2}\(\s{0,2}(eval|asc|cint|clng)\s{0,2}\(/ nocase
        $run = /\b(execute|executeglobal|eval|createobject|wscript\.shell|shellexecute|getobject)\b/ nocase
        $basic = /\b(dim|sub|function|set|on error|wscript)\b/ nocase
    condition:
        NotAContainer and filesize < 1MB and $basic and $run and (#chain > 1 or ($split and $step) or #step > 3)
}

rule BatchLettersFromVariables
{
    meta:
        description = "A batch file spells its commands letter by letter out of variables."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "words_cut_up"
        must_match = "long runs of single letters taken from variables"
        must_not_match = "a batch file that cuts a date into pieces"
        confidence = "0.85"
    strings:
        $letters = /(%[^%\s]{1,40}:~\s{0,2}-?\d{1,4}\s{0,2},\s{0,2}1%){6}/
        $named = /(%[A-Za-z]{4,20}%){10}/
        $carets = /(\^o\^w\^e|\^h\^e\^l|\^e\^l\^l|\^t\^a\^r|\^c\^h\^o|\^h\^t\^t|\^t\^t\^p|\^s\^e\^t|\^c\^m\^d)/ nocase
        $batch = /\b(set|echo|cmd|@echo|start|call)\b/ nocase
    condition:
        NotAContainer and filesize < 2MB and $batch and (#letters > 1 or #named > 10 or #carets > 4)
}

rule PythonUnpacksAndRuns
{
    meta:
        description = "A Python script unpacks a text inside itself and runs it."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "unpacks_and_runs"
        must_match = "Python whose run word is wrapped around unpacking words"
        must_not_match = "Python that unpacks data for itself"
        confidence = "0.85"
    strings:
        $chain = /\b(exec|eval)\s{0,2}\(\s{0,4}(compile\s{0,2}\(\s{0,4})?((__import__\s{0,2}\(\s{0,2}["'](zlib|base64|marshal|codecs|lzma|gzip|bz2)["']\s{0,2}\)|zlib|base64|marshal|codecs|lzma|gzip|bz2|bytes)\s{0,2}\.\s{0,2}(decompress|b64decode|b32decode|b85decode|a85decode|b16decode|loads|decode|fromhex|getdecoder)\s{0,2}\()/
        $lambda = /\(\s{0,2}lambda\s{1,2}__\s{0,2}:\s{0,2}__import__\s{0,2}\(/
        $turned = /\bexec\s{0,2}\(\s{0,2}\(?_+\)?\s{0,2}\(\s{0,2}b["']/
        $chr = /\bexec\s{0,2}\(\s{0,4}["']{1,2}\.join\s{0,2}\(\s{0,4}(map\s{0,2}\(\s{0,2}chr|\[?\s{0,2}chr\s{0,2}\()/
    condition:
        NotAContainer and any of them
}

rule ShellUnpacksAndRuns
{
    meta:
        description = "A shell script unpacks a text inside itself and runs it."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "unpacks_and_runs"
        must_match = "a packed text that is decoded and handed to a shell"
        must_not_match = "a script that decodes a picture or a certificate into a file"
        confidence = "0.75"
    strings:
        $pipe = /\b(echo|printf|cat\s{0,2}<<<)\s{1,4}(-n\s{1,2})?["']?[A-Za-z0-9+\/=]{60,4000}["']?\s{0,4}\|\s{0,4}(openssl base64 -d|openssl enc -d|base64\s{1,2}(-d|-D|--decode|-di))[^\n|]{0,20}\|\s{0,4}(gunzip[^|\n]{0,10}\|\s{0,2})?(sudo\s{1,2})?(ba|da|z)?sh\b/
        $eval = /\b(eval|bash -c|sh -c)\s{1,2}["']?(\$\(|`)\s{0,2}(echo|printf)\s{1,2}(-n\s{1,2})?["']?[A-Za-z0-9+\/=]{60,4000}["']?\s{0,2}\|\s{0,2}base64\s{1,2}(-d|-D|--decode)/
        $hex = /\b(echo -n?e|printf)\s{1,2}["'](\\x[0-9a-f]{2}){30}[^\n]{0,4000}\|\s{0,2}(ba)?sh\b/ nocase
        $python = /\bpython[23]?\s{1,2}-c\s{1,2}["']?exec\s{0,2}\(\s{0,2}["'][A-Za-z0-9+\/=]{60,4000}["']\.decode\s{0,2}\(/
    condition:
        NotAContainer and any of them
}
