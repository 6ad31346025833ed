extension RedactionRules {
    /// A form that begins with a mark: the label, what it is, the marks, and the pattern of what follows them.
    typealias Form = (label: String, title: String, marks: String, rest: String)

    /// Rules for forms that begin with a mark of their own.
    static func forms(_ rows: [Form]) -> [RedactionRule] {
        rows.map { row in
            let marks = row.marks.split(separator: " ").map(String.init)
            let choice = marks.map(escaped).joined(separator: "|")
            // Short marks are parts of words too, so that what follows must not be words.
            let isShort = marks.contains { $0.utf8.count < 5 }
            return .secret(
                row.label, row.title, marks, "(?:\(choice))\(row.rest)", check: isShort ? .randomKey : .entropy(2.8))
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { "._-+$/~!".contains($0) && $0 != "_" && $0 != "-" ? "\\\($0)" : String($0) }.joined()
    }

    /// Forms with a mark within or at the end, known by their lengths.
    static let markedWithin: [RedactionRule] = [
        .secret(
            "AZURE_AD_SECRET", "Client secret of Microsoft Entra", (0...9).map { "\($0)Q~" },
            "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{30,34}", lookback: 4, check: .entropy(3)),
        .secret(
            "AZURE_DEVOPS_TOKEN", "Azure DevOps token", ["AZDO"], "[A-Za-z0-9]{72,80}AZDO[A-Za-z0-9]{4}",
            lookback: 80),
        .secret(
            "AZURE_API_KEY", "Azure key with the mark of its service",
            [
                "JQQJ99", "AzFu", "AzSe", "AzCa", "ACDb", "+ASt", "+ABa", "+ACR", "+ASb", "+AEh", "+ARm", "AIoT",
                "AAPIM",
            ],
            "[A-Za-z0-9+/_-]{30,80}(?:JQQJ99|AzFu|AzSe|AzCa|ACDb|\\+ASt|\\+ABa|\\+ACR|\\+ASb|\\+AEh|\\+ARm|AIoT|AAPIM)"
                + "[A-Za-z0-9+/_-]{5,28}={0,2}",
            lookback: 80, boundary: .key),
        .secret(
            "TERRAFORM_TOKEN", "Terraform Cloud token", [".atlasv1."],
            "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,70}", lookback: 14),
        .secret(
            "MAILCHIMP_KEY", "Mailchimp API key", (1...9).map { "-us\($0)" }, "[0-9a-f]{32}-us[0-9]{1,2}", lookback: 32),
        .secret(
            "NEW_RELIC_KEY", "New Relic license key", ["FFFFNRAL", "-NRMA"],
            "(?:(?:[0-9a-f]{32}|eu01xx[0-9a-f]{26})FFFFNRAL|(?:AA[0-9a-f]{40}|eu01xx[0-9a-f]{36})-NRMA)", lookback: 42),
        .secret(
            "MAXMIND_KEY", "MaxMind license key", ["_mmk"], "[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk", lookback: 36),
        .secret(
            "RAPIDAPI_KEY", "RapidAPI key", ["msh"], "[0-9a-z]{10}msh[0-9a-z]{15}p1[0-9a-z]{5}jsn[0-9a-z]{12}",
            lookback: 10),
        .secret(
            "SENTRY_DSN", "Key of a Sentry address", [".ingest."],
            "[0-9a-f]{32}(?::[0-9a-f]{32})?@[a-z0-9-]{1,32}\\.ingest",
            lookback: 100, boundary: .none),
        .secret(
            "VAULT_TOKEN", "Vault token of older versions", [" ", "\"", "'", "=", ":", "`"].map { "\($0)s." },
            prefix: "[ \"'=:`]", "s\\.[A-Za-z0-9]{24}", boundary: .wordEnd, check: .randomKey),
        .secret(
            "AUTHRESS_KEY", "Authress access key", ["sc_", "ext_", "scauth_", "authress_"],
            "(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.acc[_-][A-Za-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}"
        ),
        .secret(
            "DISCORD_TOKEN", "Discord bot token",
            ["MD", "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"].flatMap { start in
                "AEIMQUYcgk".map { start + String($0) }
            }, "[MNO][A-Za-z0-9_-]{22,28}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,45}", boundary: .key, check: .entropy(4)
        ),
        .secret(
            "OPENAI_KEY", "OpenAI API key, also of compatible servers", ["sk-", "sk_"], "sk[-_][A-Za-z0-9_-]{20,}",
            check: .randomKey),
        .secret(
            "TEAMS_WEBHOOK", "Path of a Microsoft Teams webhook", ["webhook.office.com/webhookb2/"],
            prefix: #"webhook\.office\.com/webhookb2/"#,
            "[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-zA-Z]{32}/[0-9a-f-]{36}(?:/[A-Za-z0-9_-]{20,})?",
            boundary: .none),
        .secret(
            "ZAPIER_WEBHOOK", "Path of a Zapier or Make webhook",
            ["hooks.zapier.com/hooks/catch/", "hook.eu1.make.com/", "hook.eu2.make.com/", "hook.us1.make.com/"],
            prefix: #"(?:hooks\.zapier\.com/hooks/catch/|hook\.[a-z0-9]{3}\.make\.com/)"#, "[A-Za-z0-9/]{10,48}",
            boundary: .none),
    ]
}
