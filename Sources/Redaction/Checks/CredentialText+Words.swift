extension CredentialText {
    static let longestTemplate = 200
    static let longestName = 40

    /// What stands in texts that are to be replaced by a secret.
    static let placeholders = WordList([
        "${", "{{", "}}", "***", "xxxx", "...", "your", "example", "placeholder", "changeme", "change-me", "change_me",
        "redacted", "dummy", "insert", "replace", "_here", "-here", "sample", "\u{2026}", "\u{2022}", "\u{25CF}",
    ])

    /// Words in the place of a password: types, prompts, names of fields and messages.
    static let words = WordList([
        "password", "passwd", "pass", "pwd", "passphrase", "secret", "token", "value", "string", "str", "text", "none",
        "null", "nil", "undefined", "true", "false", "bool", "boolean", "int", "integer", "number", "array", "object",
        "required", "optional", "missing", "invalid", "incorrect", "wrong", "hidden", "masked", "empty", "unknown",
        "encrypted", "plaintext", "field", "input", "user", "username", "email", "data", "config", "credentials",
        "args",
        "self", "this", "request", "getpass", "bearer", "basic", "char", "varchar", "byte", "bytes", "hash", "hashed",
        "filtered", "not_set", "notset", "expired", "failed", "denied", "test_password", "authentication", "error",
        "success", "okay", "anonymous",
    ])

    /// How names of variables end that hold a secret or ask for one.
    static let nameEndings = WordList([
        "password", "passwd", "pwd", "secret", "token", "key", "input", "value", "field",
    ])

    /// Names of tokens that open nothing.
    static let pageNames = WordList([
        "page_token", "page-token", "pagetoken", "next_token", "nexttoken", "sync_token", "synctoken",
        "continuation_token", "continuationtoken", "cursor_token", "idempotency", "changetoken", "change_token",
        // The name of a secret in the name of a resource.
        ":secret:",
    ])
}
