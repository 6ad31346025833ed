import TestSupport
import Testing
import TraceModel

@testable import Redaction

/// Values that only their names tell to be secret, in the structures that people write them in.
@Suite struct NamedSecretTests {
    private let redactor = RedactionFixture.redactor

    private func redacted(_ text: String) -> String {
        var counts = RedactionCounts()
        return redactor.redacted(text, &counts) ?? text
    }

    /// Texts with what is secret in them between `«` and `»`.
    private static let secrets = [
        // Files of settings.
        "db_password: «hunter2x!»", "spring.datasource.password=«letmein»", "DB_PASSWORD=«p@ss&w(rd;x»",
        "SECRET_KEY_BASE=«a8f5f167f44f4964e6c998dee827110c»", "SALT=«xY12zzQQ98aa» HMAC=«deadbeefcafe1234»",
        "api_token = \"«abc123def456ghi789»\" # x", "ENV API_SECRET «abcdefghij1234567890»", "db_pass: \"«tr0ub4dor»\"",
        "machine api.wandb.ai login user password «a8f5f167f44f4964e6c998dee827110c12345678»",
        "localhost:5432:mydb:bob:«hunter2x»", "requirepass «foobared99»", "pw=«Tr0ub4dor»",
        "pat: «abcdefghij1234567890»",
        // JSON and code.
        "{\"password\":\"«correct»\"} {\"password\":«12345678»}",
        "{\"key\":\"x-api-key\",\"value\":\"«a8f5f167f44f4964e6c998dee827110c»\",\"type\":\"text\"}",
        "{\"value\":\"«a8f5f167f44f4964e6c998dee827110c»\",\"name\":\"x-api-key\"}",
        "{\"key\":\"db.password\",\"value\":{\"stringValue\":\"«hunter2»\"}}", "(\"password\", \"«hunter2x»\")",
        "os.getenv(\"API_KEY\", \"«abc123def456ghi789»\")", "headers[\"X-Api-Key\"] = \"«abc123def456ghi789»\"",
        "\"{\"\"password\"\":\"\"«hunter2x»\"\"}\"", "x = Fernet(encryption_key=b'«abcDEF123456abcDEF12»')",
        // Headers.
        "Set-Cookie: sid=«s%3Aabc123def456.xyz»; Path=/; HttpOnly", "Cookie: theme=dark; csrf=«abcDEF1234567»",
        "Authorization: token «9f8e7d6c5b4a39281706f5e4d3c2b1a0»", "Authorization: SSWS «00abcDEF123456789»",
        "Authorization: Digest «username=\"x\", realm=\"y\", response=\"6629fae49393a05397450978507c4ef1\"»",
        "Authorization: «9f8e7d6c5b4a39281706f5e4d3c2b1a0»",
        // URLs, commands and connection strings.
        "https://x.com/a?key=«AbCd1234EfGh5678»&code=«4/0AX4XfWh_abcDEF123456»&x=1",
        "https://x.com/?sessionid=«abc123def456»&appid=«b1b15e88fa797225412429c1c50c122a»",
        "x?X-Amz-Signature=«fe5f80f77d5fa3beca038a248ff027d0445342fe»&X-Amz-Expires=60",
        "mysql -u root -p«S3cretPw» db", "curl -u admin:«hunter2x» https://x.com", "x --token «abcdef1234567890» -v",
        "Server=db;User Id=sa;Password=«Hunter2»;Encrypt=true", "redis://:«p:a@ss/w»@cache.internal:6379/0",
        // Prose, in several languages.
        "The password is «hunter2».", "contraseña: «Hunter2x9»", "mot de passe : «Hunter2x9»", "пароль: «Hunter2x9»",
        "密码：«Hunter2x9»", "我的密码是«Hunter2x9»", "Das Passwort lautet «Hunter2x9».",
        // XML and tables.
        "<password>«hunter2»</password>", "<add key=\"DbPassword\" value=\"«hunter2x»\" />",
        "<string name=\"api_key\">«a8f5f167f44f4964e6c998dee827110c»</string>",
        "<key>password</key><string>«hunter2x»</string>", "user,password,mail\nbob,«hunter2x»,b\namy,«Secr3t!9»,a",
        "| user | password |\n|---|---|\n| bob | «hunter2x» |",
        " id | api_token \n----+-----\n 1 | «a8f5f167f44f4964e6c998dee827110c»",
    ]

