/// The words that names of secrets are made of.
enum SecretNameWords {
    /// What a word does in a name.
    enum Role: Sendable {
        case password
        /// A name that ends so names a key or a token.
        case secret
        /// `key`, which says something only with a word before it.
        case key
        case authorization
        case cookie
        /// What before `key` makes it a secret.
        case qualifier
        /// What before `key` makes it no secret.
        case plainQualifier
        /// What stands behind a name and says nothing, such as `prod` or `2`.
        case noise
        /// What makes a token one of a page, which opens nothing.
        case page
        /// What makes the value a hash, or public.
        case hashed
    }

    static func role(_ hash: UInt64) -> Role? { roles[hash] }

    private static let roles: [UInt64: Role] = {
        var roles: [UInt64: Role] = [:]
        for (role, words) in table {
            for word in words.split(whereSeparator: \.isWhitespace) {
                // What a word says by itself counts first.
                let hash = NameWords.hash(String(word))
                roles[hash] = roles[hash] ?? role
            }
        }
        // Numbers at the end, as in API_KEY_2.
        for number in 0..<100 { roles[NameWords.hash(String(number))] = .noise }
        return roles
    }()

    private static let table: [(Role, String)] = [
        (
            .password,
            """
            password passwords passwd passwort passphrase passcode pwd pw pass passw psw pswd kennwort senha mdp \
            motdepasse contrasena contraseña clave wachtwoord haslo hasło heslo sifre şifre parola parolă lozinka geslo \
            losenord lösenord passord adgangskode salasana jelszo jelszó slaptazodis parool sandi passin passout \
            requirepass masterauth userpass unlockcode
            """
        ),
        (
            .secret,
            """
            secret token jwt pat hmac fernet salt pepper apikey apikeys credential credentials creds cred bearer \
            authtoken accesstoken apitoken secretkey accesskey privatekey authkey appkey masterkey signingkey \
            clientsecret appsecret sharedsecret sessiontoken refreshtoken idtoken webhooksecret sas sessionkey licensekey identitytoken bottoken botkey csrf xsrf \
            psk passkey accountkey storagekey serverkey deploykey sharedaccesskey assertion licencekey phpsessid \
            jsessionid
            """
        ),
        (.key, "key keys"),
        (.authorization, "authorization authorisation auth authn authheader"),
        (.cookie, "cookie cookies"),
        (
            .qualifier,
            """
            api apis access secret private priv signing sign encryption encrypt decryption subscription auth \
            authentication master account app application service admin license licence client shared storage webhook \
            session crypt crypto cipher aes rsa ssh pgp gpg tls ssl deploy developer integration ingest ingestion write \
            server consumer personal root management host bot partner merchant security cookie sdk recaptcha captcha site \
            jwt hmac fernet token vault wallet ecdsa ed25519 dev user read org organization workspace tenant \
            openai anthropic azure aws gcp google gemini cohere mistral groq together fireworks pinecone nvidia cerebras \
            voyage tavily firecrawl browserbase e2b jina elevenlabs llamacloud mem0 runpod helicone litellm wandb cursor \
            vercel supabase stripe twilio sendgrid mailgun mailchimp datadog newrelic sentry grafana slack discord \
            telegram github gitlab bitbucket heroku netlify render algolia airtable asana notion figma linear hubspot \
            intercom zendesk shopify square paypal adyen plaid mapbox openweather serpapi serper exa brave replicate \
            huggingface deepseek perplexity xai moonshot qwen dashscope zhipu minimax baichuan weaviate qdrant milvus \
            langsmith langchain langfuse langwatch braintrust portkey assemblyai deepgram cartesia stability ideogram \
            fal modal baseten anyscale lepton sambanova novita hyperbolic upstage unstructured apify snyk sonar \
            circleci travis codecov buildkite drone postman launchdarkly segment amplitude mixpanel posthog rollbar \
            bugsnag honeycomb pagerduty opsgenie cloudflare fastly digitalocean linode vultr hetzner ovh scaleway \
            databricks snowflake mongodb atlas redis elastic elasticsearch clickhouse confluent kafka rabbitmq firebase \
            fcm apns onesignal pusher pubnub ably contentful sanity dropbox box zoom okta auth0 clerk workos doppler \
            pulumi terraform tailscale planetscale neon turso upstash fly railway alibaba tencent oracle ibm watson \
            jfrog artifactory nuget npm pypi rubygems crates docker codeclimate coveralls typeform flutterwave razorpay \
            braintree facebook twitter linkedin twitch spotify youtube maps places geocoding weather news finnhub \
            alphavantage polygon coinbase binance kraken infura alchemy etherscan moralis easypost shippo lob duffel \
            amadeus skyscanner resend brevo postmark sparkpost klaviyo customerio
            """
        ),
        (
            .plainQualifier,
            """
            public pub primary foreign sort partition cache idempotency object map dict group row column range index \
            unique natural composite surrogate routing message event property attribute metadata config feature flag \
            translation label json bucket file path video short hot arrow enter tab escape shift control function return \
            list item trace span correlation dedup dedupe lookup join parent child conversation thread task issue \
            project epic sprint page pagination cursor next start last first search filter order name input output host \
            state store memory context prompt i18n locale lang language answer question metric tag resource data value \
            block node graph edge step run job queue topic stream shard hash etag image asset template theme column
            """
        ),
        (
            .noise,
            """
            prod production dev development staging stage test testing live sandbox old new current previous primary \
            secondary default value plain plaintext raw string str env var confirm confirmation again repeat b64 base64 \
            text base main backup tmp temp local remote one two v1 v2 v3 seed
            """
        ),
        (
            .page,
            """
            page next sync continuation pagination cursor change idempotency eos bos pad stop mask unk sep cls prev \
            resume special
            """
        ),
        (.hashed, "hash hashed hashes digest checksum fingerprint public count length len type usage encrypted"),
    ]

    /// The bytes of the name that a text begins with, if it is one that needs no blank behind it.
    static func foreign(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        foreignPasswords.prefix(of: text) ?? foreignKeys.prefix(of: text)
    }

    /// How single words end that are several.
    static let passwordEndings = WordList(["password", "passwd", "passphrase", "passwort", "kennwort"])
    static let secretEndings = WordList([
        "apikey", "secret", "accesstoken", "authtoken", "apitoken", "secretkey", "accesskey", "privatekey", "authkey",
        "appkey", "refreshtoken", "sessiontoken", "bottoken", "signingkey", "encryptionkey", "masterkey", "usertoken",
        "idtoken", "jwttoken", "licensekey",
    ])

    /// Names of passwords that stand in a text without marks around them, or of several words.
    static let foreignPasswords = WordList([
        "пароль", "Пароль", "ПАРОЛЬ", "CONTRASEÑA", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호", "contraseña",
        "mot de passe",
        "hasło", "lösenord", "şifre", "parolă", "jelszó", "mật khẩu", "kata sandi", "รหัสผ่าน", "كلمة المرور",
        "كلمة السر", "סיסמה", "סיסמא", "पासवर्ड", "κωδικός", "парола", "лозинка", "palavra-passe", "slaptažodis",
    ])
    static let foreignKeys = WordList([
        "密钥", "密鑰", "金鑰", "令牌", "秘钥", "トークン", "秘密鍵", "apiキー", "토큰", "токен", "Токен", "ключ", "Ключ", "секрет",
        "Секрет",
        "clé api", "jeton", "api-schlüssel", "schlüssel", "clave api", "clave de api", "chave", "chave de api",
        "clave secreta", "chave secreta", "clé secrète", "geheimnis",
    ])
}
