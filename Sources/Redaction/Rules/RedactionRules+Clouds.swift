extension RedactionRules {
    /// Keys of clouds and of their services.
    static let clouds: [RedactionRule] = [
        .secret("AWS_KEY_ID", "AWS access key id", ["AKIA", "ASIA"], "A[KS]IA[A-Z2-7]{16}"),
        .secret(
            "AWS_SECRET_KEY", "AWS secret access key, known by the name beside it",
            ["secret_access_key", "secretaccesskey", "secret-access-key", "secret access key", "aws_secret"],
            ignoresCase: true,
            prefix: "(?:aws_secret(?:_access)?(?:_key)?|secret[_ -]?access[_ -]?key)"
                + "(?:\(RulePart.separator)|\(RulePart.pair)|[ \t]{1,4})",
            "\(RulePart.base64){40}", boundary: .keyEnd, check: .entropy(3.5)),
        .secret(
            "AWS_SECRET_KEY", "AWS secret access key, known by the key id before it", ["AKIA", "ASIA"],
            prefix: #"A[KS]IA[A-Z2-7]{16}(?:\\{0,7}["'])?[\s,:;|/]{1,8}(?:\\{0,7}["'])?"#, "\(RulePart.base64){40}",
            boundary: .keyEnd, check: .entropy(3.5)),
        .secret(
            "AWS_SESSION_TOKEN", "AWS session token, known by the name beside it",
            ["session_token", "sessiontoken", "security-token", "security_token"], ignoresCase: true,
            prefix: "(?:session_?token|security[_-]token)(?:\(RulePart.separator)|\(RulePart.pair))",
            "\(RulePart.base64){100,}={0,2}", boundary: .keyEnd),
        .secret("GOOGLE_API_KEY", "Google API key", ["AIza"], "AIza[A-Za-z0-9_-]{35}", boundary: .key),
        .secret(
            "GOOGLE_OAUTH_TOKEN", "Google OAuth access or refresh token", ["ya29.", "1//0", "1\\/\\/0"],
            "(?:ya29\\.[A-Za-z0-9_.-]{20,}[A-Za-z0-9_-]|1\\\\{0,3}/\\\\{0,3}/0[A-Za-z0-9_-]{40,})",
            check: .entropy(3.5)),
        .secret("GOOGLE_CLIENT_SECRET", "Google OAuth client secret", ["GOCSPX-"], "GOCSPX-[A-Za-z0-9_-]{20,}"),
        .secret(
            "AZURE_STORAGE_KEY", "Azure storage account key", ["AccountKey=", "SharedAccessKey="], ignoresCase: true,
            prefix: "(?:Account|SharedAccess)Key=", "\(RulePart.base64){40,88}={0,2}", boundary: .keyEnd,
            check: .entropy(3.5)),
        .secret(
            "AZURE_SAS_SIGNATURE", "Signature of an Azure shared access URL", ["sig="], prefix: "sig=",
            "(?:[A-Za-z0-9+/]|%[0-9A-Fa-f]{2}){40,120}=?", check: .entropy(3.5)),
        .secret(
            "AZURE_API_KEY", "Azure API key, known by the header or name beside it",
            ["api-key", "subscription-key", "azure_openai", "azure-openai", "azureopenai"], ignoresCase: true,
            prefix: "(?:(?:api|subscription)-key|azure[_-]?openai[_-]?(?:api)?[_-]?key)"
                + "(?:\(RulePart.separator)|\(RulePart.pair))",
            "(?:[0-9a-f]{32}|[A-Za-z0-9]{76}99[A-Za-z0-9]{6})", boundary: .wordEnd),
        .secret("DATABRICKS_TOKEN", "Databricks token", ["dapi"], "dapi[0-9a-f]{32}(?:-[0-9])?"),
        .secret(
            "DIGITALOCEAN_TOKEN", "DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], "do[opr]_v1_[0-9a-f]{64}"),
        .secret(
            "DATADOG_KEY", "Datadog key, known by the name beside it",
            ["dd_api_key", "dd_app_key", "dd-api-key", "dd-application-key", "datadog"], ignoresCase: true,
            prefix: "(?:dd[_-](?:api|app|application)[_-]key|datadog[ _.-]?(?:api|app|application)?[ _-]?key)"
                + "(?:\(RulePart.separator)|\(RulePart.pair))",
            "(?:[0-9a-f]{32}|[0-9a-f]{40})", boundary: .wordEnd),
    ]
}
