// Passwords that no key names: in the arguments of programs, and in files of their own format.
import assert from "node:assert/strict";
import { secretsIn } from "../../../../../policy/lib/secrets/secret-like";
import { secretInEnv } from "../../../../../policy/rules/secret-in-env";
import { judgedWith } from "../../../../support/policy/pod-with";

const finds = (key: string, value: string) => secretsIn(key, value).length > 0;
const literal = "S3cr3tPassw0rd";

const commands = [
    ["curl", "-u", `admin:${literal}`, "https://example.com/"],
    ["curl", "-fsS", `-uadmin:${literal}`, "https://example.com/"],
    ["/usr/bin/curl", `--user=admin:${literal}`, "https://example.com/"],
    ["curl", "--proxy-user", `proxy:${literal}`, "https://example.com/"],
    ["http", "-a", `admin:${literal}`, "example.com"],
    ["mysql", "-uroot", `-p${literal}`, "db"],
    ["mysqldump", "-h", "db", `-p${literal}`, "db"],
    ["mariadb-dump", `-p${literal}`, "db"],
    ["mongosh", "-u", "root", "-p", literal],
    ["redis-cli", "-h", "redis", "-a", literal, "ping"],
    ["sshpass", "-p", literal, "ssh", "host"],
    ["ldapsearch", "-D", "cn=admin", "-w", literal],
    ["docker", "login", "-u", "ci", "-p", literal],
    ["openssl", "rsa", "-in", "a", "-passin", `pass:${literal}`],
    ["smbclient", "-U", `user%${literal}`, "//host/share"],
    ["etcdctl", "--user", `root:${literal}`, "get", "/"],
    ["lftp", "-u", `user,${literal}`, "sftp://host"],
    ["cqlsh", "-u", "cassandra", "-p", literal],
    ["zip", "-P", literal, "a.zip", "a"],
    ["7z", "a", `-p${literal}`, "a.7z", "a"],
    ["ipmitool", "-H", "host", "-P", literal, "power"],
    ["snmpget", "-v3", "-A", literal, "host"],
    ["oc", "login", "-u", "admin", "-p", literal],
    ["rabbitmqctl", "add_user", "app", literal],
    ["mc", "alias", "set", "store", "http://minio:9000", "access", literal],
    ["htpasswd", "-bc", "/etc/htpasswd", "admin", literal],
    ["grafana-cli", "admin", "reset-admin-password", literal],
    ["neo4j-admin", "dbms", "set-initial-password", literal],
    ["sqlplus", "-s", `scott/${literal}@//db:1521/app`],
    ["docker", "exec", "db", "mysqldump", "-uroot", `-p${literal}`],
    ["mysql", "--password", literal, "db"],
    ["keytool", "-importcert", "-storepass", literal],
    ["gpg", "--passphrase", literal, "-d", "a"],
];

const harmless = [
    ["curl", "-u", "$USER:$PASSWORD", "https://example.com/"],
    ["curl", "-u", "${USER}:${PASSWORD}", "https://example.com/"],
    ["curl", "-u", "admin", "https://example.com/"],
    ["curl", "-u", "1000:1000", "https://example.com/"],
    ["mysql", "-uroot", "-p", "db"],
    ["mysql", "-uroot", "-p$MYSQL_PASSWORD", "db"],
    ["mysql", "-P3306", "-port=3306", "db"],
    ["redis-cli", "-a", "$(REDIS_PASSWORD)"],
    ["docker", "run", "-p", "8080:8080", "app"],
    ["docker", "run", "-u", "1000:1000", "app"],
    ["mkdir", "-p", "/data/very/deep"],
    ["openssl", "rsa", "-passin", "env:PASSWORD"],
    ["openssl", "rsa", "-passin", "file:/run/secrets/pass"],
    ["grep", "-u", "a:b"],
    ["rabbitmqctl", "add_user", "app", "$PASSWORD"],
    ["rabbitmqctl", "list_users"],
    ["mc", "alias", "set", "store", "http://minio:9000", "$ACCESS_KEY", "$SECRET_KEY"],
    ["mc", "mb", "store/bucket1"],
    ["htpasswd", "-c", "/etc/htpasswd", "admin"],
    ["sqlplus", "/", "as", "sysdba"],
    ["sqlplus", "@/scripts/a1.sql"],
    ["docker", "exec", "db", "mysql", "-p"],
    ["mysql", "--password", "$(PASSWORD)"],
    ["app", "--password-file", "/run/secrets/db1"],
    ["app", "--token-ttl", "10m"],
    ["zip", "-P", "$ZIP_PASSWORD", "a.zip", "a"],
];

