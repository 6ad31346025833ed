extension RedactionRules {
    /// Tokens of services that carry messages.
    static let messaging: [RedactionRule] = [
        RedactionRule(
            "SLACK_TOKEN", .secret, "Slack token",
            literals: ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xoxc-", "xoxd-", "xapp-"],
            pattern: "(?:xox[abprsecd](?:\\.xox[bp])?-[A-Za-z0-9-]{16,}|xapp-[0-9]-[A-Za-z0-9-]{16,})", boundary: .key,
            check: .entropy(2.8)),
        RedactionRule(
            "SLACK_WEBHOOK", .secret, "Path of a Slack webhook", literals: ["hooks.slack.com"],
            prefix: #"hooks\.slack\.com\\{0,3}/(?:services|workflows|triggers)\\{0,3}/"#,
            pattern:
                #"[A-Z][A-Z0-9]{6,14}\\{0,3}/[A-Z0-9]{6,14}\\{0,3}/[A-Za-z0-9]{16,40}(?:\\{0,3}/[A-Za-z0-9]{16,40})?"#,
            boundary: .wordEnd, check: .entropy(2.8)),
        RedactionRule(
            "SENDGRID_KEY", .secret, "SendGrid API key", literals: ["SG."],
            pattern: "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}", boundary: .key, check: .entropy(2.8)),
        RedactionRule(
            "TWILIO_KEY", .secret, "Twilio API key", literals: hexDigits.map { "SK\($0)" },
            pattern: "SK[0-9a-f]{32}", boundary: .word, check: .entropy(2.8)),
        RedactionRule(
            "TWILIO_KEY", .secret, "Twilio auth token, known by the name beside it", literals: ["twilio"],
            ignoresCase: true, prefix: "twilio[ _.-]?(?:auth)?[ _-]?token(?:\(RulePart.separator)|\(RulePart.pair))",
            pattern: "[0-9a-f]{32}", boundary: .wordEnd, check: .entropy(2.8)),
        RedactionRule(
            "TWILIO_KEY", .secret, "Twilio auth token, known by the account before it",
            literals: hexDigits.map { "AC\($0)" },
            prefix: "AC[0-9a-f]{32}(?:\(RulePart.pair)|[\\s:,;|/]{1,4})", pattern: "[0-9a-f]{32}", boundary: .wordEnd,
            check: .entropy(2.8)),
        RedactionRule(
            "TELEGRAM_BOT_TOKEN", .secret, "Telegram bot token", literals: [":AA", "%3AAA"],
            pattern: "[0-9]{8,10}(?::|%3A)AA[A-Za-z0-9_-]{32,34}", lookback: 13, boundary: .keyEnd, check: .entropy(2.8)
        ),
        RedactionRule(
            "DISCORD_TOKEN", .secret, "Discord bot token, known by the name beside it",
            literals: ["discord", "bot "], ignoresCase: true,
            prefix: "(?:discord[A-Za-z_.-]{0,24}(?:\(RulePart.separator)|\(RulePart.pair)|\\s{1,3}(?:Bot\\s)?)|bot )",
            pattern: "(?:[MNO][A-Za-z0-9_-]{22,30}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{25,45}|mfa\\.[A-Za-z0-9_-]{80,})",
            boundary: .wordEnd, check: .entropy(2.8)),
        RedactionRule(
            "DISCORD_WEBHOOK", .secret, "Token of a Discord webhook", literals: ["api/webhooks/", "api\\/webhooks\\/"],
            prefix: #"api\\{0,3}/webhooks\\{0,3}/[0-9]{16,20}\\{0,3}/"#, pattern: "[A-Za-z0-9_-]{60,80}",
            boundary: .wordEnd, check: .entropy(2.8)),
        RedactionRule(
            "MAILGUN_KEY", .secret, "Mailgun API key", literals: ["key-"], pattern: "key-[0-9a-f]{32}",
            boundary: .key, check: .entropy(2.8)),
    ]

    /// Two letters and one of these are a literal that is quick to find.
    private static let hexDigits = Array("0123456789abcdef")
}

extension RedactionRules {
    /// Keys of services that move money and goods.
    static let commerce: [RedactionRule] = [
        RedactionRule(
            "STRIPE_KEY", .secret, "Stripe API key", literals: ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
            pattern: "[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", boundary: .word, check: .entropy(3)),
        RedactionRule(
            "STRIPE_WEBHOOK_SECRET", .secret, "Stripe webhook secret", literals: ["whsec_"],
            pattern: "whsec_[A-Za-z0-9+/]{24,}={0,2}", boundary: .word, check: .entropy(3)),
        RedactionRule(
            "SHOPIFY_TOKEN", .secret, "Shopify token", literals: ["shpat_", "shpca_", "shppa_", "shpss_"],
            pattern: "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}", boundary: .word, check: .entropy(2.8)),
        RedactionRule(
            "SQUARE_TOKEN", .secret, "Square token", literals: ["sq0atp-", "sq0csp-", "EAAA"],
            pattern: "(?:sq0atp-[A-Za-z0-9_-]{22}|sq0csp-[A-Za-z0-9_-]{43}|EAAA[A-Za-z0-9_-]{60})", boundary: .key,
            check: .entropy(3.2)),
    ]
}

extension RedactionRules {
    /// Tokens of hosts of code and packages.
    static let code: [RedactionRule] = [
        RedactionRule(
            "GITHUB_TOKEN", .secret, "GitHub token", literals: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
            pattern: "gh[pousr]_[A-Za-z0-9]{36,}", boundary: .word, check: .entropy(2.8)),
        RedactionRule(
            "GITHUB_TOKEN", .secret, "GitHub fine-grained token", literals: ["github_pat_"],
            pattern: "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,}", boundary: .word, check: .entropy(2.8)),
        RedactionRule(
            "GITLAB_TOKEN", .secret, "GitLab token", literals: ["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-"],
            pattern: "gl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{7,})?", boundary: .key,
            check: .entropy(2.8)),
        RedactionRule(
            "NPM_TOKEN", .secret, "npm token", literals: ["npm_"], pattern: "npm_[A-Za-z0-9]{36}", boundary: .word,
            check: .entropy(3.2)),
        RedactionRule(
            "PYPI_TOKEN", .secret, "PyPI token", literals: ["pypi-AgE"], pattern: "pypi-AgE[A-Za-z0-9_-]{50,}",
            boundary: .key, check: .entropy(2.8)),
    ]
}
