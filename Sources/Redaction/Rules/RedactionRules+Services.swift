extension RedactionRules {
    /// Tokens of services that carry messages.
    static let messaging: [RedactionRule] = [
        .secret(
            "SLACK_TOKEN", "Slack token",
            ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xoxc-", "xoxd-", "xapp-"],
            "(?:xox[abprsecd](?:\\.xox[bp])?-[A-Za-z0-9-]{16,}|xapp-[0-9]-[A-Za-z0-9-]{16,})", boundary: .key),
        .secret(
            "SLACK_WEBHOOK", "Path of a Slack webhook", ["hooks.slack.com"],
            prefix: #"hooks\.slack\.com\\{0,3}/(?:services|workflows|triggers)\\{0,3}/"#,
            #"[A-Z][A-Z0-9]{6,14}\\{0,3}/[A-Z0-9]{6,14}\\{0,3}/[A-Za-z0-9]{16,40}(?:\\{0,3}/[A-Za-z0-9]{16,40})?"#,
            boundary: .wordEnd),
        .secret(
            "SENDGRID_KEY", "SendGrid API key", ["SG."], "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}",
            boundary: .key),
        .secret("TWILIO_KEY", "Twilio API key", hexDigits.map { "SK\($0)" }, "SK[0-9a-f]{32}"),
        .secret(
            "TWILIO_KEY", "Twilio auth token, known by the name beside it", ["twilio"], ignoresCase: true,
            prefix: "twilio[ _.-]?(?:auth)?[ _-]?token(?:\(RulePart.separator)|\(RulePart.pair))", "[0-9a-f]{32}",
            boundary: .wordEnd),
        .secret(
            "TWILIO_KEY", "Twilio auth token, known by the account before it", hexDigits.map { "AC\($0)" },
            prefix: "AC[0-9a-f]{32}(?:\(RulePart.pair)|[\\s:,;|/]{1,4})", "[0-9a-f]{32}", boundary: .wordEnd),
        .secret(
            "TELEGRAM_BOT_TOKEN", "Telegram bot token", [":AA", "%3AAA"], "[0-9]{8,10}(?::|%3A)AA[A-Za-z0-9_-]{32,34}",
            lookback: 13, boundary: .wordEnd),
        .secret(
            "DISCORD_TOKEN", "Discord bot token, known by the name beside it", ["discord", "bot "], ignoresCase: true,
            prefix: "(?:discord[A-Za-z_.-]{0,24}(?:\(RulePart.separator)|\(RulePart.pair)|\\s{1,3}(?:Bot\\s)?)|bot )",
            "(?:[MNO][A-Za-z0-9_-]{22,30}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{25,45}|mfa\\.[A-Za-z0-9_-]{80,})",
            boundary: .wordEnd),
        .secret(
            "DISCORD_WEBHOOK", "Token of a Discord webhook", ["api/webhooks/", "api\\/webhooks\\/"],
            prefix: #"api\\{0,3}/webhooks\\{0,3}/[0-9]{16,20}\\{0,3}/"#, "[A-Za-z0-9_-]{60,80}", boundary: .wordEnd),
        .secret("MAILGUN_KEY", "Mailgun API key", ["key-"], "key-[0-9a-f]{32}", boundary: .key),
    ]

    /// Two letters and one of these are a literal that is quick to find.
    private static let hexDigits = Array("0123456789abcdef")
}

extension RedactionRules {
    /// Keys of services that move money and goods.
    static let commerce: [RedactionRule] = [
        .secret(
            "STRIPE_KEY", "Stripe API key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
            "[sr]k_(?:live|test)_[A-Za-z0-9]{16,}", check: .entropy(3)),
        .secret(
            "STRIPE_WEBHOOK_SECRET", "Stripe webhook secret", ["whsec_"], "whsec_[A-Za-z0-9+/]{24,}={0,2}",
            check: .entropy(3)),
        .secret(
            "SHOPIFY_TOKEN", "Shopify token", ["shpat_", "shpca_", "shppa_", "shpss_"],
            "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
        .secret(
            "SQUARE_TOKEN", "Square token", ["sq0atp-", "sq0csp-", "EAAA"],
            "(?:sq0atp-[A-Za-z0-9_-]{22}|sq0csp-[A-Za-z0-9_-]{43}|EAAA[A-Za-z0-9_-]{60})", boundary: .key,
            check: .entropy(3.2)),
    ]
}

extension RedactionRules {
    /// Tokens of hosts of code and packages.
    static let code: [RedactionRule] = [
        .secret(
            "GITHUB_TOKEN", "GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "gh[pousr]_[A-Za-z0-9]{36,}"),
        .secret(
            "GITHUB_TOKEN", "GitHub fine-grained token", ["github_pat_"],
            "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,}"),
        .secret(
            "GITLAB_TOKEN", "GitLab token", ["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-"],
            "gl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{7,})?", boundary: .key),
        .secret("NPM_TOKEN", "npm token", ["npm_"], "npm_[A-Za-z0-9]{36}", check: .entropy(3.2)),
        .secret("PYPI_TOKEN", "PyPI token", ["pypi-AgE"], "pypi-AgE[A-Za-z0-9_-]{50,}", boundary: .key),
    ]
}
