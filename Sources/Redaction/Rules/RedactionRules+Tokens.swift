extension RedactionRules {
    /// Tokens and keys in forms that no provider owns.
    static let tokens: [RedactionRule] = [
        RedactionRule(
            "PRIVATE_KEY", .secret, "Private key in PEM form, also cut off", literals: ["-----BEGIN"],
            pattern: "-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
                + "(?:\(lineBreak)(?:Proc-Type|DEK-Info|Version|Comment): ?[A-Za-z0-9,. /()+-]+){0,4}"
                + "(?:\(lineBreak)[A-Za-z0-9+/=]{20,})+(?:\(lineBreak)[A-Za-z0-9+/]{1,19}={0,2})?"
                + "(?:\(lineBreak)=[A-Za-z0-9+/]{4})?"
                + "(?:\(lineBreak)-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)?"),
        RedactionRule(
            "JWT", .secret, "JSON web token", literals: ["eyJ"],
            pattern: "eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{8,}", boundary: .key, check: .jwt),
        RedactionRule(
            "BEARER_TOKEN", .secret, "Token of an Authorization: Bearer header", literals: ["bearer"],
            ignoresCase: true, prefix: "bearer(?:\\s|%20|\\+|\\\\{1,4}u0020){1,4}",
            pattern: "[A-Za-z0-9._~+/-]{16,}={0,2}", boundary: .wordEnd, check: .keyValue),
        RedactionRule(
            "BASIC_AUTH", .secret, "Name and password of an Authorization: Basic header", literals: ["basic "],
            ignoresCase: true, prefix: "basic {1,4}", pattern: "[A-Za-z0-9+/]{6,}={0,2}", boundary: .keyEnd,
            check: .basicCredentials),
    ]

    /// Line breaks and indentation, also as `\n`, `\\n`, `\r\n` of JSON within JSON.
    private static let lineBreak = #"(?:[\r\n]|\\{1,8}[rn])(?:[\r\n\t ]|\\{1,8}[rnt]|> ?|\| ?|# ?)*"#
}
