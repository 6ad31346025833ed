extension RedactionRules {
    /// Passwords in URLs; only the password is replaced, so that the user and the host still tell what was used.
    static let urls: [RedactionRule] = [
        RedactionRule(
            "CONNECTION_PASSWORD", .secret, "Password in a connection string",
            literals: [
                "postgres", "mysql", "mariadb", "mongodb", "redis", "amqp", "mssql", "sqlserver", "clickhouse",
                "cockroachdb", "oracle", "nats", "kafka", "snowflake", "neo4j", "bolt", "ldap", "smtp",
            ],
            ignoresCase: true,
            prefix:
                "(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|oracle"
                + "|nats|kafka|snowflake|neo4j|bolt|ldaps?|smtps?)(?:\\+[a-z0-9+_]{1,20})?:\(RulePart.slashes)\(user):",
            pattern: password, boundary: .userInfo, check: .urlPassword),
        RedactionRule(
            "URL_PASSWORD", .secret, "Password in a URL", literals: ["://", ":\\/", ":\\\\/", ":\\\\\\/"],
            prefix: ":\(RulePart.slashes)\(user):", pattern: password, boundary: .userInfo, check: .urlPassword),
        RedactionRule(
            "URL_PASSWORD", .secret, "Password given to curl", literals: [" -u ", " --user ", " -u\"", " --user="],
            prefix: " (?:-u|--user)[ =]?\(RulePart.quote)?[A-Za-z0-9._%@+-]{1,64}:",
            pattern: #"[^\s"'\\`<>]{3,256}"#, check: .urlPassword),
    ]

    private static let user = #"[^\s:@/"'<>\\\[\]]{0,128}"#
    private static let password = #"[^\s:@/"'<>\\]{1,512}"#
}