const inArguments = (words: string[]) =>
    judgedWith(
        secretInEnv,
        [["containers", 0, "command"], words.slice(0, 1)],
        [["containers", 0, "args"], words.slice(1)],
    );
const inShell = (words: string[]) =>
    judgedWith(secretInEnv, [
        ["containers", 0, "command"],
        ["sh", "-c", `set -e\n${words.join(" ")} && echo done`],
    ]);
const inProbe = (words: string[]) =>
    judgedWith(secretInEnv, [["containers", 0, "livenessProbe"], { exec: { command: words } }]); // prettier-ignore

describe("a password in a command", () => {
    it("is found in a list of arguments, in a script, in a probe and in a ConfigMap, and is not shown", () => {
        for (const words of commands) {
            const name = words.join(" ");
            for (const judge of [inArguments, inShell, inProbe]) {
                const { violations } = judge(words);
                assert.equal(violations.length, 1, `${name}: ${violations.join("; ")}`);
                assert.ok(!violations.join("").includes(literal), name);
            }
            assert.ok(finds("backup.sh", `#!/bin/sh\nset -e\n${words.slice(0, 2).join(" ")} \\\n  ${words.slice(2).join(" ")}\n`), name);
        }
    }); // prettier-ignore

    it("is none where it is a variable, asked for, or something else", () => {
        for (const words of harmless)
            for (const judge of [inArguments, inShell, inProbe]) assert.deepEqual(judge(words).violations, [], words.join(" ")); // prettier-ignore
    });

    it("is found in a header, and in a pair that another flag takes", () => {
        for (const text of [
            `curl -H "X-Api-Key: ${literal}" https://example.com/`,
            `curl --header 'PRIVATE-TOKEN: ${literal}' https://example.com/`,
            `kubectl create secret generic db --from-literal=password=${literal}`,
            `kafka-configs --add-config 'SCRAM-SHA-512=[iterations=8192,password=${literal}]'`,
            `echo "root:${literal}" | chpasswd`,
        ])
            assert.ok(finds("run.sh", text), text);
        for (const text of [
            'curl -H "PRIVATE-TOKEN: $TOKEN" https://example.com/',
            'curl -H "Content-Type: application/json" https://example.com/',
            "kubectl create secret generic db --from-literal=password=$PASSWORD",
            'echo "root:$PASSWORD" | chpasswd',
            `curl -d '{"password":"'"$PASSWORD"'"}' https://example.com/`,
            "  --password string   the password\n  --api-key KEY   the key\n",
            "Use --password to set the password of the user.",
        ])
            assert.ok(!finds("run.sh", text), text);
    });

    it("names the argument", () => {
        assert.deepEqual(inArguments(["mysqldump", "-uroot", `-p${literal}`]).violations, [
            "spec.containers[app].args[1]: holds a password in a command; take it from a Secret",
        ]);
    });
});

