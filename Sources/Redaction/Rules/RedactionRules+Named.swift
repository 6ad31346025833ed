extension RedactionRules {
    /// Values beside names that say what they are.
    ///
    /// A password is a secret even where it is weak; the value of a key must look like one.
    static let named: [RedactionRule] = [
        RedactionRule(
            "API_KEY", .secret, "Key or token, known by the name beside it",
            literals: keyNames.flatMap { name in
                Set(["_", "-", " ", ""].map { name.replacing("_", with: $0) }).sorted()
            },
            ignoresCase: true,
            prefix: "(?:\(keyNames.map { $0.replacing("_", with: "[_ -]?") }.joined(separator: "|")))"
                + "(?:\(RulePart.separator)|\(RulePart.pair))",
            pattern: "[A-Za-z0-9_.+/~-]{7,}[A-Za-z0-9_/+-]={0,2}", boundary: .wordEnd, check: .keyValue),
        RedactionRule(
            "API_KEY", .secret, "Key or token given to a command",
            literals: ["--token ", "--api-key ", "--secret ", "--access-key "],
            prefix: "--(?:token|api-key|secret|access-key) {1,3}\(RulePart.quote)?",
            pattern: "[A-Za-z0-9_.+/~-]{7,}[A-Za-z0-9_/+-]={0,2}", boundary: .wordEnd, check: .keyValue),
        RedactionRule(
            "PASSWORD", .secret, "Password in quotes, known by the name beside it", literals: passwordNames,
            ignoresCase: true,
            prefix: "(?:\(passwordNames.joined(separator: "|")))(?:\(quotedSeparator)|\(RulePart.pair))",
            pattern: #"[^\s"'`\\]{4,256}"#, boundary: .quote, check: .passwordValue),
        RedactionRule(
            "PASSWORD", .secret, "Password, known by the name beside it", literals: passwordNames, ignoresCase: true,
            prefix: "(?:\(passwordNames.joined(separator: "|")))\(bareSeparator)",
            pattern: #"[^\s"'`\\<>,;&|(){}\[\]]{4,256}"#, check: .passwordValue),
        RedactionRule(
            "PASSWORD", .secret, "Password given to a command", literals: ["--password ", "--passwd "],
            prefix: "--passw(?:or)?d {1,3}\(RulePart.quote)?", pattern: #"[^\s"'`\\<>;&|(){}-][^\s"'`\\<>;&|]{3,256}"#,
            check: .passwordValue),
    ]

    private static let keyNames = [
        "api_key", "access_key", "secret_key", "private_key", "signing_key", "encryption_key", "subscription_key",
        "auth_key", "master_key", "account_key", "client_secret", "secret", "token",
    ]

    private static let passwordNames = ["password", "passwd", "passphrase", "pwd"]

    private static let bareSeparator =
        #"(?:\\{0,7}["'`])?\]?\s{0,4}(?::=|=>|==?|:|>|\\{1,4}u003[dD]|%3[dD])\s{0,4}"#
    private static let quotedSeparator =
        #"(?:\\{0,7}["'`])?\]?\s{0,4}(?::\s{0,2}[A-Za-z?\[\]]{2,16}\s{0,2}=|:=|=>|==?|:|\\{1,4}u003[dD])\s{0,4}\\{0,7}["'`]"#
}
