"""What a command line holds of secrets is masked; what only looks like one stays readable. Time grows with length."""

from __future__ import annotations

import random
import time

import pytest

from detectors.features.secrets import MARK, mask_secrets

WORD = "Hunter" + "2!x"
LONG = "9f86d081884c7d659a2feaa0c55ad015" * 2

HIDDEN = (
    "tool --password {}", "tool --password={}", "tool --password:{}", "tool -password {}", 'tool --password "{}"',
    "tool --password '{} and more'", "tool --pass {}", "tool --passphrase={}", "tool --token {}", "tool --token={}",
    "tool --auth-token {}", "tool --secret {}", "tool --client-secret={}", "tool --key {}", "tool --api-key {}",
    "tool --api_key={}", "tool --apikey={}", "tool /password:{}", "tool /p:{}", "tool /pass:{}", "tool /PASS:{}",
    "tool /user:maria /password {}", "tool -u maria -p {}", "tool --username maria -p '{}'", "curl -u maria:{} https://x.example",
    "curl --user maria:{} https://x.example", "curl https://maria:{}@x.example/a", "git clone https://oauth2:{}@git.example/a.git",
    "ftp://maria:{}@x.example", "wget --http-password={} x.example", "wget --header='Authorization: Basic {}' x",
    'curl -H "Authorization: Bearer {}" x', "curl -H 'Authorization: {}' x", "curl -H 'X-Api-Key: {}' x",
    "curl -d '{{\"user\": \"maria\", \"password\": \"{}\"}}' x", "curl x.example/?token={}&page=2", "curl 'x?a=1&api_key={}'",
    "sshpass -p {} ssh maria@pc", "sshpass -p{} ssh maria@pc", "sudo sshpass -p '{}' ssh x", "mysql -u root -p{} shop",
    "mysqldump -uroot -p{} --all-databases", "PGPASSWORD={} psql -h db", "env MYSQL_PWD={} mysql", "export DB_PASSWORD='{}'",
    "set DB_PASS={}", "AWS_SECRET_ACCESS_KEY={} aws s3 ls", "export GITHUB_TOKEN={}", "cmdkey /add:pc /user:maria /pass:{}",
    'cmdkey.exe /generic:TERMSRV/pc /user:maria /pass:"{}"', "net user maria {} /add", "net1 user maria {} /add /domain",
    "C:\\Windows\\System32\\net.exe user maria {}", 'cmd.exe /c "net user maria {} /add"', "net use \\\\pc\\c$ {} /user:maria",
    "net use Z: \\\\pc\\c$ /user:dom\\maria {}", "net use * \\\\pc\\c$ {}", "schtasks /create /tn a /tr b /ru maria /rp {}",
    "schtasks.exe /create /s pc /u maria /p {} /tn a", "psexec \\\\pc -u maria -p {} tool", "PsExec64.exe -accepteula \\\\pc -u a -p {} tool",
    'powershell ConvertTo-SecureString "{}" -AsPlainText -Force', "powershell ConvertTo-SecureString -String '{}' -AsPlainText -Force",
    "powershell \"'{}' | ConvertTo-SecureString -AsPlainText -Force\"", "powershell $password = '{}'; rest",
    "powershell New-Object Net.NetworkCredential('maria', '{}')", 'powershell -Command "Set-X -Password \\"{}\\" -Y 1"',
    "wmic /user:dom\\maria /password:{} /node:pc process list", "7z a -p{} out.7z in", "rar a -hp{} out.rar in",
    "zip -P {} out.zip in", "zip --password {} out.zip in", "openssl enc -aes-256-cbc -pass pass:{} -in a", "openssl enc -aes-256-cbc -k {} -in a",
    "echo {} | sudo -S id", "echo maria:{} | chpasswd", "echo '{}' | passwd --stdin maria", "smbclient //pc/c -U maria%{}",
    "plink -l maria -pw {} pc", "certutil -p {} -exportPFX a", "docker login -u maria -p {}", "redis-cli -a {} keys a",
    "ldapsearch -D cn=a -w {} -b x", "sqlcmd -S pc -U sa -P {} -Q x", "xfreerdp /u:maria /p:{} /v:pc", "winrs -r:pc -u:maria -p:{} id",
    "htpasswd -bc users maria {}", "tool.py dom/maria:{}@pc", "mongosh -u maria -p {} db", "dscl . -passwd /Users/maria {}",
    "useradd -m -p {} maria", "Server=db;User Id=sa;Password={};", "AccountKey={};EndpointSuffix=x", "tool --password -- ; tool --password {}",
    "notify-send 'the password is {}'", "echo Password is: {} > a.txt", "msg * Das Passwort lautet {}", "curl https://{}@x.example/a",
    "tool --db-password1 {}", "tool passwort={}", "sysadminctl -addUser maria -password {} -admin", "dsadd user cn=a -pwd {}",
)  # fmt: skip

