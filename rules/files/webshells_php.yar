// Plainwatch rules: PHP pages that let a stranger work on a web server.
// Strong rules ask for a pair: what a visitor sends, and a place where it is run.
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

private rule PhpPage
{
    strings:
        $open = /<\?(php|=|[ \t\r\n@$])/ nocase
        $long = /<script\s{1,4}language\s{0,2}=\s{0,2}["']?php/ nocase
    condition:
        filesize < 1MB and any of them
}

rule PhpRequestReachesCode
{
    meta:
        description = "A web page runs as program text what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "PHP that hands a request value to eval or a relative of it in the same statement"
        must_not_match = "PHP that checks request values, or evaluates its own templates"
        confidence = "0.95"
    strings:
        $eval = /\beval[\s\/*@(]{0,20}\([^;<>]{0,120}(\$_(GET|POST|REQUEST|COOKIE|SERVER|FILES)\b|getallheaders\s{0,2}\(|get_defined_vars\s{0,2}\(|apache_request_headers\s{0,2}\(|HTTP_RAW_POST_DATA|\$HTTP_(GET|POST|COOKIE)_VARS)/ nocase
        $eval_input = /\b(eval|assert)[\s\/*@(]{0,20}\([^;<>]{0,120}php:\/\/input/ nocase
        $assert = /\bassert\s{0,4}\(\s{0,4}[@(]{0,3}((stripslashes|base64_decode|gzinflate|str_rot13|urldecode|hex2bin|strrev)\s{0,2}\(\s{0,2}@?){0,3}["']?\$_(GET|POST|REQUEST|COOKIE|SERVER)\s{0,2}[\[{]/ nocase
        $make = /\bcreate_function\s{0,4}\([^;]{0,100}\$_(GET|POST|REQUEST|COOKIE)\b/ nocase
        $include = /\b(include|require)(_once)?[\s(@"']{1,8}\$_(GET|POST|REQUEST|COOKIE|FILES)\s{0,2}[\[{]/ nocase
        $include_input = /\b(include|require)(_once)?[\s(@]{1,8}["'](php:\/\/input|data:[^"']{0,40}\$_(GET|POST|REQUEST|COOKIE))/ nocase
    condition:
        // tools that hand programs over this way are longer than a hidden door
        PhpPage and (any of ($eval, $assert, $make, $include*) or ($eval_input and filesize < 4KB))
}

rule PhpRequestNamesFunction
{
    meta:
        description = "A web page calls whatever function a visitor names."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "PHP that uses a request value as the name of a function"
        must_not_match = "PHP that compares request values with a list of names"
        confidence = "0.95"
    strings:
        $direct = /\$\{?["']?_(GET|POST|REQUEST|COOKIE)["']?\}?\s{0,2}[\[{][^\]};\n]{1,30}[\]}]\s{0,2}\(\s{0,2}[^)\s]/
        $hidden = /\$\{\$\w{1,12}\}\s{0,2}[\[{][^\]}]{0,12}[\]}]\s{0,2}\(\s{0,2}\$\{?\$\w{1,12}\}?\s{0,2}[\[{]/
        $first = /\b(call_user_func(_array)?|array_map|register_shutdown_function|forward_static_call(_array)?|ob_start)\s{0,2}\(\s{0,2}@?\$_(GET|POST|REQUEST|COOKIE)\s{0,2}\[[^\]]{1,30}\]\s{0,2}[,)]/ nocase
        $second = /\b(usort|array_walk|array_filter|uasort|uksort|array_reduce)\s{0,2}\([^;{}]{1,60},\s{0,2}@?\$_(GET|POST|REQUEST|COOKIE)\s{0,2}\[[^\]]{1,30}\]\s{0,2}\)/ nocase
        $spread = /\(\s{0,2}\.\.\.\s{0,2}\$_(GET|POST|REQUEST|COOKIE)\b/
        $mirror = /\bnew\s{1,4}Reflection(Function|Method|Class)\s{0,2}\(\s{0,2}(\$_(GET|POST|REQUEST|COOKIE)|["'](system|assert|eval|passthru|shell_exec|exec)["'])/ nocase
        $rare = /\b(array_(u?diff|u?intersect)_u\w{3,6}|array_udiff|array_uintersect|forward_static_call(_array)?|register_tick_function|sqlite_createfunction|createFunction|createAggregate|mb_ereg_replace_callback|array_walk_recursive)\s{0,2}\([^;]{0,80}\$_(GET|POST|REQUEST|COOKIE)\b/ nocase
        $word = /\b(call_user_func(_array)?|array_map|array_walk(_recursive)?|array_filter|usort|uasort|uksort|array_reduce|preg_replace_callback|mb_ereg_replace_callback|iterator_apply|register_shutdown_function|filter_var(_array)?|array_diff_ukey|array_udiff|sqlite_create_function|yaml_parse)\s{0,2}\([^;]{0,100}["'](assert|eval|system|passthru|shell_exec|exec|popen|create_function)["']/ nocase
    condition:
        PhpPage and (any of ($direct, $hidden, $first, $second, $word, $spread, $mirror) or ($rare and filesize < 4KB))
}

rule PhpRequestReachesCommand
{
    meta:
        description = "A web page runs as a command of the computer what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "PHP that hands a request value to a command call in the same statement"
        must_not_match = "PHP that runs a fixed command"
        confidence = "0.95"
    strings:
        $call = /(^|[^\w>:$])(system|passthru|shell_exec|exec|popen|proc_open|pcntl_exec)\s{0,4}\([^;<>]{0,100}(\$_(GET|POST|REQUEST|COOKIE)\b|\$_SERVER\s{0,2}\[\s{0,2}["']HTTP_|\$HTTP_(GET|POST)_VARS)/ nocase
        $tick = /(=|echo|print|return)\s{0,4}`[^`;]{0,40}\$_(GET|POST|REQUEST|COOKIE)\b[^`;]{0,40}`/ nocase
    condition:
        PhpPage and any of them
}

rule PhpRequestThroughVariable
{
    meta:
        description = "A small web page takes what a visitor sends and runs it one line later."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "PHP that stores a request value and soon after calls a command or evaluates a variable"
        must_not_match = "PHP that stores request values and shows them"
        confidence = "0.8"
    strings:
        $step = /\$\w{1,20}\s{0,4}=\s{0,4}[@(]{0,3}((trim|stripslashes|base64_decode|urldecode|rawurldecode|strrev|str_rot13|gzinflate|hex2bin|htmlspecialchars_decode)\s{0,2}\(\s{0,2}@?){0,3}\$_(GET|POST|REQUEST|COOKIE|SERVER)\s{0,2}[\[{][^;]{1,60};[^;]{0,150};{0,1}[^;]{0,150}[^\w>:$](eval|assert|system|passthru|shell_exec|exec|popen|proc_open|create_function)\s{0,4}\(\s{0,4}["'(]{0,3}[^;)"'\w]{0,4}\$\w/ nocase
        $step_ticks = /\$\w{1,20}\s{0,4}=\s{0,4}\$_(GET|POST|REQUEST|COOKIE)\s{0,2}\[[^;]{1,40};[^;]{0,80}`[^`;]{0,20}\$\w{1,20}[^`;]{0,20}`/ nocase
    condition:
        PhpPage and filesize < 200KB and any of them
}

rule PhpReplaceRuns
{
    meta:
        description = "A web page hides the running of text behind an old way of replacing text."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "PHP with a replacement that is run as code, fed by a request value or a decoding"
        must_not_match = "PHP with ordinary replacements"
        confidence = "0.85"
    strings:
        $replace = /\b(preg_replace|preg_filter|mb_ereg_replace|mb_eregi_replace|mbereg_replace)\s{0,2}\(\s{0,2}["']([^\w\s"'\\])[^"'\n]{0,60}[^\w\s"'\\][imsxuADSUX]{0,5}e[imsxuADSUX]{0,5}["']\s{0,2},[^;]{0,200}(\$_(GET|POST|REQUEST|COOKIE)|base64_decode|gzinflate|\\x[0-9a-f]{2}\\x|eval\s{0,2}\()/ nocase
        $option = /\b(mb_ereg_replace|mb_eregi_replace|mbereg_replace)\s{0,2}\([^;]{0,120},\s{0,2}["']e["']\s{0,2}\)/ nocase
        $any = /\bpreg_(replace|filter)\s{0,2}\(\s{0,2}["']\/[^"'\n]{0,60}\/[imsxu]{0,5}e[imsxu]{0,5}["']\s{0,2},[^;]{0,60}\$\w/ nocase
        $request = /\$_(GET|POST|REQUEST|COOKIE)\b/
        $asked = /\bpreg_replace\s{0,2}\(\s{0,2}\$_(GET|POST|REQUEST|COOKIE)/ nocase
    condition:
        PhpPage and (any of ($replace, $option, $asked) or ($any and $request and filesize < 4KB))
}

rule PhpHiddenFunctionName
{
    meta:
        description = "A web page hides the name of the function that runs what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "PHP that puts a dangerous name together from pieces and reads a request value"
        must_not_match = "PHP that joins ordinary words"
        confidence = "0.8"
    strings:
        $build = /\$\w{1,20}\((""|\'\'), ?\$\w{1,20}/
        $xor1 = "\"^\""
        $xor2 = "'^'"
        $code = /\b(eval|assert|create_function)\s{0,2}\(/ nocase
        $request = /\$_(GET|POST|REQUEST|COOKIE|SERVER)\b|php:\/\/input|HTTP_RAW_POST_DATA|getallheaders/
        $joined = /["'](a|as|ass)["']\s?\.\s?["'](ssert|sert|ert)["']/ nocase
        $joined_eval = /["']e["']\s?\.\s?["']val["']/ nocase
        $joined_system = /["'](s|sy|sys)["']\s?\.\s?["'](ystem|stem|tem)["']/ nocase
        $joined_create = /["'](c|cr|cre|crea|create_?)["']\s?\.\s?["'](reat|eate|ate_|_?func)/ nocase
        $joined_decode = /["']base64?_?["']\s{0,2}\.\s{0,2}["']_?(6|64|de|d)/ nocase
        $mixed = /str_replace\s{0,2}\(\s{0,2}["'][^"']{1,8}["']\s{0,2},\s{0,2}["']{2}\s{0,2},\s{0,2}["'][a-z0-9_$^#@!*|~\/]{6,60}["']\s{0,2}\)/ nocase
        $turned = /strrev\s{0,2}\(\s{0,2}["'](tressa|lave|metsys|cexe_llehs|urhtssap|edoced_46esab|noitcnuf_etaerc|etalfnizg)/ nocase
        $packed = /base64_decode\s{0,2}\(\s{0,2}["'](YXNzZXJ0|ZXZhbA|c3lzdGVt|Y3JlYXRlX2Z1bmN0aW9u|c2hlbGxfZXhlYw|cGFzc3RocnU)/
        $numbers = /(chr\s{0,2}\(\s{0,2}[0-9x^+-]{2,9}\s{0,2}\)\s{0,2}\.\s{0,2}){4}/ nocase
        $hex = /\\x[4-7][0-9a-f]\\x[4-7][0-9a-f]\\x[4-7][0-9a-f]\\x[4-7]/ nocase
        $hex_name = /\\x(61|41)\\x(73|53)\\x(73|53)\\x(65|45)\\x(72|52)\\x(74|54)/
        $counted = /\$[\w_]{1,30}\s{0,2}\+\+\s{0,2};\s{0,4}\$[\w_]{1,30}\s{0,2}\+\+\s{0,2};\s{0,4}\$[\w_]{1,30}\s{0,2}\+\+\s{0,2};/
    condition:
        PhpPage and filesize < 60KB and (($mixed and $build and filesize < 8KB) or (any of ($xor*) and filesize < 4KB and ($code or $request or #xor1 + #xor2 > 2)) or $request and
        (any of ($joined*, $turned, $packed, $mixed, $counted, $hex_name) or ($numbers and $hex) or (filesize < 4KB and any of ($numbers, $hex))))
}

rule PhpVariableIsFunction
{
    meta:
        description = "A tiny web page calls a function by a name it keeps in a variable and gives it what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "a PHP page of a few lines in which a variable is called with a request value"
        must_not_match = "a large PHP program with call-backs"
        confidence = "0.8"
    strings:
        $call = /[^>:\w$]\$\w{1,20}\s{0,2}\(\s{0,2}[@"'(]{0,3}((stripslashes|base64_decode|urldecode|gzinflate|str_rot13)\s{0,2}\(\s{0,2}@?){0,2}\$_(GET|POST|REQUEST|COOKIE)\s{0,2}[\[{]/ nocase
        $build = /\$\w{1,20}\((""|\'\'), ?\$\w{1,20}/
        $dying = /function\s{1,4}__(destruct|call|toString|get|set|invoke|wakeup|construct)\s{0,2}\([^}]{0,160}(\$this->\w{1,20}\s{0,2}\(\s{0,2}[$@]|\beval\s{0,2}\(|\bassert\s{0,2}\(|\$\w{1,20}\s{0,2}\(\s{0,2}\$)/ nocase
        $unpack_call = /\b(extract|parse_str)\s{0,2}\(\s{0,2}@?(\$_(GET|POST|REQUEST|COOKIE)|file_get_contents)[^;]{0,40};[^;]{0,80}(\$\w{1,20}\s{0,2}\(\s{0,2}\$|\beval\b|\bassert\b)/ nocase
        $request = /\$_(GET|POST|REQUEST|COOKIE)\b/
    condition:
        PhpPage and filesize < 4KB and ($call or ($request and any of ($build, $dying, $unpack_call)))
}

rule PhpWritesRequestToFile
{
    meta:
        description = "A small web page writes what a visitor sends into a file of the visitor's choice."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "visitor_writes_files"
        must_match = "PHP that writes a request value to a file named by the request, or saves any upload without a check"
        must_not_match = "PHP that stores settings in its own file"
        confidence = "0.85"
    strings:
        $put = /\b(file_put_contents|fopen)\s{0,2}\(\s{0,2}@?(\$_(GET|POST|REQUEST|COOKIE)\s{0,2}\[)/ nocase
        $put_value = /\b(fwrite|fputs|file_put_contents)\s{0,2}\([^;]{0,60},\s{0,2}[^;]{0,40}\$_(GET|POST|REQUEST|COOKIE)\s{0,2}\[/ nocase
        $fetch = /\b(file_put_contents|copy|fwrite)\s{0,2}\([^;]{0,80}\b(file_get_contents|curl_exec|fopen)\s{0,2}\(\s{0,2}["']?(\$_(GET|POST|REQUEST)|https?:)/ nocase
        $upload = /\b(move_uploaded_file|copy)\s{0,2}\(\s{0,2}@?\$_FILES\s{0,2}\[[^,]{1,60},\s{0,2}[^;]{0,60}(\$_FILES|\$_(GET|POST|REQUEST))/ nocase
        $check = /\b(is_admin|current_user_can|wp_verify_nonce|check_admin_referer|pathinfo|getimagesize|in_array|mime_content_type|finfo_file|exif_imagetype|namespace|class )\b/
    condition:
        PhpPage and filesize < 8KB and ($put and $put_value or $fetch or ($upload and not $check))
}

rule PhpWorkbench
{
    meta:
        description = "A web page is a whole workbench for a stranger: commands, files and probes of the server's protection in one page."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "stranger_workbench"
        must_match = "PHP with several command calls, file handling and probes of the server's protection"
        must_not_match = "PHP of an installation check or a mail program that runs one known helper"
        confidence = "0.85"
    strings:
        $c1 = /[^\w>:$"']passthru\s{0,2}\(/ nocase
        $c2 = /[^\w>:$"']shell_exec\s{0,2}\(/ nocase
        $c3 = /[^\w>:$"']popen\s{0,2}\(/ nocase
        $c4 = /[^\w>:$"']proc_open\s{0,2}\(/ nocase
        $c5 = /[^\w>:$"']system\s{0,2}\(\s{0,2}["$]/ nocase
        $c6 = /[^\w>:$"']exec\s{0,2}\(\s{0,2}["$]/ nocase
        $f1 = /\bmove_uploaded_file\s{0,2}\(|\$_FILES\b/
        $f2 = /[^\w>:]chmod\s{0,2}\(/
        $f3 = /[^\w>:]unlink\s{0,2}\(/
        $f4 = /[^\w>:]rename\s{0,2}\(/
        $f5 = /\b(opendir|scandir|readdir|glob)\s{0,2}\(/
        $f6 = /\b(fileperms|filegroup|fileowner|posix_getpwuid|posix_getgrgid|is_writable)\s{0,2}\(/
        $p1 = "safe_mode" nocase
        $p2 = "disable_functions" nocase
        $p3 = "open_basedir" nocase
        $p4 = /\bphp_uname\s{0,2}\(/ nocase
        $p5 = /\bget_current_user\s{0,2}\(|posix_(getuid|geteuid|getgid)\s{0,2}\(/ nocase
        $p6 = "/etc/passwd"
        $p7 = /\bset_time_limit\s{0,2}\(\s{0,2}0|ignore_user_abort\s{0,2}\(\s{0,2}(1|true)|ini_set\s{0,2}\(\s{0,2}["'](error_log|log_errors|max_execution_time)/ nocase
        $s1 = /\b(back ?connect|bind ?shell|reverse ?shell|bind ?port|backdoor|web ?shell|r57|c99|c100|b374k|wso ?\d|hacked by|defac|exploit|bypass|shell by|coded by|by \w{2,12} team)\b/ nocase
        $s2 = /\b(cmd\.exe|\/bin\/(ba)?sh)\b/ nocase
        $s3 = /\b(mysql_(connect|query|list_dbs)|mysqli_connect|mssql_connect|pg_connect)\s{0,2}\(/ nocase
        $s4 = /\bfsockopen\s{0,2}\(|socket_create\s{0,2}\(/ nocase
        $s5 = /\b(cmd|command|execute|perintah)["'\]]/ nocase
        $s6 = /unlink\s{0,2}\(\s{0,2}(__FILE__|\$_SERVER\[["']SCRIPT_FILENAME|\$self)/ nocase
        $request = /\$_(GET|POST|REQUEST|COOKIE|FILES)\b|\$HTTP_(GET|POST)_VARS|\$REQUEST_METHOD/
        $title = /<title>[^<]{0,60}(shell\b|\bhacked\b|backdoor|\bbypass|uploader|file manager by|defac|\bexploit|\broot(ed|kit)?\b)/ nocase
        $start = "<?"
    condition:
        PhpPage and $start in (0..8192) and filesize < 600KB and $request and (
            (2 of ($c*) and 2 of ($f*) and 2 of ($p*) and 2 of ($s*))
            or (any of ($c*) and 3 of ($f*) and 2 of ($p*) and 3 of ($s*))
            or (3 of ($c*) and 2 of ($p*) and any of ($s*))
            or ($title and any of ($c*) and ($s5 or 2 of ($f*, $p*, $s*)))
        )
}

rule PhpFileManager
{
    meta:
        description = "A single web page lists, changes, uploads and deletes files of the server, and asks for nothing but a link."
        reason = "web_shell"
        severity = "medium"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "visitor_writes_files"
        must_match = "one small PHP page that lists, uploads, edits, renames and deletes with request values"
        must_not_match = "a PHP program of many files with its own log-in library"
        confidence = "0.65"
    strings:
        $list = /\b(opendir|scandir|readdir|glob)\s{0,2}\(/
        $up = /\bmove_uploaded_file\s{0,2}\(|\bcopy\s{0,2}\(\s{0,2}\$_FILES/
        $delete = /[^\w>:]unlink\s{0,2}\(/
        $rename = /[^\w>:](rename|chmod|mkdir|rmdir)\s{0,2}\(/
        $write = /\b(fwrite|fputs|file_put_contents)\s{0,2}\(/
        $rights = /\b(fileperms|decoct|is_writable|getcwd)\s{0,2}\(/
        $request = /\$_(GET|POST|REQUEST)\s{0,2}\[\s{0,2}["'](dir|path|d|p|file|edit|del|delete|rename|chmod|dizin|folder|act|action|a|cmd|opt|option)["']/ nocase
        $page = /<form\b[^>]{0,200}(multipart\/form-data|method)/ nocase
        $wide_open = /error_reporting\s{0,2}\(\s{0,2}0|set_time_limit\s{0,2}\(\s{0,2}0|session_start|@ini_set|@set_/ nocase
        $library = /\b(namespace [A-Z]|use [A-Z]\w{1,30}\\|require_once|include_once|extends [A-Z]|defined\s{0,2}\(\s{0,2}['"][A-Z])/
    condition:
        PhpPage and filesize < 150KB and $list and $up and $delete and $rename and $write and $rights and $request and $page
        and $wide_open and not $library
}

rule PhpCommandForm
{
    meta:
        description = "A web page shows a box for commands of the computer and runs what is typed there."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "PHP with an input named after commands and a command call on a variable of such a name"
        must_not_match = "a settings page that runs one known helper"
        confidence = "0.8"
    strings:
        $run = /[^\w>:$](system|passthru|shell_exec|exec|popen|proc_open|pcntl_exec)\s{0,2}\(\s{0,2}["']?\s{0,2}\$_?(cmd|command|cmdline|exec\w{0,8}|com|shell\w{0,8}|run\w{0,6}|komut|comando|perintah|query_?cmd|decoded_command|c)\b/ nocase
        $tick = /`\s{0,2}\$_?(cmd|command|exec\w{0,6}|shell\w{0,6})\b[^`\n]{0,40}`/ nocase
        $box = /\bname\s{0,2}=\s{0,2}\\?["']?(cmd|command|cmdline|exec\w{0,8}|com|shell\w{0,8}|run\w{0,6}|komut|comando|perintah|c)\b/ nocase
        $form = /<form\b|<textarea\b|<input\b/ nocase
    condition:
        PhpPage and filesize < 300KB and ($run or $tick) and $box and $form
}

rule PhpSecretChannel
{
    meta:
        description = "A small web page takes encrypted orders from a visitor and runs them."
        reason = "web_shell"
        severity = "high"
        technique = "T1573.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "PHP that decrypts request text with a sixteen-letter key and runs what comes out"
        must_not_match = "PHP that encrypts its own data"
        confidence = "0.85"
    strings:
        $mix = /\^\s{0,2}\$\w{1,16}\s{0,2}\[\s{0,2}\$\w{1,8}\s{0,2}\+\s{0,2}1\s{0,2}&\s{0,2}15\s{0,2}\]/
        $cipher = /\bopenssl_decrypt\s{0,2}\(/ nocase
        $input = /php:\/\/input|\$_(POST|REQUEST|COOKIE)\b/
        $run = /\b(eval|assert|create_function|call_user_func)\s{0,2}\(|->\s{0,2}\$?\w{1,20}\s{0,2}\(\s{0,2}\$/ nocase
        $session = /session_start|\$_SESSION\b/
    condition:
        PhpPage and filesize < 8KB and $input and $run and ($mix or ($cipher and $session))
}

rule PhpOpenUpload
{
    meta:
        description = "A tiny web page takes any file from any visitor and puts it on the server."
        reason = "web_shell"
        severity = "medium"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "visitor_writes_files"
        must_match = "a PHP page of a few lines with an upload box that keeps the visitor's file name and checks nothing"
        must_not_match = "an upload with a check of kind, size or log-in"
        confidence = "0.6"
    strings:
        $keep = /\b(move_uploaded_file|copy)\s{0,2}\(/ nocase
        $file = /\$_FILES\s{0,2}\[|\$HTTP_POST_FILES/
        $name = /["'](name|tmp_name)["']\s{0,2}\]/
        $form = /multipart\/form-data/ nocase
        $check = /\b(pathinfo|getimagesize|in_array|mime_content_type|finfo_\w{4,6}|exif_imagetype|preg_match|strtolower|MAX_FILE_SIZE|allowed\w{0,12}|session_start|is_admin|current_user_can|\$_SESSION|namespace|require(_once)?|["']size["'])\b/ nocase
    condition:
        PhpPage and filesize < 3KB and $keep and $file and $name and $form and not $check
}

rule PhpLeavesItsCage
{
    meta:
        description = "A web page breaks out of the limits that the server's owner has set for PHP."
        reason = "web_shell"
        severity = "high"
        technique = "T1211"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "stranger_workbench"
        must_match = "PHP that lifts its own limits, slips a library under a helper, or makes Windows shell objects with request values"
        must_not_match = "a page that only shows the limits"
        confidence = "0.8"
    strings:
        $restore = /\bini_restore\s{0,2}\(\s{0,2}["'](safe_mode|open_basedir|disable_functions)/ nocase
        $preload = /\bputenv\s{0,2}\(\s{0,2}["']LD_PRELOAD/
        $com = /\bnew\s{1,4}COM\s{0,2}\(\s{0,2}["'](WScript\.Shell|Shell\.Application)/ nocase
        $ffi = /\bFFI::cdef\s{0,2}\([^;]{0,80}\b(system|popen|execve?)\s{0,2}\(/
        $basedir = /\bini_set\s{0,2}\(\s{0,2}["']open_basedir["']\s{0,2},\s{0,2}["']\.\.["']/
        $request = /\$_(GET|POST|REQUEST|COOKIE|FILES)\b|php:\/\/input/
        $form = /<form\b/ nocase
    condition:
        PhpPage and filesize < 600KB and ($basedir or (any of ($restore, $preload, $com, $ffi) and ($request or $form)))
}

rule PhpIncludesHiddenFile
{
    meta:
        description = "A web page takes in program text from a file that is hidden under coded letters or a picture's name."
        reason = "web_shell"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_in_other_kind"
        must_match = "PHP that includes a file named by codes, or a file with the ending of a picture"
        must_not_match = "PHP that shows a picture"
        confidence = "0.8"
    strings:
        $coded = /\b(include|require)(_once)?[\s(@]{1,6}["'](\\x[0-9a-f]{2}|\\[0-7]{2,3})/ nocase
        $picture = /\b(include|require)(_once)?[\s(@]{1,6}["'][^"'\r\n]{1,120}\.(ico|png|gif|jpe?g|bmp)["']/ nocase
        $packed = /\b(include|require)(_once)?[\s(@]{1,6}(base64_decode|str_rot13|hex2bin)\s{0,2}\(/ nocase
    condition:
        PhpPage and any of them
}

rule PhpConnectsBack
{
    meta:
        description = "A web page opens a line to another computer and ties a command prompt to it."
        reason = "web_shell"
        severity = "high"
        technique = "T1059.004"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "ties_prompt_to_network"
        must_match = "PHP that opens a network line and starts a command prompt"
        must_not_match = "PHP that sends mail or fetches a page"
        confidence = "0.85"
    strings:
        $line = /\b(fsockopen|stream_socket_client|socket_connect|socket_bind|stream_socket_server)\s{0,2}\(/ nocase
        $start = /[^\w>:$](proc_open|popen|shell_exec|exec|system|passthru)\s{0,2}\(/ nocase
        $prompt = /\/bin\/(ba)?sh( -i)?["' ]|["']cmd(\.exe)?["' ]|uname -a; w; id/ nocase
        $pipe = /proc_open\s{0,2}\([^;]{0,60}(sh|cmd|shell)/ nocase
    condition:
        PhpPage and filesize < 200KB and $line and $start and ($prompt or $pipe)
}

rule PictureHeadBeforePage
{
    meta:
        description = "A file begins like a picture and goes on as a web page with program code."
        reason = "web_shell"
        severity = "high"
        technique = "T1027.009"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_in_other_kind"
        must_match = "the head of a picture followed within 200 bytes by the start of a server page"
        must_not_match = "a real picture"
        confidence = "0.85"
    strings:
        $gif = /^GIF8[79]a[^\x00]{0,200}<(\?(php|=|[\s@$])|%[@\s=!])/ nocase
        $jpeg = /^\xFF\xD8\xFF.{0,200}<(\?php|%@)/ nocase
        $png = /^\x89PNG\r\n.{0,200}<(\?php|%@)/ nocase
    condition:
        filesize < 2MB and ($gif at 0 or $jpeg at 0 or $png at 0)
}
