extension RedactionRules {
    /// Keys of clouds and of their services.
    static let clouds: [RedactionRule] = [
        RedactionRule(
            "AWS_KEY_ID", .secret, "AWS access key id", literals: ["AKIA", "ASIA"],
            pattern: "A[KS]IA[A-Z2-7]{16}", boundary: .word),
        RedactionRule(
            "AWS_SECRET_KEY", .secret, "AWS secret access key, known by the name beside it",
            literals: ["secret_access_key", "secretaccesskey", "secret-access-key", "secret access key", "aws_secret"],
            ignoresCase: true,
            prefix: "(?:aws_secret(?:_access)?(?:_key)?|secret[_ -]?access[_ -]?key)"
                + "(?:\(RulePart.separator)|\(RulePart.pair)|[ \t]{1,4})",
            pattern: "[A-Za-z0-9/+]{40}", boundary: .keyEnd, check: .entropy(3.5)),
        RedactionRule(
            "AWS_SECRET_KEY", .secret, "AWS secret access key, known by the key id before it",
            literals: ["AKIA", "ASIA"],
            prefix: #"A[KS]IA[A-Z2-7]{16}(?:\\{0,7}["'])?[\s,:;|/]{1,8}(?:\\{0,7}["'])?"#,
            pattern: "[A-Za-z0-9/+]{40}", boundary: .keyEnd, check: .entropy(3.5)),
        RedactionRule(
            "AWS_SESSION_TOKEN", .secret, "AWS session token, known by the name beside it",
            literals: ["session_token", "sessiontoken", "security-token", "security_token"], ignoresCase: true,
            prefix: "(?:session_?token|security[_-]token)(?:\(RulePart.separator)|\(RulePart.pair))",
            pattern: "[A-Za-z0-9/+]{100,}={0,2}", boundary: .keyEnd),
        RedactionRule(
            "GOOGLE_API_KEY", .secret, "Google API key", literals: ["AIza"], pattern: "AIza[A-Za-z0-9_-]{35}",
            boundary: .key),
        RedactionRule(
            "GOOGLE_OAUTH_TOKEN", .secret, "Google OAuth access or refresh token", literals: ["ya29.", "1//0"],
            pattern: "(?:ya29\\.[A-Za-z0-9_-]{20,}(?:\\.[A-Za-z0-9_-]{8,}){0,4}|1//0[A-Za-z0-9_-]{40,})",
            boundary: .word, check: .entropy(3.5)),
        RedactionRule(
            "GOOGLE_CLIENT_SECRET", .secret, "Google OAuth client secret", literals: ["GOCSPX-"],
            pattern: "GOCSPX-[A-Za-z0-9_-]{20,}", boundary: .word),
        RedactionRule(
            "AZURE_STORAGE_KEY", .secret, "Azure storage account key", literals: ["AccountKey=", "SharedAccessKey="],
            ignoresCase: true, prefix: "(?:Account|SharedAccess)Key=", pattern: "[A-Za-z0-9+/]{40,88}={0,2}",
            boundary: .keyEnd, check: .entropy(3.5)),
        RedactionRule(
            "AZURE_SAS_SIGNATURE", .secret, "Signature of an Azure shared access URL", literals: ["sig="],
            prefix: "sig=", pattern: "(?:[A-Za-z0-9+/]|%[0-9A-Fa-f]{2}){40,120}=?", boundary: .word,
            check: .entropy(3.5)),
        RedactionRule(
            "AZURE_API_KEY", .secret, "Azure API key, known by the header or name beside it",
            literals: ["api-key", "subscription-key", "azure_openai", "azure-openai", "azureopenai"],
            ignoresCase: true,
            prefix: "(?:(?:api|subscription)-key|azure[_-]?openai[_-]?(?:api)?[_-]?key)"
                + "(?:\(RulePart.separator)|\(RulePart.pair))",
            pattern: "(?:[0-9a-f]{32}|[A-Za-z0-9]{76}99[A-Za-z0-9]{6})", boundary: .wordEnd, check: .entropy(2.8)),
        RedactionRule(
            "DATABRICKS_TOKEN", .secret, "Databricks token", literals: ["dapi"], pattern: "dapi[0-9a-f]{32}(?:-[0-9])?",
            boundary: .word),
        RedactionRule(
            "DIGITALOCEAN_TOKEN", .secret, "DigitalOcean token", literals: ["dop_v1_", "doo_v1_", "dor_v1_"],
            pattern: "do[opr]_v1_[0-9a-f]{64}", boundary: .word),
        RedactionRule(
            "DATADOG_KEY", .secret, "Datadog key, known by the name beside it",
            literals: ["dd_api_key", "dd_app_key", "dd-api-key", "dd-application-key", "datadog"], ignoresCase: true,
            prefix: "(?:dd[_-](?:api|app|application)[_-]key|datadog[ _.-]?(?:api|app|application)?[ _-]?key)"
                + "(?:\(RulePart.separator)|\(RulePart.pair))",
            pattern: "(?:[0-9a-f]{32}|[0-9a-f]{40})", boundary: .wordEnd, check: .entropy(2.8)),
    ]
}
