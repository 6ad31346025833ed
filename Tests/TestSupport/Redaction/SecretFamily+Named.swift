extension SecretFamily {
    /// Secrets without a form of their own, known by what stands beside them.
    static let namedSecrets: [SecretFamily] = [
        .named("AWS_SECRET_KEY") { w in
            let secret = w.base64(39) + w.alphanumeric(1)
            return w.pick([
                SecretText("aws_secret_access_key = ", secret, "\nregion = eu-west-1"),
                SecretText("export AWS_SECRET_ACCESS_KEY=", secret),
                SecretText(#"{"AccessKeyId": "x", "SecretAccessKey": ""#, secret, #"", "Expiration": "2026"}"#),
                SecretText("  secretAccessKey: '", secret, "',"),
                SecretText("boto3.client('s3', aws_secret_access_key=\"", secret, "\")"),
                SecretText("AWS Secret Access Key: ", secret),
            ])
        },
        .named("AWS_SESSION_TOKEN") { w in
            let token = "IQoJb3Jp" + w.base64(w.number(200...400)) + w.alphanumeric(2) + "=="
            return w.pick([
                SecretText("AWS_SESSION_TOKEN=", token, "\n"), SecretText(#""SessionToken": ""#, token, "\","),
                SecretText("X-Amz-Security-Token: ", token, "\r\n"),
            ])
        },
        .named("SLACK_WEBHOOK") { w in
            let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
            let path = "T" + w.scalars(capitals, 10) + "/B" + w.scalars(capitals, 10) + "/" + w.alphanumeric(24)
            return SecretText(w.pick(["", "curl -X POST "]) + "https://hooks.slack" + ".com/services/", path)
        },
        .named("TEAMS_WEBHOOK") { w in
            SecretText(
                "https://\(w.noun()).webhook.office" + ".com/webhookb2/",
                "\(w.uuid())@\(w.uuid())/IncomingWebhook/\(w.hex(32))/\(w.uuid())")
        },
        .named("ZAPIER_WEBHOOK") { w in
            SecretText("https://hooks.zapier" + ".com/hooks/catch/", "\(w.figure(7))/\(w.alphanumeric(7))")
        },
        .named("SENTRY_DSN") { w in
            SecretText("SENTRY_DSN=https://", "\(w.hex(32))@o\(w.figure(6)).ingest", ".us.sentry.io/\(w.figure(16))")
        },
        .named("DISCORD_WEBHOOK") { w in
            SecretText("https://discord" + ".com/api/webhooks/\(w.figure(18))/", w.base64url(68))
        },
        .named("AZURE_STORAGE_KEY") { w in
            SecretText(
                "DefaultEndpointsProtocol=https;AccountName=\(w.noun());AccountKey=", w.base64(86) + "==",
                ";EndpointSuffix=core.windows.net")
        },
        .named("AZURE_STORAGE_KEY") { w in
            SecretText(
                "Endpoint=sb://\(w.noun()).servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=",
                w.base64(43) + "=")
        },
        .named("AZURE_SAS_SIGNATURE") { w in
            let signature = (w.base64(43) + "=").map { ["+": "%2B", "/": "%2F", "=": "%3D"][$0] ?? String($0) }.joined()
            return SecretText(
                "https://\(w.noun()).blob.core.windows.net/c/f.csv?sv=2023-11-03&se=2026-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=",
                signature, w.pick(["", "&spr=https"]))
        },
        .named("AZURE_API_KEY") { w in
            let key = w.chance(60) ? w.hex(32) : w.alphanumeric(52) + "JQQJ99" + w.alphanumeric(26)
            return w.pick([
                SecretText("api-key: ", key, "\r\nContent-Type: application/json"),
                SecretText(#"headers={"api-key": ""#, key, "\"}"), SecretText("AZURE_OPENAI_API_KEY=", key),
                SecretText("Ocp-Apim-Subscription-Key: ", key), SecretText(#"["api-key", ""#, key, "\"]"),
            ])
        },
        .named("TWILIO_KEY") { w in
            w.pick([
                SecretText("TWILIO_AUTH_TOKEN=", w.hex(32)), SecretText("twilio_auth_token: \"", w.hex(32), "\""),
                SecretText("Client(\"A" + "C\(w.hex(32))\", \"", w.hex(32), "\")"),
                SecretText("curl https://api.example.org -u A" + "C\(w.hex(32)):", w.hex(32)),
            ])
        },
        .named("DISCORD_TOKEN") { w in
            let id = TextWriter.base64(of: w.pick(["1", "8", "9"]) + w.digits(17), urlSafe: true)
            let token = id + "." + w.base64url(6) + "." + w.base64url(38)
            return w.pick([
                SecretText("DISCORD_TOKEN=", token), SecretText("DISCORD_BOT_TOKEN: '", token, "'"),
                SecretText("Authorization: Bot ", token, "\r\n"), SecretText("discord_token = \"", token, "\""),
            ])
        },
        .named("DATADOG_KEY") { w in
            w.pick([
                SecretText("DD_API_KEY=", w.hex(32)), SecretText("DD-APPLICATION-KEY: ", w.hex(40)),
                SecretText("datadog_api_key: ", w.hex(32)), SecretText(#"{"DD_APP_KEY":""#, w.hex(40), "\"}"),
            ])
        },
        .named("COHERE_KEY") { w in
            w.pick([
                SecretText("CO_API_KEY=", w.alphanumeric(40)), SecretText("COHERE_API_KEY: ", w.alphanumeric(40)),
                SecretText("cohere_api_key=\"", w.alphanumeric(40), "\")"),
            ])
        },
        .named("MISTRAL_KEY") { w in
            w.pick([
                SecretText("MISTRAL_API_KEY=", w.alphanumeric(32)),
                SecretText("mistral_api_key: \"", w.alphanumeric(32), "\""),
                SecretText("{\"MISTRAL_API_KEY\": \"", w.alphanumeric(32), "\"}"),
            ])
        },
        .named("CONNECTION_PASSWORD") { w in
            let scheme = w.pick([
                "postgres", "postgresql", "postgresql+asyncpg", "mysql", "mysql+pymysql", "mongodb", "mongodb+srv",
                "redis",
                "rediss", "amqp", "amqps", "mssql+pyodbc", "clickhouse",
            ])
            let user = scheme.hasPrefix("redis") && w.chance(50) ? "" : w.user()
            let password = w.chance(50) ? w.weakPassword().filter { $0 != "@" } : w.strongPassword(marks: "!$*+-.=_~%")
            let name = w.pick(["", "DATABASE_URL=", "url: ", "dsn = "])
            return SecretText(
                "\(name)\(scheme)://\(user):", password,
                "@\(w.host()):\(w.number(1024...9999))/\(w.noun())?sslmode=require")
        },
        .named("URL_PASSWORD") { w in
            SecretText(
                w.pick(["git clone ", "GET ", "proxy=", ""]) + w.pick(["https", "http", "ftp", "wss"])
                    + "://\(w.user()):", w.strongPassword(marks: "!$*+-._~"), "@\(w.host())/\(w.noun()).git")
        },
        .named("URL_PASSWORD") { w in
            SecretText(
                "curl -s -u \(w.user()):", w.strongPassword(marks: "!*+-._~"), " https://\(w.host())/v1/\(w.noun())")
        },
        .named("BEARER_TOKEN") { w in
            let token = w.chance(50) ? w.base64url(w.number(24...90)) : w.base64(43) + "="
            return w.pick([
                SecretText("Authorization: Bearer ", token, "\r\nAccept: */*"),
                SecretText(#"{"authorization":"Bearer "#, token, "\"}"),
                SecretText("curl -H 'Authorization: Bearer ", token, "' https://\(w.host())/v1"),
                SecretText("authorization: bearer ", token),
            ])
        },
        .named("BASIC_AUTH") { w in
            let token = TextWriter.base64(of: "\(w.user()):\(w.strongPassword())")
            return w.pick([
                SecretText("Authorization: Basic ", token, "\r\nHost: \(w.host())"),
                SecretText(#"{"Authorization": "Basic "#, token, "\"}"),
                SecretText("proxy-authorization: basic ", token),
            ])
        },
        .named("AUTHORIZATION") { w in
            let key = w.chance(50) ? w.hex(w.pick([32, 40])) : w.alphanumeric(w.number(24...48))
            return w.pick([
                SecretText("Authorization: token ", key, "\r\nAccept: */*"),
                SecretText("Authorization: SSWS ", "00" + w.base64url(40), "\r\n"),
                SecretText("Authorization: GenieKey ", w.uuid(), "\r\n"),
                SecretText("Authorization: ApiKey ", key, "\n"), SecretText("authorization: ", key, "\n"),
                SecretText(#"{"Authorization": "Token "#, key, "\"}"),
                SecretText(#"{"name": "Authorization", "value": "Key "#, key, "\"}"),
                SecretText("Proxy-Authorization: Negotiate ", w.base64(80) + "==", "\r\n"),
                SecretText(
                    "Authorization: Digest ", "username=\"\(w.user())\", realm=\"x\", response=\"\(w.hex(32))\"", "\n"),
                SecretText(
                    "Authorization: AWS4-HMAC-SHA256 ",
                    "Credential=x/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=\(w.hex(64))", "\n"),
            ])
        },
        .named("COOKIE") { w in
            let value = w.pick([w.hex(32), w.alphanumeric(26), w.base64url(43)])
            return w.pick([
                SecretText("Cookie: theme=dark; sess=", value, "; lang=en\r\n"),
                SecretText("Set-Cookie: sid=", value, "; Path=/; HttpOnly\r\n"),
                SecretText(#"{"cookie": "session="#, value, "\"}"),
                SecretText(#"{"name":"Cookie","value":"a=1; remember_me="#, value, "\"}"),
            ])
        },
        .named("API_KEY") { apiKey(&$0) },
        .named("API_KEY") { apiKey(&$0) },
        .named("PASSWORD") { password(&$0) },
        .named("PASSWORD") { password(&$0) },
        .named("PASSWORD") { rarePassword(&$0) },
    ]

    private static func apiKey(_ w: inout TextWriter) -> SecretText {
        let key = w.pick([w.alphanumeric(w.number(20...48)), w.hex(w.pick([32, 40, 64])), w.base64url(32), w.uuid()])
        return w.pick([
            SecretText("\(w.noun().uppercased())_API_KEY=", key, "\n"), SecretText("api_key: ", key),
            SecretText(#""apiKey": ""#, key, "\","),
            SecretText("client_secret=", key, "&grant_type=client_credentials"),
            SecretText(#"{"access_token":""#, key, #"","token_type":"bearer","expires_in":3600}"#),
            SecretText("X-Api-Key: ", key, "\r\n"), SecretText("\(w.noun()) --token ", key, " --verbose"),
            SecretText("https://\(w.host())/v1/items?api_key=", key, "&limit=10"),
            SecretText("client = Client(api_key='", key, "')"), SecretText("secret_key = \"", key, "\""),
            SecretText("x-auth-token: ", key), SecretText("def call(token: str = \"", key, "\") -> None:"),
            SecretText("['refresh_token' => '", key, "']"), SecretText("The API key is: ", key),
        ])
    }

    /// Where passwords stand less often, and in other languages.
    private static func rarePassword(_ w: inout TextWriter) -> SecretText {
        let strong = w.strongPassword(marks: "!#%*+-@^_~")
        return w.pick([
            SecretText("machine \(w.host()) login \(w.user()) password ", strong, "\n"),
            SecretText("sshpass -p ", strong, " ssh \(w.user())@db1"), SecretText("Das Passwort: ", strong),
            SecretText("mot de passe : ", strong, "\n"), SecretText("la contraseña es: x, contraseña=", strong),
            SecretText("User: \(w.user())\nPass: ", strong, "\n"),
            SecretText("| \(w.user()) | password | ", strong, " |"),
            SecretText("my password was ", strong, ", sorry"), SecretText("password=", strong + "&" + strong, ""),
            SecretText("{\"password\": {\"value\": \"", strong, "\"}}"), SecretText("PASSWORD\t", strong, "\n"),
            SecretText("<input type=\"password\" value=\"", strong, "\">"),
        ])
    }

    private static func password(_ w: inout TextWriter) -> SecretText {
        let quoted = w.chance(40) ? w.weakPassword() : w.strongPassword()
        let bare = w.chance(40) ? w.weakPassword() : w.strongPassword(marks: "!#%*+-.@^_~")
        let strong = w.strongPassword(marks: "!#%*+-@^_~")
        return w.pick([
            SecretText("DB_PASSWORD=", bare, "\nDB_PORT=5432"), SecretText(#"{"user":"x","password":""#, quoted, "\"}"),
            SecretText(#"{"user": "x", "password": ""#, quoted, #"", "host": "y"}"#),
            SecretText("  password: ", strong, "\n  host: \(w.host())"), SecretText("password = '", quoted, "'"),
            SecretText("login(user=\"\(w.user())\", password=\"", quoted, "\")"),
            SecretText(
                "Server=\(w.host());User Id=sa;Password=", w.strongPassword(marks: "!#%*+-.@^_~"), ";Encrypt=true"),
            SecretText("mysqldump --password ", strong, " \(w.noun())"),
            SecretText("spring.datasource.password=", bare),
            SecretText("username=\(w.user())&password=", w.strongPassword(marks: "-._"), "&remember=1"),
            SecretText("<password>", strong, "</password>"), SecretText("PGPASSWORD=", bare, " psql -h \(w.host())"),
            SecretText("The password is ", strong, " for now"), SecretText("const pwd = \"", quoted, "\";"),
        ])
    }
}