describe("a password in a file of its own format", () => {
    it("is found", () => {
        for (const [name, text] of [
            [".netrc", `machine git.example.com login ci password ${literal}\n`],
            ["netrc", `machine git.example.com\n  login ci\n  password ${literal}\n`],
            [".netrc", "machine git.example.com login ci password correcthorsebattery\n"],
            [".pgpass", `db.example.com:5432:app:app:${literal}\n`],
            ["pgpass", "*:*:*:app:words\n"],
            ["config", `# a comment\ndb.example.com:5432:app:app:${literal}\n`],
            ["userlist.txt", `"app" "${literal}"\n`],
            ["sasl_passwd", `[smtp.example.com]:587 user:${literal}\n`],
            ["ipsec.secrets", `: PSK "${literal}"\n`],
            ["redis.conf", `requirepass ${literal}\n`],
            ["nslcd.conf", `bindpw ${literal}\n`],
            ["haproxy.cfg", `userlist x\n  user admin insecure-password ${literal}\n`],
            [".npmrc", `//registry.example.com/:_authToken=${literal}\n`],
            [".npmrc", `//registry.example.com/:_password=${literal}\n`],
            ["nginx.conf", `proxy_set_header Authorization "Basic ${Buffer.from(`app:${literal}`).toString("base64")}";\n`],
            ["run.sh", `PGPASSWORD=${literal} psql -h db\n`],
            ["run.sh", `export SSHPASS=${literal}\nREDISCLI_AUTH=${literal} redis-cli\n`],
            ["app.toml", `[db]\npassword = '${literal}'\n`],
            ["wpa.conf", `psk="${literal}"\n`],
            ["fluent-bit.conf", `[OUTPUT]\n    HTTP_User a\n    HTTP_Passwd ${literal}\n`],
            ["fluent-bit.conf", "[OUTPUT]\n    HTTP_Passwd changeme\n"],
            ["fluent.conf", `<match **>\n  password ${literal}\n</match>\n`],
            ["ldap.conf", `AuthLDAPBindPassword "${literal}"\n`],
            ["named.conf", `key "a" {\n  secret "${literal}";\n};\n`],
            ["keepalived.conf", `  auth_type PASS\n  auth_pass ${literal}\n`],
            ["pipeline.conf", `output { http { password => "${literal}" } }\n`],
            ["config.php", `$CONFIG = array('dbpassword' => '${literal}');\n`],
            ["hibernate.xml", `<property name="hibernate.connection.password">${literal}</property>\n`],
            ["appsettings.json", `{"Default": "Server=db;Database=app;User Id=sa;Password=${literal};"}`],
            ["init.sql", `ALTER USER 'app' IDENTIFIED WITH mysql_native_password BY '${literal}';\n`],
            ["settings.py", `app.config["SECRET_KEY"] = "${literal}"\n`],
            ["nginx.conf", `  set $api_key "${literal}";\n`],
            ["run.sh", `echo ${literal} | docker login -u ci --password-stdin\n`],
            [".fetchmailrc", `poll mail.example.com user "a" password "${literal}"\n`],
            ["users.acl", `user default on >${literal} ~* +@all\n`],
            ["sentinel.conf", `sentinel auth-pass main ${literal}\n`],
            ["jaas.conf", `PlainLoginModule required\n  user_admin="${literal}";\n`],
            ["haproxy.cfg", `listen stats\n  stats auth admin:${literal}\n`],
            ["app.yaml", `dsn: app:${literal}@tcp(mysql:3306)/app\n`],
            ["a.yaml", "password: correct horse battery staple\n"],
            ["a.yaml", "password: correct-horse-battery-staple\n"],
            ["a.properties", "db.password=correct horse battery staple\n"],
        ] as const)
            assert.ok(finds(name, text), `${name}: ${text}`);
    }); // prettier-ignore

    it("is none where the file has another sense", () => {
        for (const [name, text] of [
            [".netrc", "machine git.example.com login ci password ${GIT_PASSWORD}\n"],
            ["passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n"],
            ["hosts", "fe80:1234:5678:9abc:def0\n"],
            ["log", "main.c:120:main:error:expected\n2026-01-01 10:20:30:40:50\n"],
            ["userlist.txt", '"app" "SCRAM-SHA-256$4096:x$y:z"\n'],
            ["htpasswd", "admin:$apr1$abcdefgh$abcdefghijklmnopqrstu.\n"],
            ["README", "basic authentication is used\nBasic types are integer\n"],
            ["fluent-bit.conf", "[OUTPUT]\n    HTTP_Passwd ${ES_PASSWORD}\n"],
            ["ldap.conf", 'AuthLDAPBindPassword "exec:/bin/cat /run/password"\nProxyPass / http://app/\n'],
            ["keepalived.conf", "  auth_type PASS\n  auth_pass ${VRRP_PASSWORD}\n"],
            ["pipeline.conf", 'output { http { password => "${PASSWORD}" } }\n'],
            ["app.js", "users.map(token => token.id);\nconst f = password => hash(password);\n"],
            ["hibernate.xml", '<property name="hibernate.connection.password">${DB_PASSWORD}</property>\n'],
            ["appsettings.json", '{"Default": "Server=db;Database=app;Integrated Security=true"}'],
            ["settings.py", 'app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n'],
            ["nginx.conf", "  set $api_key $http_x_api_key;\n"],
            ["run.sh", "echo $PASSWORD | docker login -u ci --password-stdin\n"],
            ["users.acl", `user default on #${"5e884898".repeat(8)} ~* +@all\n`],
            ["sentinel.conf", "sentinel auth-pass main ${REDIS_PASSWORD}\n"],
            ["run.sh", 'user_name="app"\n'],
            ["app.yaml", "dsn: ${USER}:${PASSWORD}@tcp(mysql:3306)/app\n"],
            ["README", "Password required\nToken expired.\nToken bucket\n"],
            ["nginx.conf", 'auth_basic "Restricted";\nauth_basic_user_file /etc/nginx/htpasswd;\n'],
        ] as const)
            assert.deepEqual(secretsIn(name, text), [], `${name}: ${text}`);
    });
});
