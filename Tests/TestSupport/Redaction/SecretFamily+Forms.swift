extension SecretFamily {
    /// Keys in forms that providers published, one line a form.
    ///
    /// `<w20>` stands for 20 characters of base64url, `a` for letters and digits, `l` and `c` for small letters and
    /// capitals with digits, `h` for hexadecimal digits, `d` for digits, `b` for base64, `<u>` for a UUID.
    static let forms: [SecretFamily] = published.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        return free(parts[0]) { writer in writer.filled(parts[1]) }
    }

    private static let published = """
        TOGETHER_KEY tgp_v1_<w43>
        FIREWORKS_KEY fw_<a24>
        PINECONE_KEY pcsk_<a5>_<a63>
        NVIDIA_KEY nvapi-<w64>
        CEREBRAS_KEY csk-<l48>
        VOYAGE_KEY pa-<w43>
        TAVILY_KEY tvly-<a32>
        TAVILY_KEY tvly-dev-<a32>
        FIRECRAWL_KEY fc-<h32>
        BROWSERBASE_KEY bb_live_<w27>
        E2B_KEY e2b_<h40>
        JINA_KEY jina_<h32><w28>
        ELEVENLABS_KEY sk_<h48>
        CARTESIA_KEY sk_car_<w22>
        LLAMACLOUD_KEY llx-<a48>
        MEM0_KEY m0-<a40>
        RUNPOD_KEY rpa_<c40>
        HELICONE_KEY sk-helicone-<l7>-<l7>-<l7>-<l7>
        WANDB_KEY wandb_v1_<a77>
        GOOGLE_API_KEY AQ.Ab8<w50>
        BEDROCK_KEY ABSK<b128>=
        BEDROCK_KEY bedrock-api-key-<b200>
        CURSOR_KEY key_<h64>
        VERCEL_TOKEN vcp_<a56>
        VERCEL_TOKEN vercel_blob_rw_<a16>_<a30>
        SUPABASE_KEY sbp_<h40>
        SUPABASE_KEY sb_secret_<w31>
        OPENAI_KEY sk-<w22>
        ANYSCALE_KEY esecret_<l26>
        BRAVE_KEY BSA<w28>
        MODAL_TOKEN as-<a22>
        CONTEXT7_KEY ctx7sk-<u>
        YDC_KEY ydc-sk-<h16>-<w32>
        HUMANLOOP_KEY hl_sk_<h48>
        BRAINTRUST_KEY bt-st-<a48>
        COMPOSIO_KEY ak_<w20>a1
        OPENPIPE_KEY opk_<h48>
        ARIZE_KEY ak-<u>-<w32>
        UPSTAGE_KEY up_<a29>
        APIFY_TOKEN apify_api_<a36>
        SCRAPINGBEE_KEY ste-<a60>
        MISTRAL_KEY lk_<h64>
        OPENROUTER_KEY sk-lw-<a48>
        AWS_KEY_ID ABIA<c16>
        ALIBABA_KEY LTAI5t<a18>
        TENCENT_KEY AKID<a32>
        YANDEX_KEY AQVN<w36>
        YANDEX_KEY t1.<w40>.<w86>
        YANDEX_KEY y0_<w55>
        CLOUDFLARE_TOKEN cfut_<a40><h8>
        CLOUDFLARE_TOKEN v1.0-<h24>-<h146>
        HEROKU_KEY HRKU-AA<w58>
        FLY_TOKEN fo1_<w43>
        FLY_TOKEN fm2_<b300>
        NETLIFY_TOKEN nfp_<a36>
        RENDER_KEY rnd_<a32>
        PLANETSCALE_TOKEN pscale_tkn_<w43>
        PLANETSCALE_TOKEN pscale_pw_<w43>
        NEON_KEY napi_<l64>
        NEON_KEY npg_<a16>
        OPENSHIFT_TOKEN sha256~<w43>
        CLICKHOUSE_KEY 4b1d<a38>
        VAULT_TOKEN hvs.<w95>
        VAULT_TOKEN hvs.<w24>
        VAULT_TOKEN hvb.<w160>
        DOPPLER_TOKEN dp.pt.<a43>
        DOPPLER_TOKEN dp.st.dev_main.<a43>
        PULUMI_TOKEN pul-<h40>
        TAILSCALE_KEY tskey-auth-<a17>-<a32>
        TAILSCALE_KEY tskey-api-<a17>-<a33>
        ONEPASSWORD_TOKEN ops_eyJ<a300>
        ONEPASSWORD_TOKEN A3-<c6>-<c6>-<c5>-<c5>-<c5>-<c5>
        AGE_KEY AGE-SECRET-KEY-1<c58>
        INFISICAL_TOKEN st.<h24>.<h32>.<h32>
        CONFLUENT_SECRET cflt<b60>
        PREFECT_KEY pnu_<a36>
        DENO_TOKEN ddp_<a36>
        FAUNA_KEY fnA<w37>
        XATA_KEY xau_<a40>
        TINYBIRD_TOKEN p.eyJ<w80>.<w30>
        EXOSCALE_KEY EXO<h24>
        DIGITALOCEAN_TOKEN DO00<c16>
        DATABRICKS_TOKEN dose<h32>
        APPWRITE_KEY standard_<h256>
        STYTCH_SECRET secret-live-<w40>=
        INNGEST_KEY signkey-prod-<h64>
        TRIGGER_KEY tr_prod_<a24>
        MONGODB_ATLAS_SECRET mdb_sa_sk_<w40>
        AIVEN_TOKEN AVNS_<w20>
        SCALINGO_TOKEN tk-us-<w48>
        DEFINED_TOKEN dnkey-<l26>-<l52>
        SALADCLOUD_KEY salad_cloud_<a5>_<a60>
        GITHUB_TOKEN ghs_<a36>
        GITLAB_TOKEN glffct-<w20>
        GITLAB_TOKEN glimt-<w25>
        GITLAB_TOKEN glagent-<w50>
        GITLAB_TOKEN gloas-<h64>
        GITLAB_TOKEN glsoat-<w20>
        GITLAB_TOKEN GR1348941<w20>
        GITLAB_TOKEN glcbt-64_<w20>
        BITBUCKET_TOKEN ATBB<a32>
        BITBUCKET_TOKEN ATCTT3xFfG<w160>=<c8>
        ATLASSIAN_TOKEN ATATT3xFfGF0<w170>=<c8>
        DOCKER_TOKEN dckr_pat_<w27>
        DOCKER_TOKEN dckr_oat_<w32>
        RUBYGEMS_KEY rubygems_<h48>
        NUGET_KEY oy2<l43>
        CRATES_TOKEN cio<a32>
        CLOJARS_TOKEN CLOJARS_<l60>
        PACKAGIST_TOKEN packagist_oat_<h64>
        ARTIFACTORY_KEY AKCp<a69>
        ARTIFACTORY_KEY cmVmdGtu<a56>
        SONAR_TOKEN squ_<h40>
        SONAR_TOKEN sqp_<h40>
        SENTRY_TOKEN sntrys_eyJpYXQiO<a180>_<a43>
        SENTRY_TOKEN sntryu_<h64>
        SNYK_TOKEN snyk_uat.<h8>.<a60>
        CIRCLECI_TOKEN CCIPAT_<a22>_<h40>
        BUILDKITE_TOKEN bkua_<h40>
        HARNESS_TOKEN pat.<w22>.<a24>.<a20>
        OCTOPUS_KEY API-<c26>
        SOURCEGRAPH_TOKEN sgp_<h16>_<h40>
        SOURCEGRAPH_TOKEN slk_<h64>
        POSTMAN_KEY PMAK-<h24>-<h34>
        README_KEY rdme_<l70>
        LAUNCHDARKLY_KEY sdk-<u>
        LAUNCHDARKLY_KEY api-<u>
        STATSIG_KEY secret-<a44>
        GRAFANA_TOKEN glsa_<a32>_<h8>
        GRAFANA_TOKEN glc_eyJ<a120>
        GRAFANA_TOKEN eyJrIjoi<a100>
        NEW_RELIC_KEY NRAK-<c27>
        NEW_RELIC_KEY NRII-<w32>
        NEW_RELIC_KEY <h32>FFFFNRAL
        DYNATRACE_TOKEN dt0c01.<c24>.<c64>
        HONEYCOMB_KEY hcaik_<l58>
        AXIOM_TOKEN xaat-<u>
        PAGERDUTY_KEY pdus+<w20>
        ROOTLY_TOKEN rootly_<h64>
        FIREHYDRANT_TOKEN fhb-<h64>
        CHECKLY_KEY cu_<h32>
        DATADOG_KEY ddapp_<h32>
        INFRACOST_KEY ico-<a32>
        SPECTRAL_TOKEN spu-<h32>
        ENDOR_KEY endr+<a16>
        NX_TOKEN nxc_<a32>
        POSTHOG_KEY phx_<a43>
        VOICEFLOW_KEY VF.DM.<h24>.<a16>
        INTRA42_SECRET s-s4t2ud-<h64>
        ADOBE_SECRET p8e-<l32>
        SCALYR_KEY sts_<a40>
        LINEAR_KEY lin_api_<a40>
        NOTION_TOKEN secret_<a43>
        NOTION_TOKEN ntn_<d11><a35>
        FIGMA_TOKEN figd_<w40>
        AIRTABLE_TOKEN pat<a14>.<h64>
        ASANA_TOKEN 2/1<d15>/<d16>:<h32>
        CONTENTFUL_TOKEN CFPAT-<w43>
        HUBSPOT_TOKEN pat-na1-<u>
        MAPBOX_TOKEN sk.eyJ<w60>.<w22>
        DROPBOX_TOKEN sl.<w135>
        TYPEFORM_TOKEN tfp_<a44>_<a14>
        INTERCOM_TOKEN dG9rO<a55>=
        SALESFORCE_TOKEN 00D<a12>!<a96>
        SALESFORCE_TOKEN 3MVG9<a80>
        SHOPIFY_TOKEN shptka_<h32>
        SQUARE_TOKEN sq0idp-<w22>
        BRAINTREE_TOKEN access_token$production$<l16>$<h32>
        RAZORPAY_KEY rzp_live_<a14>
        FLUTTERWAVE_KEY FLWSECK-<h32>-X
        FLUTTERWAVE_KEY FLWSECK_TEST-<h32>-X
        STRIPE_KEY rk_prod_<a24>
        PAYSTACK_KEY pi_<a24>_secret_<a25>
        PADDLE_KEY pdl_live_apikey_<a26>_<a22>_<a3>
        POLAR_TOKEN polar_oat_<a43>
        PLAID_TOKEN access-sandbox-<u>
        ADYEN_KEY AQE<a120>-<b40>=-<a16>
        MOLLIE_KEY live_<a30>
        FACEBOOK_TOKEN EAAG<a160>
        TWITTER_TOKEN AAAAAAAAAAAAAAAAAAAAAM<a80>
        LINKEDIN_TOKEN AQX<w150>
        RESEND_KEY re_<a8>_<a24>
        BREVO_KEY xkeysib-<h64>-<a16>
        MAILGUN_KEY pubkey-<h32>
        MANDRILL_KEY md-<a22>
        MAILCHIMP_KEY <h32>-us21
        COURIER_KEY pk_prod_<c28>
        KLAVIYO_KEY pk_<h34>
        TELNYX_KEY KEY0<C32>_<a22>
        PUBNUB_KEY sec-c-<a48>
        SHIPPO_TOKEN shippo_live_<h40>
        EASYPOST_KEY EZAK<a54>
        DUFFEL_TOKEN duffel_live_<w43>
        FRAMEIO_TOKEN fio-u-<w64>
        ADAFRUIT_KEY aio_<a28>
        SETTLEMINT_TOKEN sm_pat_<a16>
        BANNERBEAR_KEY bb_pr_<h30>
        RAMP_SECRET ramp_sec_<a48>
        ZOHO_TOKEN 1000.<h32>.<h32>
        CLOSE_KEY api_<a22>.<a22>
        FLEETBASE_KEY flb_live_<a20>
        UBIDOTS_TOKEN BBFF-<a30>
        NIGHTFALL_KEY NF-<a32>
        ROBINHOOD_KEY rh-api-<u>
        DFUSE_KEY web_<h32>
        ALCHEMY_KEY alcht_<a32>
        AZURE_AD_SECRET <a3>8Q~<a34>
        AZURE_DEVOPS_TOKEN <a76>AZDO<a4>
        AZURE_API_KEY <a52>JQQJ99<a26>
        AZURE_API_KEY <a42>AzSeC<a5>
        TERRAFORM_TOKEN <a14>.atlasv1.<w67>
        MAXMIND_KEY <a6>_<a29>_mmk
        RAPIDAPI_KEY <l10>msh<l15>p1<l5>jsn<l12>
        AUTHRESS_KEY sc_<l10>.<l5>.acc-<l12>.<a60>
        DISCORD_TOKEN MTA<a23>.<a6>.<a38>
        """
}

extension TextWriter {
    /// A template with random characters in the place of its `<a20>`; see `SecretFamily.forms`.
    mutating func filled(_ template: String) -> String {
        var text = ""
        for (place, piece) in template.split(separator: "<", omittingEmptySubsequences: false).enumerated() {
            guard place > 0, let end = piece.firstIndex(of: ">"), let kind = piece.first else {
                text += piece
                continue
            }
            let count = Int(piece[piece.index(after: piece.startIndex)..<end]) ?? 0
            switch kind {
            case "w": text += base64url(count)
            case "a": text += alphanumeric(count)
            case "l": text += scalars("abcdefghijklmnopqrstuvwxyz0123456789", count)
            case "c": text += scalars("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count)
            case "C": text += hex(count).uppercased()
            case "h": text += hex(count)
            case "d": text += digits(count)
            case "b": text += base64(count)
            default: text += uuid()
            }
            text += piece[piece.index(after: end)...]
        }
        return text
    }
}
