extension SecretFamily {
    /// Keys with a form of their own.
    ///
    /// They are put together here, so that no line of this file looks like a key.
    static let freeSecrets: [SecretFamily] = [
        .free("OPENAI_KEY") { "sk" + "-" + $0.alphanumeric(20) + "T3Blbk" + "FJ" + $0.alphanumeric(20) },
        .free("OPENAI_KEY") { w in
            "sk" + w.pick(["-proj-", "-svcacct-", "-admin-"]) + w.base64url(w.pick([58, 74])) + "T3Blbk" + "FJ"
                + w.base64url(w.pick([58, 74]))
        },
        .free("OPENAI_KEY") { "sk" + "-" + $0.hex(32) },
        .free("ANTHROPIC_KEY") { w in
            "sk" + "-ant-" + w.pick(["api03-", "admin01-", "oat01-", "ort01-"]) + w.base64url(93) + "AA"
        },
        .free("OPENROUTER_KEY") { "sk" + "-or-v1-" + $0.hex(64) },
        .free("LANGFUSE_KEY") { w in w.pick(["sk", "pk"]) + "-lf-" + w.uuid() },
        .free("HUGGING_FACE_TOKEN") { "hf" + "_" + $0.scalars(TextWriter.letters, 34) },
        .free("GROQ_KEY") { "gsk" + "_" + $0.alphanumeric(52) },
        .free("REPLICATE_TOKEN") { "r8" + "_" + $0.alphanumeric(37) },
        .free("PERPLEXITY_KEY") { w in "pplx" + "-" + w.alphanumeric(w.pick([48, 56])) },
        .free("XAI_KEY") { "xai" + "-" + $0.alphanumeric(80) },
        .free("LANGSMITH_KEY") { w in "lsv2" + w.pick(["_pt_", "_sk_"]) + w.hex(32) + "_" + w.hex(10) },
        .free("AWS_KEY_ID") { w in w.pick(["AK", "AS"]) + "IA" + w.scalars("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16) },
        .free("GOOGLE_API_KEY") { "AI" + "za" + "Sy" + $0.base64url(33) },
        .free("GOOGLE_OAUTH_TOKEN") { w in "ya" + "29." + w.pick(["a0", "c."]) + w.base64url(w.number(80...200)) },
        .free("GOOGLE_OAUTH_TOKEN") { "1/" + "/0" + $0.digits(1) + $0.base64url(62) },
        .free("GOOGLE_CLIENT_SECRET") { "GOC" + "SPX-" + $0.base64url(28) },
        .free("DATABRICKS_TOKEN") { w in "da" + "pi" + w.hex(32) + w.pick(["", "-2"]) },
        .free("DIGITALOCEAN_TOKEN") { w in w.pick(["dop", "doo", "dor"]) + "_v1_" + w.hex(64) },
        .free("GITHUB_TOKEN") { w in "gh" + w.pick(["p", "o", "u", "s", "r"]) + "_" + w.alphanumeric(36) },
        .free("GITHUB_TOKEN") { "github" + "_pat_" + $0.alphanumeric(22) + "_" + $0.alphanumeric(59) },
        .free("GITLAB_TOKEN") { "gl" + "pat-" + $0.base64url(20) },
        .free("GITLAB_TOKEN") {
            "gl" + "pat-" + $0.base64url(27) + ".01." + $0.scalars("0123456789abcdefghijklmnopqrstuvwxyz", 9)
        },
        .free("NPM_TOKEN") { "npm" + "_" + $0.alphanumeric(36) },
        .free("PYPI_TOKEN") { "pypi" + "-AgEI" + "cHlwaS5vcmc" + $0.base64url(150) },
        .free("SLACK_TOKEN") { w in "xo" + "xb-" + w.figure(12) + "-" + w.figure(13) + "-" + w.alphanumeric(24) },
        .free("SLACK_TOKEN") { w in
            "xo" + "xp-" + w.figure(12) + "-" + w.figure(12) + "-" + w.figure(13) + "-" + w.hex(32)
        },
        .free("SLACK_TOKEN") { w in
            "xa" + "pp-1-A" + w.scalars("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 10) + "-" + w.figure(13) + "-"
                + w.hex(64)
        },
        .free("SENDGRID_KEY") { "S" + "G." + $0.base64url(22) + "." + $0.base64url(43) },
        .free("TWILIO_KEY") { "S" + "K" + $0.hex(32) },
        .free("TELEGRAM_BOT_TOKEN") { $0.figure(10) + ":" + "AA" + $0.base64url(33) },
        .free("MAILGUN_KEY") { "key" + "-" + $0.hex(32) },
        .free("STRIPE_KEY") { w in
            w.pick(["sk", "rk"]) + w.pick(["_live_", "_test_"]) + w.alphanumeric(w.pick([24, 99]))
        },
        .free("STRIPE_WEBHOOK_SECRET") { "wh" + "sec_" + $0.alphanumeric(32) },
        .free("SHOPIFY_TOKEN") { w in "shp" + w.pick(["at", "ca", "pa", "ss"]) + "_" + w.hex(32) },
        .free("SQUARE_TOKEN") { w in
            w.chance(50) ? "sq0" + "atp-" + w.base64url(22) : "EA" + "AA" + w.base64url(60)
        },
        .free("JWT") { w in
            let header = w.pick([
                #"{"alg":"HS256","typ":"JWT"}"#, #"{"typ":"JWT","alg":"RS256","kid":"\#(w.hex(8))"}"#,
                #"{"alg":"ES256","kid":"\#(w.uuid())"}"#,
            ])
            let claims = #"{"sub":"\#(w.digits(10))","name":"\#(w.noun())","iat":\#(w.figure(10))}"#
            return TextWriter.base64(of: header, urlSafe: true) + "." + TextWriter.base64(of: claims, urlSafe: true)
                + "."
                + w.base64url(w.pick([43, 86, 342]))
        },
        .free("PRIVATE_KEY") { privateKey(&$0, isCut: false) },
        .free("PRIVATE_KEY") { privateKey(&$0, isCut: false) },
        SecretFamily(label: "PRIVATE_KEY", group: "secret", isFree: false) {
            SecretText("", privateKey(&$0, isCut: true))
        },
    ]

    /// A key in PEM form; where it is cut, its last lines are missing.
    private static func privateKey(_ w: inout TextWriter, isCut: Bool) -> String {
        let name = w.pick([
            "RSA PRIVATE", "PRIVATE", "EC PRIVATE", "OPENSSH PRIVATE", "ENCRYPTED PRIVATE", "DSA PRIVATE",
        ])
        var lines = ["-----" + "BEGIN " + name + " KEY-----"]
        if name.hasPrefix("RSA"), w.chance(30) {
            lines += ["Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-256-CBC,\(w.hex(32).uppercased())", ""]
        }
        for _ in 0..<w.number(2...26) { lines.append(w.base64(64)) }
        guard !isCut else { return (lines + [w.base64(w.number(1...63))]).joined(separator: "\n") }
        lines.append(w.base64(w.number(2...62)) + w.pick(["=", "==", ""]))
        lines.append("-----" + "END " + name + " KEY-----")
        return lines.joined(separator: w.chance(10) ? "\r\n" : "\n")
    }
}
