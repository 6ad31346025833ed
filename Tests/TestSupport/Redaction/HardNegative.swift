/// A kind of text that looks like a secret or like personal data and is neither.
struct HardNegative: Sendable {
    var kind: String
    var make: @Sendable (inout TextWriter) -> String

    static let all: [HardNegative] = identifiers + numbers + encoded + documentation + programs
}

extension HardNegative {
    private static let identifiers: [HardNegative] = [
        HardNegative(kind: "UUID") { w in w.pick(["id ", "request_id=", "\"uuid\": \""]) + w.uuid() },
        HardNegative(kind: "SHA-1") { w in w.pick(["commit ", "sha1:", "HEAD is now at ", "etag: "]) + w.hex(40) },
        HardNegative(kind: "SHA-256") { w in w.pick(["sha256:", "digest=", "image@sha256:", "checksum "]) + w.hex(64) },
        HardNegative(kind: "MD5") { w in w.pick(["md5 ", "ETag: \"", "hash="]) + w.hex(32) },
        HardNegative(kind: "short git id") { w in "Merge \(w.hex(7)) into \(w.hex(8))...\(w.hex(10))" },
        HardNegative(kind: "integrity of a package") { w in "\"integrity\": \"sha512-\(w.base64(86))==\"" },
        HardNegative(kind: "trace and span ids") { w in "traceparent: 00-\(w.hex(32))-\(w.hex(16))-01" },
        HardNegative(kind: "model id") { w in
            "\"model\": \""
                + w.pick([
                    "claude-sonnet-4-5-20250929", "gpt-4o-2024-08-06", "gpt-4o-mini-2024-07-18",
                    "gemini-2.5-flash-preview-05-20",
                    "meta-llama/Llama-3.3-70B-Instruct", "mistral-small-2503", "claude-3-5-haiku-20241022",
                    "text-embedding-3-large", "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "o4-mini-2025-04-16",
                    "ft:gpt-4o-mini-2024-07-18:acme::\(w.alphanumeric(8))", "anthropic.claude-3-5-sonnet-20241022-v2:0",
                ]) + "\""
        },
        HardNegative(kind: "id of a response") { w in
            w.pick([
                "chatcmpl-\(w.alphanumeric(29))", "resp_\(w.hex(48))", "msg_01\(w.alphanumeric(22))",
                "gen-\(w.digits(10))-\(w.alphanumeric(20))",
                "req_011\(w.alphanumeric(21))", "run_\(w.alphanumeric(24))", "fp_\(w.hex(10))",
            ])
        },
        HardNegative(kind: "id of a tool call") { w in
            "\"id\":\""
                + w.pick([
                    "call_\(w.alphanumeric(24))", "toolu_01\(w.alphanumeric(22))", "fc_\(w.hex(48))",
                    "functions.bash:\(w.number(0...9))",
                ])
                + "\",\"type\":\"function\""
        },
        HardNegative(kind: "id of a thread or file") { w in
            w.pick(["thread_", "file-", "asst_", "vs_", "batch_"]) + w.alphanumeric(24) + " is ready"
        },
        HardNegative(kind: "ids of Stripe and Slack that are public") { w in
            w.pick(["cus_", "pi_", "ch_", "evt_", "price_"]) + w.alphanumeric(24) + " in channel C0"
                + w.alphanumeric(9).uppercased()
        },
        HardNegative(kind: "object id") { w in "ObjectId('\(w.hex(24))') _id: \(w.hex(24))" },
        HardNegative(kind: "ULID or KSUID") { w in
            "id=01J\(w.scalars("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23)) \(w.alphanumeric(27))"
        },
        HardNegative(kind: "ARN or resource path") { w in
            "arn:aws:secretsmanager:eu-west-1:\(w.figure(12)):secret:Prod\(w.capitalNoun())-a1B2c3 arn:aws:iam::\(w.figure(12)):role/\(w.noun())-\(w.noun()) projects/\(w.noun())-\(w.digits(6))/secrets/\(w.noun())/versions/latest"
        },
        HardNegative(kind: "address of a contract or coin") { w in "0x\(w.hex(40)) \(w.hex(6))…" },
    ]

    private static let numbers: [HardNegative] = [
        HardNegative(kind: "card with a wrong check digit") { w in
            let digits = SecretFamily.withCheckDigit("4" + w.digits(14), wrongBy: w.number(1...9))
            return "card "
                + stride(from: 0, to: 16, by: 4).map { digits.dropFirst($0).prefix(4) }.joined(separator: " ")
        },
        HardNegative(kind: "order number") { w in
            "order "
                + w.pick([
                    "\(w.figure(3))-\(w.digits(7))-\(w.digits(7))", "PO-\(w.figure(8))", "#\(w.figure(6))",
                    "INV-2026-\(w.digits(5))",
                ])
        },
        HardNegative(kind: "ISBN or ISSN") { w in
            "ISBN 978-\(w.number(0...9))-\(w.digits(2))-\(w.digits(6))-\(w.digits(1)), ISSN \(w.digits(4))-\(w.digits(3))X"
        },
        HardNegative(kind: "timestamp") { w in
            w.pick([
                "17\(w.digits(8))", "17\(w.digits(11))", "17\(w.digits(17))", w.time(),
                "2026-03-0\(w.number(1...9)) 10:0\(w.number(0...9)):00+02:00",
            ]) + " \"startTimeUnixNano\":\"17\(w.digits(17))\""
        },
        HardNegative(kind: "IP address or port") { w in
            "\(w.number(1...254)).\(w.number(0...254)).\(w.number(0...254)).\(w.number(1...254)):\(w.number(1024...9999)) fe80::\(w.hex(4)):\(w.hex(4))%eth0"
        },
        HardNegative(kind: "version") { w in
            "v\(w.number(0...9)).\(w.number(0...40)).\(w.number(0...99))-rc.\(w.number(1...9))+\(w.hex(7)), python@3.\(w.number(8...14)).\(w.number(0...9))"
        },
        HardNegative(kind: "floating-point numbers") { w in
            "[0.\(w.digits(16)), -0.\(w.digits(17)), \(w.number(1...9)).\(w.digits(15))e-\(w.number(1...9))]"
        },
        HardNegative(kind: "number like a phone's") { w in
            w.pick([
                "part 0\(w.digits(3))-\(w.digits(3))", "\(w.figure(2)),\(w.digits(3)),\(w.digits(3)) rows",
                "pages \(w.number(100...199))-\(w.number(200...299))",
                "+\(w.number(1...99))% in 2025", "GMT+0\(w.number(1...9))00", "range 10-20-30",
                "+\(w.number(100...999)) -\(w.number(10...99)) lines",
                "x=\(w.digits(3))+\(w.digits(4))", "section 4.\(w.number(1...9)).\(w.number(1...9))",
            ])
        },
        HardNegative(kind: "coordinates and sizes") { w in
            "lat 52.\(w.digits(6)), lon 13.\(w.digits(6)), \(w.number(100...4000))x\(w.number(100...4000)) px, \(w.figure(9)) bytes"
        },
        HardNegative(kind: "counts of tokens") { w in
            w.pick([
                "max_tokens: \(w.number(1...8192))", "prompt_tokens=\(w.figure(4))",
                #"{"input_tokens":\#(w.figure(5)),"output_tokens":\#(w.figure(3))}"#,
                "max_tokens=4096, temperature=0.7", #""token": "\#(w.noun())", "logprob": -0.\#(w.digits(5))"#,
                "token_count: \(w.figure(4))", "tokens_per_second=\(w.number(10...99)).\(w.digits(2))",
                "total tokens: \(w.figure(6))",
                #""max_completion_tokens": \#(w.figure(5))"#, "pad_token_id=\(w.figure(6))", "eos_token: </s>",
            ])
        },
    ]

    private static let encoded: [HardNegative] = [
        HardNegative(kind: "image as a data URL") { w in
            "data:image/png;base64,iVBORw0KGgo\(w.base64(w.number(400...3000)))=="
        },
        HardNegative(kind: "base64 without a name") { w in
            #"{"data":"/9j/4AAQSkZJRg\#(w.base64(w.number(500...3000)))="}"#
        },
        HardNegative(kind: "base64 of audio or of a model's thoughts") { w in
            #"{"type":"thinking","signature":"Er\#(w.base64(w.number(200...600)))=="}"#
        },
        HardNegative(kind: "certificate") { w in
            "-----BEGIN CERTIFICATE-----\n" + (0..<w.number(3...12)).map { _ in w.base64(64) + "\n" }.joined()
                + "-----END CERTIFICATE-----"
        },
        HardNegative(kind: "public key") { w in
            w.pick([
                "-----BEGIN PUBLIC KEY-----\n\(w.base64(64))\n\(w.base64(40))\n-----END PUBLIC KEY-----",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\(w.base64(43)) \(w.noun())", "pk_live_\(w.alphanumeric(24))",
            ])
        },
        HardNegative(kind: "embedding in base64") { w in #""embedding":"\#(w.base64(1024))""# },
        HardNegative(kind: "hex dump") { w in
            (0..<4).map { "000000\($0)0: " + (0..<8).map { _ in w.hex(4) + " " }.joined() + "\n" }.joined()
        },
        HardNegative(kind: "cursor of a page") { w in
            w.pick(["\"next_page_token\": \"", "nextPageToken=", "\"cursor\":\"", "page_token: "])
                + w.base64url(w.number(20...60))
        },
    ]

    private static let documentation: [HardNegative] = [
        HardNegative(kind: "placeholder in documentation") { w in
            w.pick([
                "api_key = \"YOUR_API_KEY\"", "export OPENAI_API_KEY=sk-...", "OPENAI_API_KEY=<your-key-here>",
                "password=changeme",
                "Authorization: Bearer YOUR_ACCESS_TOKEN", "token: ${{ secrets.GITHUB_TOKEN }}",
                "api_key=sk-xxxxxxxxxxxxxxxxxxxxxxxx",
                "password: ********", "Authorization: Bearer <token>", "postgres://user:password@localhost:5432/db",
                "https://<user>:<password>@\(w.host())", "api_key: \"{{ api_key }}\"", "password=${DB_PASSWORD}",
                "token=$TOKEN",
                "secret: \"%(secret)s\"", "ANTHROPIC_API_KEY=your-api-key-here",
                "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "mysql://${USER}:${PASSWORD}@\(w.host())/x", "sk-ant-api03-...", "ghp_your_token_here",
                "AKIAIOSFODNN7" + "EXAMPLE", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "password: \"REDACTED\"",
                "Authorization: Bearer $(gcloud auth print-access-token)",
                "-----BEGIN PRIVATE KEY-----\\n...\\n-----END PRIVATE KEY-----",
            ])
        },
        HardNegative(kind: "prose about secrets") { w in
            w.pick([
                "The secret of the \(w.noun()) is patience.", "Never share your password: it opens everything.",
                "Set the api_key parameter, then call the client.", "A token is a piece of a word.",
                "The password must have 8 characters.",
                "Basic authentication is deprecated; use Bearer tokens.",
                "Use sk-learn or scikit-learn, the risk-averse task-runner.",
                "Invalid API key provided.", "Secret: the \(w.noun()) \(w.noun()).",
                "Your access token has expired, log in again.",
                "password: required, string, at least 8 characters", "Bearer of bad news, basic instincts.",
            ])
        },
        HardNegative(kind: "prompt without a value") { w in
            w.pick([
                "Password: ", "password:", "Enter passphrase for key '/home/\(w.noun())/.ssh/id_rsa': ",
                "[sudo] password for \(w.noun()): ", "api_key=", "\"password\": \"\"", "\"token\": null",
                "secret: true",
            ])
        },
        HardNegative(kind: "schema of a form") { w in
            w.pick([
                #""password": {"type": "string", "minLength": 8}"#,
                #"<input type="password" name="password" id="pwd">"#,
                "password: str", "api_key: Optional[str] = None", "token: string;", "secret VARCHAR(255) NOT NULL",
                #"{"errors": {"password": "required"}}"#, #""required": ["username", "password", "email"]"#,
                #"["password", "confirm_password", "address1"]"#, #""delta":" password","logprobs":[]"#,
                "pwd > out1.txt", "public string Password { get; set; }",
                #""secret_name": "\#(w.noun())""#,
            ])
        },
    ]

    private static let programs: [HardNegative] = [
        HardNegative(kind: "code that names secrets") { w in
            w.pick([
                "api_key=os.environ[\"OPENAI_API_KEY\"]", "password = getpass.getpass()",
                "token = response.json()[\"access_token\"]",
                "const token = await getToken(user.id);", "self.password = password",
                "client_secret=settings.CLIENT_SECRET,",
                "apiKey: process.env.API_KEY_2", "if token == previous_token:", "token = tokenizer.decode(ids[0])",
                "password: user.password,",
                "secret = secrets.token_hex(32)", "let password = config.databasePassword",
                "api_key=api_key, model=model",
                "init(privateKey: sec1PrivateKey)", "ENV_TLS_PASSWORD = \"APP_TLS_PASSWORD\"",
                "headers={'Authorization': f'Bearer {token}'}", "password=self.password, host=self.host",
                "auth = (username, password)",
                "token: Token::Identifier2", "db_password=\"${var.db_password}\"", "pwd=/home/\(w.noun())/src",
                "PWD=/usr/src/app",
            ])
        },
        HardNegative(kind: "minified JavaScript") { w in
            "!function(e,t){\"use strict\";var n=t(\(w.number(1...999))),r=/^[\\w.+-]+@/;e.exports=function(\(w.scalars("abcdef", 1))){return n[\"\(w.alphanumeric(6))\"](r,0x\(w.hex(6)))}}([,function(e){e.k=e.token||e.pwd}]);//# sourceMappingURL=\(w.noun()).\(w.hex(8)).js.map"
        },
        HardNegative(kind: "CSS") { w in
            ".\(w.noun()){color:#\(w.hex(6));background:#\(w.hex(8));margin:-\(w.number(1...9))px}@media(min-width:\(w.number(300...1200))px){.x{top:0}}"
        },
        HardNegative(kind: "file path") { w in
            "/home/\(w.noun())/src/\(w.noun())/node_modules/@\(w.noun())/\(w.noun())-\(w.hex(8)).js:\(w.number(1...900)):\(w.number(1...80)) img/logo@2x.png"
        },
        HardNegative(kind: "URL without a password") { w in
            w.pick([
                "https://\(w.host()):\(w.number(1024...9999))/@\(w.noun())/x",
                "git@github.com:\(w.noun())/\(w.noun()).git", "https://cdn.example.org/npm/vue@3.4.21/dist/vue.js",
                "redis://localhost:6379/0", "postgres://\(w.host()):5432/\(w.noun())",
                "ssh://git@\(w.host()):22/\(w.noun()).git", "https://example.org/a?id=\(w.uuid())&v=\(w.hex(20))",
            ])
        },
        HardNegative(kind: "decorators and handles") { w in
            "@app.route(\"/\(w.noun())\") @\(w.noun())_\(w.noun()) @pytest.mark.parametrize @media \(w.noun())@\(w.noun())"
        },
        HardNegative(kind: "identifiers in code") { w in
            "def \(w.noun())_\(w.noun())_v2(self, \(w.noun())Id: int) -> Dict[str, \(w.capitalNoun())]: task_\(w.hex(8)) disk-\(w.noun())-\(w.alphanumeric(20).lowercased())"
        },
        HardNegative(kind: "constants in capitals") { w in
            "\(w.noun().uppercased())_\(w.noun().uppercased()) MAKIA\(w.scalars("ABCDEFGHIJKLMNOP", 20)) DE44\(w.noun().uppercased())"
        },
        HardNegative(kind: "cookies and caches without a key") { w in
            "etag: W/\"\(w.base64url(27))\" cf-ray: \(w.hex(16))-FRA x-cache-key: \(w.noun())/\(w.noun()) age: \(w.figure(4))"
        },
        HardNegative(kind: "prose") { w in w.sentences(w.number(1...5)) },
    ]
}