    @Test(arguments: secrets) func theNameTellsTheValue(_ marked: String) {
        let pieces = marked.split(omittingEmptySubsequences: false) { $0 == "«" || $0 == "»" }.map(String.init)
        let text = redacted(pieces.joined())
        for (place, piece) in pieces.enumerated() {
            if place % 2 == 1 {
                #expect(!text.contains(piece), "\(text)")
            } else {
                #expect(text.contains(piece), "\(text)")
            }
        }
        #expect(redacted(text) == text)
    }

    @Test(arguments: [
        "the password field is required", "token count: 1234 max_tokens: 4096 tokens=12", "password = get_password()",
        #"{"properties":{"password":{"type":"string","description":"The user's password"}}}"#,
        #"{"type":"thinking","signature":"ErUBCkYIAxgCIkD1abc123DEF456ghi789jkl"}"#,
        "cache_key=9f8e7d6c5b4a39281706f5e4d3c2b1a0 primary_key: 12ab34cd56ef", "password: changeme", "token=$TOKEN",
        #""call_id":"call_abcDEF123456ghiJKL789012" "session_id":"550e8400-e29b-41d4-a716-446655440000""#,
        #"{"key":"ETag","value":"33a64df551425fcc55e4d42a148795d9f25f89d4"}"#, "pass: 12 fail: 3 passed=45",
        "token: 2024-01-01T00:00:00Z", "docker run -u 1000:1000 -p 8080:80 img; ssh -p 2222 bob@x; mkdir -p a/b",
        "https://x.com/?code=200&key=name&state=open&auth=basic", "password must be 8-16 characters",
        #""tokenizer": "cl100k_base", "api_key_name": "x-key-1", "token_type": "bearer""#,
        "public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabcdefghijklmnopqrstuvwxyz0123456789ABCDE",
        "authored-by: abc12345", "basic auth: enabled, auth: none, authorization: required", "Secret Santa 2024",
    ]) func whatOnlyLooksSoStays(_ text: String) {
        #expect(redacted(text) == text)
    }

    @Test func keysOfAttributesTellTheirValues() {
        let key = "a8f5f167f44f4964e6c998dee827110c"
        let span = RedactionFixture.span([
            Attribute("db.password", .string("correct horse")),
            Attribute("http.request.header.authorization", .array([.string("Bearer abcdef123456")])),
            Attribute("http.request.header.cookie", .array([.string("theme=dark; sid=abcdef123456")])),
            Attribute("env.DB_PASSWORD", .string("dragon")),
            Attribute(
                "gen_ai.tool.call.arguments",
                .map([
                    Attribute("user", .string("bob")), Attribute("password", .string("monkey")),
                    Attribute(
                        "headers",
                        .array([.map([Attribute("name", .string("x-api-key")), Attribute("value", .string(key))])])),
                ])),
            Attribute("cookies", .map([Attribute("sid", .string("abcdef123456abcdef"))])),
            Attribute("gen_ai.response.id", .string("chatcmpl-abcDEF123456")),
            Attribute("session.id", .string("550e8400-e29b-41d4-a716-446655440000")),
            Attribute("gen_ai.token.type", .string("input")), Attribute("cache.key", .string(key)),
        ])
        var redacted = span
        var counts = RedactionCounts()
        redactor.redact(&redacted, &counts)
        let text = RedactionFixture.texts(of: redacted).joined(separator: "\n")
        for secret in ["correct horse", "abcdef123456", "dragon", "monkey"] {
            #expect(!text.contains(secret), "\(text)")
        }
        #expect(text.contains("theme=dark") && text.contains("bob"))
        #expect(redacted.attributes.suffix(4) == span.attributes.suffix(4))
        #expect(redacted.attributes.value(of: "gen_ai.tool.call.arguments").map { !"\($0)".contains(key) } == true)
        var again = redacted
        redactor.redact(&again, &counts)
        #expect(again == redacted)
    }
}