READABLE = (
    "svchost.exe -k netsvcs -p -s BITS", "docker run -p 8080:80 web", "ssh -p 2222 maria@pc", "tool -p 8080", "tool -u -p 27292 -s 2884",
    "powershell.exe -NoProfile -ExecutionPolicy Bypass -Command Get-Date", "grep -ri password /home/maria", "findstr /si password *.txt",
    "type C:\\Users\\maria\\password.txt", "cat /etc/passwd /etc/shadow", "cp /etc/pam.d/password-auth /tmp/a", "vim /home/maria/token.py",
    "chrome --password-store=basic --type=renderer", "gpg --batch --passphrase-fd 0 -c a", "tool --password-file /run/a", "mysql -p",
    "net user maria /delete", "net user /domain", "net user > names.txt", "net use Z: /delete", "net use \\\\pc\\c$ /user:maria *", "net localgroup users maria /add",
    "net start spooler", "docker run -u 1000:1000 web", "tool -u C:\\a\\b", "nmap -p 1-65535 pc", "mkdir -p /tmp/a/b", "iptables -p tcp -j DROP",
    "msbuild a.sln /p:Configuration=Release", "dotnet build -p:Version=1.2.3", "tool, PublicKeyToken=31bf3856ad364e35", "openssl rsa -in key.pem -out b.pem",
    "ssh -i /home/maria/.ssh/key pc", "tool --key /etc/ssl/a.pem", "keyboard --layout de", "python monkey.py keyword", "curl https://x.example:8443/a?b=c",
    "git clone git@git.example:a/b.git", "reg add HKCU\\Software\\A /v Key /t REG_SZ /d b", "rundll32 keymgr.dll,KRShowKeyMgr", "tool --author maria",
    "appcmd list vdir /text:password", "python winner.py -u a -i 7 -p c:\\tools\\a.exe", "passwd maria", "echo hello | sort", "7z x a.7z -oout -y", "tar -xpf a.tar",
    "tool --compass north", "tool --bypass x", "certutil -urlcache -f http://x.example/a b", "tool --no-password --port 22", "tool --monkey banana",
    "git clone https://maria@git.example/a.git", "echo password is required", "echo the token is not valid", "ssh://host2@x.example",
    "", " ", '"', "'", "--password", "--password=", "-p", "net user", "net use", "net", "://:@",
)  # fmt: skip


@pytest.mark.parametrize("line", HIDDEN)
@pytest.mark.parametrize("secret", [WORD, LONG])
def test_a_secret_is_masked_and_the_rest_stays(line, secret):
    masked = mask_secrets(line.format(secret))
    assert secret not in masked
    assert MARK in masked
    assert masked[:2] == line[:2]


@pytest.mark.parametrize("line", ["mongodump -u anna -d shop -p {}", "/usr/bin/vault login -no-print {}"])
def test_a_password_that_only_its_place_tells_is_masked(line):
    assert mask_secrets(line.format(WORD)) == line.format(MARK)


def test_the_name_of_a_way_to_sign_in_stays_readable():
    assert mask_secrets("vault login -method=oidc role=reader") == "vault login -method=oidc role=reader"


@pytest.mark.parametrize("line", READABLE)
def test_what_only_looks_like_a_secret_stays_readable(line):
    assert mask_secrets(line) == line


@pytest.mark.parametrize(
    "secret",
    [
        "AKIA" + "ABCDEFGHIJKLMNOP", "ghp_" + "a1B2" * 9, "glpat-" + "a1B2" * 5, "xoxb-" + "1234567890-abcdefghij",
        "eyJ" + "hbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiIxMjM0In0" + "." + "abc_def-ghi",
    ],
)  # fmt: skip
def test_a_secret_known_by_its_form_is_masked_anywhere(secret):
    assert mask_secrets(f"tool run {secret} fast") == f"tool run {MARK} fast"


def test_the_mark_tells_no_length():
    short, long = (mask_secrets(f"tool --password {'x' * size} --fast") for size in (4, 400))
    assert short == long == f"tool --password {MARK} --fast"


def test_quotes_and_operators_around_a_value_stay():
    assert mask_secrets('tool --password "a b" --fast') == f'tool --password "{MARK}" --fast'
    assert mask_secrets("tool --token=abcdef&&whoami") == f"tool --token={MARK}&&whoami"
    assert mask_secrets('sh -c "tool --password abc"') == f'sh -c "tool --password {MARK}"'


def test_masking_twice_changes_nothing():
    for line in HIDDEN:
        once = mask_secrets(line.format(WORD))
        assert mask_secrets(once) == once


def test_two_secrets_in_a_line_are_both_masked():
    masked = mask_secrets(f"tool --password {WORD} --token={LONG} && net user maria {WORD} /add")
    assert masked == f"tool --password {MARK} --token={MARK} && net user maria {MARK} /add"


def test_any_text_of_any_kind_is_taken():
    dice = random.Random(5)
    parts = ["--password", " ", '"', "'", "\\", '\\"', "net", "user", "\udc80", "\0", "=", ":", "@", "://", "|", "-p", "\n", "é"]  # fmt: skip
    for _ in range(3_000):
        text = "".join(dice.choice(parts) for _ in range(dice.randrange(30)))
        assert isinstance(mask_secrets(text), str)


@pytest.mark.parametrize(
    "part",
    [
        "password", "password is ", "https://1", "https://", "password=", "password ", "-", "--", "--password ", " ", '"', "'", '\\"', "a", "://", "://a:", "a/", "a/b:", "echo ", "echo a",
        "convertto-securestring ", "convertto-securestring -force ", "networkcredential(", "networkcredential('", "authorization:", "bearer ",
        "net user ", "net use \\\\a ", "-p ", "-u a:b ", "|", "'a' |", "key=", "eyJaaaaaaaa.", "AKIA", "ghp_", "sk-", "sshpass -p ", "a_", "\t", "api_",
        '" "', "' '",
    ],
)  # fmt: skip
def test_time_grows_with_length_alone(part):
    taken = []
    for size in (10_000, 80_000):
        text = (part * size)[:size] + "!"
        began = time.process_time()
        mask_secrets(text)
        taken.append(time.process_time() - began)
    assert taken[1] < max(8 * 4 * taken[0], 1.0), taken
    assert taken[1] < 3
