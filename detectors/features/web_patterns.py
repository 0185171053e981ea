"""The shapes of attacks on websites, as data: a name, what it means, and the pattern. Nothing here works as an attack.

Before this on the path: texts made comparable by ``web_text.py``. After it: ``web_attack``.
Source of the shapes: the classes of OWASP's Core Rule Set (https://coreruleset.org), written
anew, the telling ones only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WebPattern:
    """One shape."""

    sign: str
    """Stable key."""
    meaning: str
    """For people who read the code."""
    pattern: re.Pattern[str]
    in_body: bool = True
    """False: too common in forms and uploads; looked for in the target only."""


_CLEAR_COMMANDS = (
    r"(?:cat|whoami|uname|wget|curl|ncat|powershell|cmd\.exe|net (?:user|view)|nslookup|chmod|ipconfig|ifconfig|"
    r"systeminfo|netstat|tasklist)"
)
"""Nobody means anything else by them."""
_COMMON_COMMANDS = r"(?:id|ls|dir|nc|bash|sh|ping|type|ps|pwd|sleep|echo|rm)"
"""Also names of columns, kinds and actions: they count with an argument only."""
_LONELY_COMMANDS = r"(?:id|ls|dir|pwd|ps|whoami|uname|hostname|ifconfig|ipconfig|netstat)"
"""They count alone where nothing stands before them, or where a shell would put their answer in."""
_PAGE_NAMES = (
    r"[?&](?:page|path|file|inc(?:lude)?|dir|root|config|template|body|module|content|lang|cfg|base|abs|"
    r"\w{0,30}_(?:path|root|dir|file)|\w{0,20}\[\w{0,20}\])=(?:https?|ftp)"
)
_TAG = r"<\s{0,5}/?(?:script|svg|iframe|img|body|object|embed|meta)\b"


def _shape(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


TABLE: Final[tuple[WebPattern, ...]] = (
    WebPattern(
        "sql_union", "joins a second question to the database", _shape(r"\bunion\s(?:all\s|distinct\s)?\(?select\b")
    ),
    WebPattern(
        "sql_always_true",
        "a comparison that is always true or always false",
        _shape(
            r"['\")\d\s]\s?(?:or|and|\|\||&&)\s\(?(?:(['\"]?)(\w{1,12})\1\s?(?:=|like\s)\s?\(?['\"]?\2\b|"
            r"\d{1,4}\s?=\s?\d{1,4}\b)"
        ),
        in_body=False,
    ),
    WebPattern(
        "sql_inner_names",
        "asks for the names of tables, for time, for files or for commands",
        _shape(
            r"\binformation_schema\.|\bsys(?:objects|columns)\b|\bload_file\s?\(|\binto\s(?:out|dump)file\b|\bxp_cmd\w|"
            r"\bbenchmark\s?\(\s?\d|\bwaitfor\sdelay\b|\bpg_sleep\s?\(|\bextractvalue\s?\(\s?\d|\bupdatexml\s?\(|"
            r"(?:\b(?:and|or|select|if)\s|[(,|=])\s?\(?sleep\s?\(\s?\d|\bprocedure\sanalyse\s?\(|\butl_(?:inaddr|http)\.|"
            r"\bdbms_(?:pipe|lock)\.|\b(?:ascii|ord|substr|substring|mid|length)\s?\(\s?\(?(?:substr|substring|mid|database|"
            r"user|version|select)\b"
        ),
    ),
    WebPattern(
        "sql_question",
        "a question to a database that ends ours, counts its columns, or stands inside it",
        _shape(
            r"\w['\"]\)?\s?(?:--|#)[ -]{0,3}(?:$|&)|['\")\d]\s(?:order|group)\sby\s\d{1,3}\b|"
            r"(?:['\")\d]|\band|\bor|\|\|)\s?[=<>]?\s?\(\s?select\s[^&]{1,100}\sfrom\s"
        ),
        in_body=False,
    ),
    WebPattern(
        "sql_second_command",
        "ends the first question and begins a command",
        _shape(
            r"['\");]\s?;\s?(?:drop|alter|truncate|show|insert|delete|update|exec|declare|create)\s(?:\w{1,40}\s?){1,3}|"
            r"\w\s?;\s?(?:(?:drop|alter|truncate|create)\s(?:table|database|user|view)|insert\sinto|delete\sfrom)\s\w"
        ),
    ),
    WebPattern(
        "sql_question",
        "a whole question to a database",
        _shape(
            r"(?<![?&]q=)(?<!query=)(?<!sql=)\bselect\s"
            r"(?:\*|concat|null|count\s?\(|char\s?\(|group_concat|@@|\d|[\w, .]{1,60}\*)"
            r"[^&]{0,80}\bfrom\b"
        ),
        in_body=False,
    ),
    WebPattern(
        "path_climb",
        "climbs out of the website's folder",
        _shape(r"(?:\.\.[/\\]){3,}"),
        in_body=False,
    ),
    WebPattern(
        "path_to_secret",
        "climbs to a file of the system",
        _shape(r"\.\.[/\\](?:[\w.-]{1,30}[/\\]){0,3}(?:etc/(?:passwd|shadow)|boot\.ini|win\.ini|proc/self|web-inf)"),
    ),
    WebPattern(
        "system_file",
        "asks for a file of the system",
        _shape(
            r"[=/](?:file:/{1,3})?/?etc/(?:passwd|shadow)\b|=(?:file:/{1,3})?/?proc/self/(?:environ|cmdline|fd)\b|"
            r"=(?:file:/{1,3})?[a-z]:[/\\](?:boot\.ini|(?:windows|winnt)[/\\](?:win\.ini|system32))"
        ),
    ),
    WebPattern(
        "system_command",
        "a command line inside a value",
        _shape(
            r"(?:[;|`]|\$\(|&&) ?(?:/\w{1,10}){0,3}/?(?:\b"
            + _CLEAR_COMMANDS
            + r"\b(?: [-/\w.$({'\"*]| ?(?:[;|`)#]|$))|\b"
            + _COMMON_COMMANDS
            + r" (?:[-/.$]|\d|[a-z]:))|\n"
            + _CLEAR_COMMANDS
            + r"(?: [-/\w]|$)|=\s?(?:[;|\n]|&&|\|\|)\s?"
            + _LONELY_COMMANDS
            + r"\s?(?:$|[;|&\n])|(?:`|\$\()\s?"
            + _LONELY_COMMANDS
            + r"(?:\s[^`)]{0,80})?[`)]"
        ),
        in_body=False,
    ),
    WebPattern(
        "command_program",
        "calls the command program of Windows",
        _shape(r"/(?:winnt|windows)/system32/cmd\.exe|cmd\.exe\?|\?/c[ +]dir\b"),
    ),
    WebPattern(
        "hidden_way_in",
        "hands a command to a page that runs it",
        _shape(
            r"\.(?:php\d?|aspx?|jspx?)\?(?:[^ ]{0,80}&)?(?:cmd|exec|command|shell|execute)=(?:"
            + _CLEAR_COMMANDS
            + r"\b|"
            + _COMMON_COMMANDS
            + r"(?:$|[ &;|]))"
        ),
        in_body=False,
    ),
    WebPattern(
        "php_code",
        "code for PHP inside a value",
        _shape(
            r"<\?php\b|php://(?:input|filter)|=data:(?://)?text/\w{1,12};base64,pd9|expect://\w|\ballow_url_include\b|\bauto_prepend_file\b|\binvokefunction\b|"
            r"\b(?:call_user_func_array|shell_exec|passthru|proc_open|phpinfo)\s?\(|"
            r"\b(?:system|eval|assert)\s?\(\s?(?:\$|base64|gzinflate|chr\s?\(|['\"])"
        ),
    ),
    WebPattern(
        "script_in_value",
        "a small program for the browser inside a value",
        _shape(
            _TAG + r"[^>]{0,200}(?:>|on\w{3,20}\s?=|src\s?=)|"
            r"javascript:\s?(?:alert|prompt|confirm|eval)|\bdocument\.cookie\b|"
            r"<[a-z]{1,15}\b[^<>]{0,100}\bon(?:load|error|click|focus|toggle|begin|mouse\w{2,5}|animation\w{3,9})\s?="
        ),
        in_body=False,
    ),
    WebPattern(
        "script_trial", "the classical trial of such a program", _shape(r"<script>\s?(?:alert|prompt|confirm)\s?\(")
    ),
    WebPattern(
        "script_trial",
        "the same trial without its tag",
        _shape(
            r"\bon\w{3,20}\s?=\s?['\"]?(?:alert|prompt|confirm)\s?\(|javascript:\s?(?:alert|prompt|confirm)\b|"
            r"['\"]\s?[-;+]{1,2}\s?(?:alert|prompt|confirm)\s?\(|\bdocument\.cookie\b"
        ),
        in_body=False,
    ),
    WebPattern(
        "server_expression",
        "an expression that the server would compute",
        _shape(
            r"[%$]\{\s?\(?#|#_memberaccess|\bognl\b|@java\.lang\.|\bclass\.module\.classloader|\{\{\s?\d+\s?\*\s?\d+\s?\}\}|"
            r"\$\{\s?\d+\s?\*\s?\d+\s?\}|<%=?\s?\d+\s?\*\s?\d+|#\{\s?\d+\s?\*\s?\d+\s?\}|"
            r"__(?:globals|subclasses|mro)__|freemarker\.template|\bgetruntime\(\)\.exec"
        ),
    ),
    WebPattern(
        "secret_file",
        "asks for settings that are nobody's business",
        _shape(
            r"/\.(?:env(?:$|[.?/])|git/(?:config|head)|svn/(?:entries|wc\.db)|htpasswd|aws/cred|ssh/(?:id_|authorized))|"
            r"/wp-config\.php(?:\.|~|_)|/eval-stdin\.php|/actuator/(?:env|heapdump)|/\.well-known/\.\."
        ),
        in_body=False,
    ),
    WebPattern(
        "foreign_program",
        "makes the server include a page of somebody else",
        _shape(_PAGE_NAMES + r"://[^&]{4,200}(?:\?(?:$|[&?])|\.(?:txt|inc|dat)\b)"),
        in_body=False,
    ),
    WebPattern(
        "name_cut_off",
        "a zero byte that cuts a name off, or an ending that shows a program's text",
        _shape(
            r"\x00\.(?:html?|jpe?g|png|gif|php|txt)|(?:\.\w{2,5}|/\w{2,20})\x00(?:$|&)|"
            r"::\$data|\.(?:aspx?|jspx?|php)[ .]$|\+\.htr\b"
        ),
        in_body=False,
    ),
    WebPattern(
        "answer_split",
        "line ends that would begin a second answer",
        _shape(r"\n(?:set-cookie|location|content-(?:type|length)|http/1\.[01] \d|x-[\w-]{2,30}) ?:? "),
        in_body=False,
    ),
    WebPattern(
        "command_in_form",
        "a form that hands over a command",
        _shape(r"(?:^|&)(?:cmd|exec|command|shell|execute)=" + _CLEAR_COMMANDS + r"(?:$|[ &;|>\n])"),
    ),
    WebPattern("overfilled", "one letter over and over", re.compile(r"([!-~])\1{999}")),
    WebPattern(
        "inner_address",
        "makes the server ask its own cloud for secrets",
        _shape(r"169\.254\.169\.254|metadata\.google\.internal|=(?:gopher|dict)://"),
    ),
)

_ODD_LETTERS: Final = re.compile(r"['\"<>;|`(){}\\*\n\x00]")
_ODD_ESCAPES: Final = re.compile(
    r"%(?:0|2[2578-9abceABCE]|3[bceBCE]|5[cC]|60|7[b-dB-D]|[cC][01]%|[eE]0%|[uU]00|20(?:\.|$))"
)
"""Signs that matter, in percent coding; not the colon and slash of an address inside an address."""
_FOREIGN: Final = re.compile(_PAGE_NAMES, re.ASCII)
_HINTS: Final = (
    "..", "/.", "::", "&#", "select", "union", "etc/", "etc%2f", "cmd", "exec", "shell=", "web-inf", "webinf",
    "wp-config", "actuator", "eval-stdin", "169.254.", "+.", "metadata", "php:", "php%3a",
    "expect:", "expect%3a", "=data:", "=data%3a", "gopher", "=dict", "proc/self", "%26%26", "&&", "boot.ini", "__",
    "#{",     "allow_url", "auto_prepend", "invokefunction", " or ", " and ", "+or+", "+and+", "%20or", "%20and",
)  # fmt: skip


def may_match(text: str) -> bool:
    """Ask cheaply whether a text, as it came or decoded, can match anything above: ordinary addresses cannot.

    Letters that stand for themselves are looked for by set, the rest by plain search, which is ten times as fast as
    trying every pattern.
    """
    if _ODD_LETTERS.search(text) or _ODD_ESCAPES.search(text):
        return True
    small = text.lower()
    if "=http" in small or "=ftp" in small:
        return _FOREIGN.search(small) is not None or _has_hint(small)
    return _has_hint(small)


def _has_hint(small: str) -> bool:
    for hint in _HINTS:  # a plain loop takes half the time of any() over a generator
        if hint in small:
            return True
    return small.endswith(("+", " "))


TESTERS: Final = re.compile(
    r"\b(?:nikto|sqlmap|w3af|acunetix|nessus|nuclei|dirbuster|gobuster|feroxbuster|wpscan|zgrab|masscan|openvas|wfuzz|"
    r"ffuf|nmap scripting engine|arachni|havij|whatweb|skipfish|joomscan)\b",
    re.ASCII | re.IGNORECASE,
)
"""Programs that say in their name that they try out websites."""

KNOWN_SPOTS: Final = re.compile(
    r"^/(?:autodiscover/autodiscover\.json\?[^ ]{0,80}(?:@|%40)|tmui/login\.jsp/\.\.;/|mgmt/tm/util/bash\b|"
    r"vpn/\.\./vpns/|dana-na/\.\./dana|remote/fgt_lang\?lang=/\.\.|_ignition/execute-solution|wls-wsat/|_async/asyncresponse|"
    r"console/css/%25|invoker/(?:ejb|jmx)invokerservlet|gponform/diag_form|boaform/admin/form|"
    r"(?:device|setup)\.cgi\?next_file=|setup\.cgi\?[^ ]{0,80}todo=syscmd|ud/\?|ctrlt/deviceupgrade|picsdesc\.xml|"
    r"tmunblock\.cgi|hndunblock\.cgi|shell\?|cgi-bin/(?:nobody|supervisor|;|luci/;stok=[^ ]{0,40}\?[^ ]{0,80}country=)|"
    r"language/swedish\$|\$%7b|\${|webtools/control/(?:programexport|xmlrpc)|"
    r"actuator/gateway/routes/[^ ]{0,40}|functionrouter|api/v1/totp/\.\.|php-cgi/php-cgi\.exe|cgi-bin/\.%2e/|"
    r"[^ ?]{0,60}/vendor/phpunit/|[^ ?]{0,40}\?-(?:d|s)\+?(?:allow_url|$))",
    re.ASCII | re.IGNORECASE,
)
"""Addresses of published weak spots in servers, mail gateways and home routers (CVE lists of CISA, KEV catalogue)."""
KNOWN_WORDS: Final = re.compile(
    r"class\.module\.classloader|[%$]\{\s?\(?#|#_memberaccess|@java\.lang\.runtime|getruntime\(\)\.exec|"
    r"<soap(?:env)?:[^>]{0,200}>.{0,400}<work:workcontext|\bnewstatusurl>[^<]{0,20}[`$(]|newntpserver1>[^<]{0,20}[`$]",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)
"""What the attacks on them carry."""
KNOWN_HINTS: Final = (
    "classloader",
    "{",
    "%7b",
    "%23_member",
    "#_member",
    "runtime",
    "workcontext",
    "newstatusurl",
    "newntp",
)
"""Without one of these a text cannot match ``KNOWN_WORDS``."""

CONFESSIONS: Final = re.compile(
    rb"root:[x*]?:0:0:|\buid=\d+\(\w+\) gid=\d|you have an error in your sql syntax|unclosed quotation mark after|"
    rb"\bORA-\d{5}:|pg_query\(\)|Microsoft Windows \[Version|\[boot loader\]|Directory of [A-Z]:\\",
    re.IGNORECASE,
)
"""Answers that show that it worked."""
