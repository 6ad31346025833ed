extension RedactionRules {
    /// Values beside names that say what they are.
    ///
    /// A password is a secret even where it is weak; the value of a key must look like one.
    static let named: [RedactionRule] = [
        .secret(
            "API_KEY", "Key or token, known by the name beside it",
            keyNames.flatMap { name in Set(["_", "-", " ", ""].map { name.replacing("_", with: $0) }).sorted() },
            ignoresCase: true,
            prefix: "(?:\(keyNames.map { $0.replacing("_", with: "[_ -]?") }.joined(separator: "|")))"
                + "(?:\(RulePart.separator)|\(RulePart.pair))",
            keyValue, boundary: .wordEnd, check: .keyValue),
        .secret(
            "API_KEY", "Key or token given to a command", ["--token ", "--api-key ", "--secret ", "--access-key "],
            prefix: "--(?:token|api-key|secret|access-key) {1,3}\(RulePart.quote)?", keyValue, boundary: .wordEnd,
            check: .keyValue),
        .secret(
            "PASSWORD", "Password in quotes, known by the name beside it", passwordNames, ignoresCase: true,
            prefix: "(?:\(passwordNames.joined(separator: "|")))(?:\(quotedSeparator)|\(RulePart.pair))",
            #"[^\s"'`\\]{4,256}"#, boundary: .quote, check: .passwordValue),
        .secret(
            "PASSWORD", "Password, known by the name beside it", passwordNames, ignoresCase: true,
            prefix: "(?:\(passwordNames.joined(separator: "|")))\(bareSeparator)", #"[^\s"'`\\<>,;&|(){}\[\]]{4,256}"#,
            boundary: .none, check: .passwordValue),
        .secret(
            "PASSWORD", "Password given to a command or in a .netrc file",
            ["--password ", "--passwd ", "sshpass -p", "login "],
            prefix: "(?:--passw(?:or)?d {1,3}|sshpass -p ?|login \\S{1,64}\\s{1,4}password )\(RulePart.quote)?",
            #"[^\s"'`\\<>;&|(){}-][^\s"'`\\<>;&|]{3,256}"#, boundary: .none, check: .passwordValue),
    ]

    private static let keyValue = #"(?:[A-Za-z0-9_.+~-]|\\{0,3}/){7,}[A-Za-z0-9_/+-]={0,2}"#

    private static let keyNames = [
        "api_key", "access_key", "secret_key", "private_key", "signing_key", "encryption_key", "subscription_key",
        "auth_key", "master_key", "account_key", "client_secret", "secret", "token",
    ]

    private static let passwordNames = [
        "password", "passwd", "passphrase", "pwd", "passwort", "kennwort", "mot de passe", "contraseña", "wachtwoord",
        "senha",
    ]

    private static let bareSeparator =
        #"(?:\\{0,7}["'`])?\]?\s{0,4}(?::=|=>|==?|:|>|\\{1,4}u003[dD]|%3[dD]|\||\t|\\{1,4}t| (?:is|was):? )\s{0,4}"#
    private static let quotedSeparator =
        #"(?:\\{0,7}["'`])?\]?\s{0,4}(?::\s{0,2}[A-Za-z?\[\]]{2,16}\s{0,2}=|:=|=>|==?|:|\\{1,4}u003[dD]"#
        + #"|\s{1,3}value=|:\s?\{\s?\\{0,7}"value\\{0,7}"\s?:)\s{0,4}\\{0,7}["'`]"#
}

extension RedactionRules {
    /// Tokens and keys in forms that no provider owns.
    static let tokens: [RedactionRule] = [
        .secret(
            "PRIVATE_KEY", "Private key in PEM form, also cut off", ["-----BEGIN"],
            "-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
                + "(?:\(lineBreak)(?:Proc-Type|DEK-Info|Version|Comment): ?[A-Za-z0-9,. /()+-]+){0,4}"
                + "(?:\(lineBreak)(?:=|\(RulePart.base64)){20,})+(?:\(lineBreak)\(RulePart.base64){8,19})?"
                + "(?:(?:\(lineBreak)\(RulePart.base64){1,19}={0,2})?(?:\(lineBreak)=\(RulePart.base64){4})?\(lineBreak)-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?",
            boundary: .none, check: .none),
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

    /// Line breaks and indentation, also as `\n`, `\\n`, `\r\n` of JSON within JSON.
    private static let lineBreak = #"(?:[\r\n]|\\{1,8}[rn])(?:[\r\n\t ]|\\{1,8}[rnt]|> ?|\| ?|# ?)*"#
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
            password, boundary: .userInfo, check: .urlPassword),
        .secret(
            "URL_PASSWORD", "Password in a URL", ["://", ":\\/", ":\\\\/", ":\\\\\\/"],
            prefix: ":\(RulePart.slashes)\(user):", password, boundary: .userInfo, check: .urlPassword),
        .secret(
            "URL_PASSWORD", "Password given to curl", [" -u ", " --user ", " -u\"", " --user="],
            prefix: " (?:-u|--user)[ =]?\(RulePart.quote)?[A-Za-z0-9._%@+-]{1,64}:", #"[^\s"'\\`<>]{3,256}"#,
            boundary: .none, check: .urlPassword),
    ]

    private static let user = #"[^\s:@/"'<>\\\[\]]{0,128}"#
    private static let password = #"[^\s:@/"'<>\\]{1,512}"#
}
