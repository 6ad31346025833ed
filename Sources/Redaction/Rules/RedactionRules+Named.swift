extension RedactionRules {
    /// Values beside names that say what they are.
    ///
    /// A password is a secret even where it is weak; the value of a key must look like one.
    static let named: [RedactionRule] = [
        .named(
            "PASSWORD", "Password, known by the name beside it",
            [
                "pass", "pwd", "pswd", "pw=", "pw:", "pw\"", "pw'", "pw ", "kennwort", "senha", "mdp", "contrase",
                "clave", "wachtwoord", "haslo", "hasło", "lösenord", "heslo", "sifre", "şifre", "parol", "lozinka",
                "geslo", "adgangskode", "salasana", "jelsz", "masterauth", "пароль", "Пароль", "парола", "密码", "密碼",
                "口令", "パスワード", "暗証番号", "비밀번호", "암호", "mật khẩu", "sandi", "รหัสผ่าน", "كلمة المرور",
                "كلمة السر", "סיסמה", "पासवर्ड", "κωδικός",
            ]),
        .named(
            "API_KEY", "Key or token, known by the name beside it",
            [
                "key", "token", "secret", "jwt", "pat=", "pat:", "pat\"", "pat'", "_pat", "hmac", "fernet", "salt",
                "pepper", "credential", "creds", "bearer", "csrf", "xsrf", "psk", "assertion", "sessid", "_session=",
                "signature=", "sessionid", "connect.sid", "appid=", "app_id=", "code=", "auth=", "sig=", "ticket=",
                "chave", "jeton", "schlüssel", "geheimnis", "токен", "ключ", "секрет", "密钥", "令牌", "トークン",
                "秘密鍵", "토큰", "clé", "clave",
            ]),
        .named(
            "AUTHORIZATION", "Credentials of an Authorization header", ["authoriz", "authoris", "auth", "authn"]),
        .named("COOKIE", "Value of a cookie", ["cookie"]),
        .secret(
            "PASSWORD", "Password given to a command", commands.map { $0 + " " }, ignoresCase: false,
            prefix:
                "(?:\(commands.joined(separator: "|"))) (?:[^\\n|;&]{0,200} )?(?:-p ?|--?pass(?:word)?[ =]|-a |-P ?|-w |/p:|-pass )\(RulePart.quote)?",
            #"[^\s"'`\\<>;&|(){}-][^\s"'`\\<>;&|]{3,256}"#, boundary: .none, check: .commandPassword),
    ]

    /// Programs that take a password behind `-p` and its like.
    private static let commands = [
        "mysql", "mysqldump", "mysqladmin", "mariadb", "mongo", "mongosh", "mongodump", "mongorestore", "sshpass",
        "redis-cli", "docker login", "podman login", "az login", "sqlcmd", "bcp", "ldapsearch", "unzip", "zip", "7z",
        "cqlsh", "xfreerdp", "smbclient", "influx", "mosquitto_pub", "mosquitto_sub", "helm registry login",
        "oc login", "keytool", "openssl", "cf login", "mc alias set", "psexec",
    ]
}

extension RedactionRule {
    /// A rule for values that their names tell; see `SecretName`.
    fileprivate static func named(_ label: String, _ title: String, _ literals: [String]) -> RedactionRule {
        var rule = RedactionRule(label, .secret, title, literals: literals, ignoresCase: true, pattern: "")
        rule.form = .named
        return rule
    }
}

extension RedactionRules {
    /// Tokens and keys in forms that no provider owns.
    static let tokens: [RedactionRule] = [
        keyBlock,
        .secret(
            "PRIVATE_KEY", "Private key in PEM form, in base64", ["LS0tLS1CRUdJTiB"],
            "LS0tLS1CRUdJTiB(?:QUklW|[SFPE])\(RulePart.base64){40,}={0,2}", boundary: .keyEnd),
        .secret(
            "PRIVATE_KEY", "Private member of a JSON web key",
            ["\"d\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"p\"", "\"q\"", "\"k\""],
            prefix: #""(?:d|dp|dq|qi|p|q|k)"\s{0,2}:\s{0,2}""#, "[A-Za-z0-9_-]{22,}", boundary: .quote, check: .webKey),
        .secret(
            "JWT", "JSON web token", ["eyJ"], "eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{8,}",
            boundary: .key, check: .jwt),
        .secret(
            "BEARER_TOKEN", "Token of an Authorization: Bearer header", ["bearer"], ignoresCase: true,
            prefix: "bearer(?:\\s|%20|\\+|\\\\{1,4}u0020){1,4}", "(?:[A-Za-z0-9._~+-]|\\\\{0,3}/){16,}={0,2}",
            boundary: .wordEnd, check: .keyValue),
        .secret(
            "BASIC_AUTH", "Name and password of an Authorization: Basic header", ["basic "], ignoresCase: true,
            prefix: "basic {1,4}", "\(RulePart.base64){6,}={0,2}", boundary: .keyEnd, check: .basicCredentials),
    ]

    /// What begins or ends a private key as tools print it.
    private static let keyBlock: RedactionRule = {
        var rule = RedactionRule(
            "PRIVATE_KEY", .secret, "Private key, whatever stands before its lines, also cut off",
            literals: ["-----BEGIN", "-----END", "---- BEGIN SSH2", "---- END SSH2", "Private-Lines:"], pattern: "")
        rule.form = .keyBlock
        return rule
    }()
}

extension RedactionRules {
    /// Passwords in URLs; only the password is replaced, so that the user and the host still tell what was used.
    static let urls: [RedactionRule] = [
        .secret(
            "CONNECTION_PASSWORD", "Password in a connection string",
            [
                "postgres", "mysql", "mariadb", "mongodb", "redis", "amqp", "mssql", "sqlserver", "clickhouse",
                "cockroachdb", "oracle", "nats", "kafka", "snowflake", "neo4j", "bolt", "ldap", "smtp",
            ],
            ignoresCase: true,
            prefix:
                "(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|oracle"
                + "|nats|kafka|snowflake|neo4j|bolt|ldaps?|smtps?)(?:\\+[a-z0-9+_]{1,20})?:\(RulePart.slashes)\(user):",
            rawPassword, boundary: .userInfo, check: .urlPassword),
        .secret(
            "URL_PASSWORD", "Password in a URL", ["://", ":\\/", ":\\\\/", ":\\\\\\/"],
            prefix: ":\(RulePart.slashes)\(user):", password, boundary: .userInfo, check: .urlPassword),
        .secret(
            "PASSWORD", "Password of a .pgpass file", [":5432:", ":6432:", ":*:*:"],
            prefix: #"[A-Za-z0-9.*_-]{1,64}:(?:[0-9]{4,5}|\*):[A-Za-z0-9*_-]{1,64}:[A-Za-z0-9*_-]{1,64}:"#,
            #"[^\s"'`\\<>:]{4,128}"#, lookback: 64, boundary: .none, check: .commandPassword),
        .secret(
            "URL_PASSWORD", "Password given to curl", [" -u ", " --user ", " -u\"", " --user="],
            prefix: " (?:-u|--user)[ =]?\(RulePart.quote)?[A-Za-z0-9._%@+-]{1,64}:", #"[^\s"'\\`<>]{3,256}"#,
            boundary: .none, check: .commandPassword),
    ]

    private static let user = #"[^\s:@/"'<>\\\[\]]{0,128}"#
    private static let password = #"[^\s/"'<>\\,]{1,512}"#
    /// Not all passwords are encoded as they should be; a query or a list of URLs ends them.
    private static let rawPassword = #"[^\s"'<>\\,?&]{1,256}"#
}
