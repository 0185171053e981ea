// Plainwatch rules: ASP, .NET, Java, ColdFusion and other server pages that let a stranger work on a web server.
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

private rule ServerPage
{
    strings:
        $open = "<%"
        $script = /<script[^>]{0,80}runat\s{0,2}=\s{0,2}["']?server/ nocase
        $jsp = "<jsp:"
    condition:
        filesize < 1MB and uint32(0) != 0x68703f3c and any of them
}

rule PageReachesCommandThroughDatabase
{
    meta:
        description = "A web page makes the database server run commands that a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "a server page that calls the database's command procedure and reads request values"
        must_not_match = "a manual that names the procedure"
        confidence = "0.8"
    strings:
        $call = /\bxp_cmdshell\b/ nocase
        $request = /\brequest\s{0,2}[.(\[]|\$_(GET|POST|REQUEST)\b|getParameter\s{0,2}\(|\.Text\b/ nocase
        $page = /<%|<\?php|runat\s{0,2}=\s{0,2}["']?server/ nocase
        $form = /<(form|input|asp:)\b|<asp:/ nocase
    condition:
        filesize < 400KB and $call and $request and $page and $form
}

rule JavaPageReachesCommand
{
    meta:
        description = "A Java web page runs as a command of the computer what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "a JSP page with a command call and a request value"
        must_not_match = "a JSP page that shows request values"
        confidence = "0.9"
    strings:
        $run = /getRuntime\s{0,2}\(\s{0,2}\)(\s{0,4}\.\s{0,4}exec\s{0,2}\(|\s{0,2},\s{0,2}["']exec)|\bnew\s{1,4}(java\.lang\.)?ProcessBuilder\s{0,2}\(|ProcessImpl|UNIXProcess|["']getRuntime["']|["']java\.lang\.Run["' +]{0,6}/
        $later = /\b(Runtime|rt|r|run|runtime)\s{0,2}\.\s{0,2}exec\s{0,2}\(/ nocase
        $request = /\brequest\s{0,4}\.\s{0,4}get(Parameter(Values|Map)?|Header|Reader|InputStream|Cookies|QueryString)\s{0,2}\(|\$\{?\s{0,4}param\b|getParameter\s{0,2}\(/
    condition:
        ServerPage and filesize < 400KB and any of ($run, $later) and $request
}

rule JavaPageLoadsCode
{
    meta:
        description = "A Java web page turns what a visitor sends into program code and runs it."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "a JSP page that defines a class, evaluates text or loads a remote library from a request value"
        must_not_match = "a JSP page that uses its own tag library"
        confidence = "0.9"
    strings:
        $load = /\bdefineClass\s{0,2}\(|["']defineClass["']|ScriptEngineManager|\.getEngineByName\s{0,2}\(|\bURLClassLoader\b|\bELProcessor\b|BCELifier|util\.ClassLoader|extends\s{1,4}ClassLoader|\bXMLDecoder\b|\bSpelExpressionParser\b|JavaCompiler\b|TemplatesImpl/
        $request = /\b(request|req)\s{0,4}\.\s{0,4}get(Parameter(Values|Map)?|Header|Reader|InputStream|Cookies|QueryString)\s{0,2}\(|getParameter\s{0,2}\(|getReader\s{0,2}\(/
        $direct = /\.\s{0,2}eval\s{0,2}\(\s{0,4}request\s{0,2}\.\s{0,2}get/
        $run = /\.newInstance\s{0,2}\(|\.eval\s{0,2}\(|\.invoke\s{0,2}\(|\.equals\s{0,2}\(\s{0,2}pageContext|readObject\s{0,2}\(/
    condition:
        ServerPage and filesize < 400KB and ($direct or ($load and $request and $run))
}

rule JavaPageExpressionRuns
{
    meta:
        description = "A Java web page hands what a visitor sends to the page's own expression language, which can run anything."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "a page expression that evaluates a request value or reaches the system through class names"
        must_not_match = "a page expression that shows a request value"
        confidence = "0.85"
    strings:
        $class = /\$\{[^}]{0,300}(\.getClass\s{0,2}\(|\.forName\s{0,2}\(|getRuntime|ScriptEngine|ProcessBuilder|"exec")[^}]{0,300}\b(param|header|request|cookie|pageContext)\b/ nocase
        $eval = /[$#]\{[^}]{0,200}\beval\s{0,2}\([^}]{0,60}\b(param|header|request|cookie)\b/ nocase
    condition:
        filesize < 64KB and any of them
}

rule JavaPageManagesFiles
{
    meta:
        description = "A Java web page writes files on the server with a name and text that a visitor sends."
        reason = "web_shell"
        severity = "medium"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "visitor_writes_files"
        must_match = "a JSP page that opens a file for writing near request values, or lists and deletes files named by them"
        must_not_match = "a JSP page that only reads its own files"
        confidence = "0.7"
    strings:
        $write = /\bnew\s{1,4}(java\.io\.)?(FileOutputStream|FileWriter|RandomAccessFile|PrintWriter|BufferedWriter)\s{0,2}\(/
        $direct = /\bnew\s{1,4}(java\.io\.)?(FileOutputStream|FileWriter|RandomAccessFile)\s{0,2}\([^;]{0,100}(request\s{0,2}\.\s{0,2}get|application\.getRealPath|getServletContext)/
        $request = /\brequest\s{0,4}\.\s{0,4}get(Parameter|InputStream|Reader)\s{0,2}\(/
        $list = /\.listFiles\s{0,2}\(|\.listRoots\s{0,2}\(/
        $delete = /\.delete\s{0,2}\(\s{0,2}\)/
        $rename = /\.renameTo\s{0,2}\(|\.mkdirs?\s{0,2}\(/
        $database = /DriverManager\.getConnection\s{0,2}\(/
    condition:
        ServerPage and filesize < 400KB and $request and
        ($direct or ($write and filesize < 3KB) or ($write and $list and $delete) or ($list and $delete and $rename) or ($database and $list and $write))
}

rule ServerPageHidesWords
{
    meta:
        description = "A Java or .NET web page is written in number codes, so that its words cannot be read."
        reason = "web_shell"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "a JSP or ASPX page with long runs of number codes for plain letters"
        must_not_match = "a JSP page with codes for foreign letters"
        confidence = "0.8"
    strings:
        $codes = /(\\u+00[2-7][0-9a-f]){8}/ nocase
        $long_codes = /(\\u000000[2-7][0-9a-f]){6}/ nocase
        $page = /<%(@|!|=)?\s{0,4}[a-z!@\s\\]|<jsp:/ nocase
        $python = /(^|\n)(import|from|def|class) [a-z_]/
    condition:
        ServerPage and filesize < 400KB and $page and not $python and (#codes > 2 or #long_codes > 2)
}

rule AspRequestReachesCode
{
    meta:
        description = "An ASP web page runs as program text what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_code"
        must_match = "an ASP page that evaluates or executes a request value"
        must_not_match = "an ASP page that shows request values"
        confidence = "0.95"
    strings:
        $vb = /\b(eval|execute|executeglobal)[\s(]{1,8}[^\r\n%]{0,60}\brequest\s{0,4}(\.\s{0,4}(form|querystring|item|cookies|servervariables|binaryread)\b|[(\[])/ nocase
        $script = /\b(eval|executestatement|addcode)\s{0,2}\(\s{0,2}[^;\r\n]{0,80}\brequest\s{0,4}(\.\s{0,4}(form|querystring|item|cookies|servervariables|binaryread)\b|[(\[])/ nocase
        $control = /MSScriptControl\.ScriptControl/ nocase
        $step = /\b(\w{1,20})\s{0,4}=\s{0,4}request\s{0,2}(\.\w{1,14}\s{0,2})?\([^\r\n]{1,40}[\r\n:]{1,4}[^\r\n]{0,80}[\r\n:]{0,4}[^\r\n]{0,80}\b(eval|execute|executeglobal)[\s(]{1,4}[a-z]/ nocase
        $request = /\brequest\s{0,2}[.(\[]/ nocase
        $alias = /["']\w{1,8}["']\s{0,2}:\s{0,2}eval\s{0,2}[,}]/
        $decoded = /[^.\w](execute|executeglobal)[\s(]{1,4}[a-z]\w{0,20}\s{0,2}\(/ nocase
        $utf7 = /<%@[^%]{0,40}codepage\s{0,2}=\s{0,2}["']?65000/ nocase
        $hidden = /\b(eval|execute|executeglobal)[\s(]{1,8}[^\r\n]{0,60}(\bchr\s{0,2}\(|strreverse|replace\s{0,2}\(|unescape|decode)/ nocase
    condition:
        ServerPage and filesize < 400KB and (any of ($vb, $script, $step, $utf7) or ($request and any of ($control, $hidden, $alias, $decoded)))
}

rule AspRequestReachesCommand
{
    meta:
        description = "An ASP web page starts commands of the computer with what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "an ASP page that makes a shell object, runs something and reads request values"
        must_not_match = "an ASP page that makes a mail or database object"
        confidence = "0.85"
    strings:
        $make = /wscript\.shell|shell\.application|["']wscript["']\s{0,2}&|72C24DD5-D70A-438B-8A42-98424B88AFB8|13709620-C279-11CE-A49E-444553540000|F935DC22-1CF0-11D0-ADB9-00C04FD58A0B/ nocase
        $run = /\.\s{0,2}(exec|run|shellexecute)\b|cmd\.exe|%comspec%/ nocase
        $request = /\brequest\s{0,2}(\.\s{0,2}(form|querystring|item|servervariables|cookies|totalbytes|binaryread)\s{0,2})?[\[(.]/ nocase
        $asp = /<%|server\.createobject/ nocase
    condition:
        ServerPage and filesize < 400KB and $asp and $make and $run and $request
}

rule AspManagesFiles
{
    meta:
        description = "An ASP web page lists, writes and deletes files of the server with what a visitor sends."
        reason = "web_shell"
        severity = "medium"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "visitor_writes_files"
        must_match = "an ASP page that opens the file system and writes or deletes a file named by the request"
        must_not_match = "an ASP page that reads a counter file"
        confidence = "0.7"
    strings:
        $object = /scripting\.filesystemobject|adodb\.stream|0D43FE01-F093-11CF-8940-00A0C9054228|["']scripting\.["']\s{0,2}&/ nocase
        $write = /\b(createtextfile|opentextfile|savetofile|deletefile|deletefolder|movefile|copyfile)\b/ nocase
        $request = /\brequest\s{0,2}(\.\s{0,2}(form|querystring|item|binaryread|servervariables)\s{0,2})?\(/ nocase
        $direct = /\b(createtextfile|savetofile|opentextfile|deletefile)\b[^\r\n]{0,60}\brequest\b/ nocase
        $list = /\b(subfolders|getfolder|getdrive|drives|\.files)\b/ nocase
        $probe = /server\.mappath|path_translated|script_name|servervariables/ nocase
        $fetch = /\b(microsoft|msxml2)\.(server)?xmlhttp/ nocase
        $save = /\bsavetofile\b[^\r\n]{0,80}\.(asp|asa|cer|cdx|php|jsp|aspx)/ nocase
    condition:
        ServerPage and filesize < 400KB and $object and ($direct or ($fetch and $save) or ($write and $request and $list and $probe) or (filesize < 4KB and $write and $request and $probe))
}

rule NetPageReachesCommand
{
    meta:
        description = "A .NET web page starts commands or program code with what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "an ASPX page or handler with a process start or code loading, and a request value"
        must_not_match = "an ASPX page that shows request values"
        confidence = "0.9"
    strings:
        $page = /<%@\s{0,4}(page|webhandler|webservice|control|import|assembly|language)/ nocase
        $script = /<script[^>]{0,80}runat\s{0,2}=\s{0,2}["']?server/ nocase
        $handler = /\b(IHttpHandler|System\.Web\.UI\.Page)\b/
        $start = /\bProcess(\.Start\s{0,2}\(|StartInfo\b)|\bnew\s{1,4}Process\s{0,2}\(|cmd\.exe|UseShellExecute/ nocase
        $load = /\b(Assembly\s{0,2}\.\s{0,2}Load\s{0,2}\(|CSharpCodeProvider|CompileAssemblyFromSource|VBCodeProvider|CreateDecryptor|GetType\(["']System\.Reflection|GetMethod\(["']Load["']|XsltSettings|Activator\.CreateInstance)/ nocase
        $eval = /\beval\s{0,2}\([^;]{0,80}\brequest\b/ nocase
        $hidden = /\b(eval|unsafe)["'\s+)(]{0,12}[^;]{0,60}Request(\.Item|\.Form|\.Headers)?\s{0,2}\[/ nocase
        $request = /\b(Request|context\.Request|HttpContext\.Current\.Request)\s{0,2}(\.\s{0,2}(Form|QueryString|Params|Item|Headers|BinaryRead|InputStream|Files|Cookies)\b|\[|\(|;)/ nocase
        $click = /\bon(server)?click\s{0,2}=|\.Text\b/ nocase
    condition:
        filesize < 400KB and any of ($page, $script, $handler) and (any of ($eval, $hidden) or ($load and $request) or ($start and ($request or $click)))
}

rule NetPageManagesFiles
{
    meta:
        description = "A .NET web page writes, lists and deletes files of the server for a visitor."
        reason = "web_shell"
        severity = "medium"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "visitor_writes_files"
        must_match = "an ASPX page with the writing of a file named by the request, or list and delete in one page"
        must_not_match = "an ASPX page that reads its own settings"
        confidence = "0.65"
    strings:
        $page = /<%@\s{0,4}(page|webhandler|webservice|import)/ nocase
        $script = /<script[^>]{0,80}runat\s{0,2}=\s{0,2}["']?server|<%/ nocase
        $write = /\b(File\.(WriteAll\w{4,5}|Create|AppendAllText|Copy|Move)|StreamWriter\s{0,2}\(|\.SaveAs\s{0,2}\(|FileStream\s{0,2}\()/ nocase
        $list = /\b(Directory\.Get(Files|Directories)|DirectoryInfo\s{0,2}\(|GetLogicalDrives|DriveInfo)/ nocase
        $delete = /\b(File|Directory)\.Delete\s{0,2}\(|\.Delete\s{0,2}\(\s{0,2}(true)?\s{0,2}\)/ nocase
        $request = /\bRequest\s{0,2}(\.\s{0,2}(Form|QueryString|Params|Item|Files)\b|\[|\()/ nocase
        $direct = /\b(StreamWriter|File\.(WriteAll\w{4,5}|Create|AppendAllText)|SaveAs)\s{0,2}\([^;]{0,100}\bRequest\b/ nocase
        $database = /\bnew\s{1,4}(Sql|OleDb)Connection\s{0,2}\(/ nocase
    condition:
        filesize < 400KB and $page and $script and (($write and $list and $delete) or ($direct and filesize < 8KB) or ($list and $request and $database))
}

rule ColdFusionReachesCommand
{
    meta:
        description = "A ColdFusion web page runs commands or writes files with what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "a ColdFusion page with an execute tag or file writing, and a form or address value"
        must_not_match = "a ColdFusion page that queries its own database"
        confidence = "0.85"
    strings:
        $run = /<cfexecute\b/ nocase
        $file = /<cffile\s[^>]{0,200}action\s{0,2}=\s{0,2}["']?(upload|write|delete|rename)/ nocase
        $value = /#?\b(form|url)\.\w{1,20}#?/ nocase
        $list = /<cfdirectory\b/ nocase
        $named = /<cffile\s[^>]{0,200}#(form|url)\.\w/ nocase
    condition:
        filesize < 400KB and $value and ($run or ($file and $list) or ($named and ($list or filesize < 8KB)))
}

rule CgiRequestReachesCommand
{
    meta:
        description = "A web script in Perl, Python or shell runs as a command what a visitor sends."
        reason = "web_shell"
        severity = "high"
        technique = "T1505.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "request_reaches_command"
        must_match = "a script that answers web requests and hands a form value to a command call"
        must_not_match = "a script that answers web requests and runs fixed commands"
        confidence = "0.8"
    strings:
        $web = /Content-type:\s{0,4}text\/(html|plain)/ nocase
        $env = /QUERY_STRING|CONTENT_LENGTH|REQUEST_METHOD|\bcgi\.FieldStorage\s{0,2}\(|CGI->new|new CGI\b|\bparam\s{0,2}\(/
        $perl_form = /(system|exec|open\s{0,2}\(\s{0,2}\w{1,20}\s{0,2},)[\s(]{0,4}["']?\|?\s{0,4}\$(in|form|query|cmd|command|q|params?|args?|run_?command|run_?cmd|input|cmdline|shellcommand|comando)\b/ nocase
        $perl_tick = /`[^`\n]{0,20}\$(form|query|cmd|command|param|RunCommand|exec)\b[^`\n]{0,40}`/ nocase
        $perl_param = /(system|exec|qx|`)[\s({'"]{0,4}[^;\n]{0,30}\bparam\s{0,2}\(/ nocase
        $python = /\b(os\.(popen\d?|system)|commands\.getoutput|subprocess\.(Popen|call|check_output|run|getoutput))\s{0,2}\(\s{0,2}(cmd|command|form|theform|c|params|query|shellcmd|data)\b/ nocase
        $python_form = "cgi.FieldStorage"
        $python_run = /\b(os\.(popen\d?|system)|commands\.getoutput)\s{0,2}\(\s{0,2}[a-z]/
        $php = "<?php"
        $shell = /\b(eval|sh -c|bash -c)\s{1,4}["'$(`]{0,4}[^\n]{0,40}\$\{?QUERY_STRING/ nocase
    condition:
        filesize < 200KB and not $php and $web and $env and (any of ($perl*, $python, $shell) or ($python_form and $python_run))
}
