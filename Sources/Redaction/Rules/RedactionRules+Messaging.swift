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
            boundary: .wordEnd),
        RedactionRule(
            "SENDGRID_KEY", .secret, "SendGrid API key", literals: ["SG."],
            pattern: "SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}", boundary: .key),
        RedactionRule(
            "TWILIO_KEY", .secret, "Twilio API key", literals: hexDigits.map { "SK\($0)" },
            pattern: "SK[0-9a-f]{32}", boundary: .word),
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
            pattern: "[0-9]{8,10}(?::|%3A)AA[A-Za-z0-9_-]{32,34}", lookback: 13, boundary: .keyEnd),
        RedactionRule(
            "DISCORD_TOKEN", .secret, "Discord bot token, known by the name beside it",
            literals: ["discord", "bot "], ignoresCase: true,
            prefix: "(?:discord[A-Za-z_.-]{0,24}(?:\(RulePart.separator)|\(RulePart.pair)|\\s{1,3}(?:Bot\\s)?)|bot )",
            pattern: "(?:[MNO][A-Za-z0-9_-]{22,30}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{25,45}|mfa\\.[A-Za-z0-9_-]{80,})",
            boundary: .wordEnd),
        RedactionRule(
            "DISCORD_WEBHOOK", .secret, "Token of a Discord webhook", literals: ["api/webhooks/", "api\\/webhooks\\/"],
            prefix: #"api\\{0,3}/webhooks\\{0,3}/[0-9]{16,20}\\{0,3}/"#, pattern: "[A-Za-z0-9_-]{60,80}",
            boundary: .wordEnd),
        RedactionRule(
            "MAILGUN_KEY", .secret, "Mailgun API key", literals: ["key-"], pattern: "key-[0-9a-f]{32}",
            boundary: .key),
    ]

    /// Two letters and one of these are a literal that is quick to find.
    private static let hexDigits = Array("0123456789abcdef")
}
