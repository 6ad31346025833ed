extension RedactionRules {
    /// Keys of services for work, mail, money and more, which begin with a mark of their own.
    static let serviceForms: [RedactionRule] = forms([
        ("LINEAR_KEY", "Linear key", "lin_api_ lin_oauth_ lin_wh_", "[A-Za-z0-9]{32,}"),
        ("NOTION_TOKEN", "Notion token", "secret_", "[A-Za-z0-9]{43}"),
        ("NOTION_TOKEN", "Notion token", "ntn_", "[0-9]{11}[A-Za-z0-9]{35}"),
        ("FIGMA_TOKEN", "Figma token", "figd_ figo_ figu_ figp_ figur_ figor_", "[A-Za-z0-9_=-]{40,}"),
        ("AIRTABLE_TOKEN", "Airtable token", "pat", "[A-Za-z0-9]{14}\\.[0-9a-f]{64}"),
        ("ASANA_TOKEN", "Asana token", "1/1 2/1", "[0-9]{10,16}(?:/[0-9]{10,20})?:[0-9a-f]{32}"),
        ("CONTENTFUL_TOKEN", "Contentful token", "CFPAT-", "[A-Za-z0-9_-]{40,}"),
        (
            "HUBSPOT_TOKEN", "HubSpot token", "pat-na1- pat-na2- pat-eu1- pat-ap1-",
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
        ),
        ("MAPBOX_TOKEN", "Mapbox token", "sk.eyJ pk.eyJ tk.eyJ", "[A-Za-z0-9_-]{30,}\\.[A-Za-z0-9_-]{20,}"),
        ("DROPBOX_TOKEN", "Dropbox token", "sl.", "(?:u\\.)?[A-Za-z0-9_=-]{120,}"),
        ("TYPEFORM_TOKEN", "Typeform token", "tfp_", "[A-Za-z0-9_.=-]{40,}"),
        ("INTERCOM_TOKEN", "Intercom token", "dG9rO", "[A-Za-z0-9_=-]{50,}"),
        ("SALESFORCE_TOKEN", "Salesforce session", "00D", "[A-Za-z0-9]{12,15}![A-Za-z0-9_.]{80,}"),
        ("SALESFORCE_TOKEN", "Salesforce key", "3MVG9 5Aep861", "[A-Za-z0-9._+/=]{70,}"),
        ("SHOPIFY_TOKEN", "Shopify token", "shptka_ shpua_ atkn_", "[0-9a-zA-Z]{32,}"),
        ("SQUARE_TOKEN", "Square token", "sq0idp- sq0csb- sandbox-sq0idb- sandbox-sq0csb-", "[A-Za-z0-9_-]{20,}"),
        (
            "BRAINTREE_TOKEN", "Braintree token", "access_token$production$ access_token$sandbox$",
            "[0-9a-z]{16}\\$[0-9a-f]{32}"
        ),
        ("RAZORPAY_KEY", "Razorpay key", "rzp_live_ rzp_test_", "[A-Za-z0-9]{14,}"),
        (
            "FLUTTERWAVE_KEY", "Flutterwave key", "FLWSECK- FLWSECK_TEST- FLWPUBK- FLWPUBK_TEST-",
            "[0-9a-zA-Z]{12,}(?:-X)?"
        ),
        ("STRIPE_KEY", "Stripe key or restricted key of production", "sk_prod_ rk_prod_ sk_org_", "[A-Za-z0-9]{16,}"),
        ("PAYSTACK_KEY", "Secret of a payment", "pi_ seti_", "[A-Za-z0-9]{14,}_secret_[A-Za-z0-9]{14,}"),
        ("PADDLE_KEY", "Paddle key", "pdl_live_apikey_ pdl_sdbx_apikey_ pdl_ntfset_", "[A-Za-z0-9_]{30,}"),
        ("POLAR_TOKEN", "Polar token", "polar_oat_ polar_pat_ polar_whs_", "[A-Za-z0-9]{30,}"),
        (
            "PLAID_TOKEN", "Plaid token", "access-sandbox- access-development- access-production-",
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
        ),
        ("ADYEN_KEY", "Adyen key", "AQE", "[A-Za-z0-9+/]{60,}[A-Za-z0-9+/=.-]{20,}"),
        ("MOLLIE_KEY", "Mollie key", "live_ test_", "[A-Za-z0-9]{30,42}"),
        (
            "FACEBOOK_TOKEN", "Facebook or Instagram token",
            "EAAA EAAB EAAC EAAD EAAG EAAM EAAO EAAU EAAE EAAF EAAI EAAJ EAAH EAAL EAAK EAAN EAAP EAAQ EAAR EAAS EAAT EAAV EAAW EAAX EAAY EAAZ IGQV IGAA",
            "[A-Za-z0-9]{80,}"
        ),
        ("TWITTER_TOKEN", "Twitter bearer token", "AAAAAAAAAAAAAAAAAAAAA", "[A-Za-z0-9%]{60,}"),
        ("LINKEDIN_TOKEN", "LinkedIn token", "WPL_AP1. AQX AQU AQV", "[A-Za-z0-9_.+/=-]{60,}"),
        ("RESEND_KEY", "Resend API key", "re_", "[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}"),
        ("RESEND_KEY", "Resend API key", "re_", "[A-Za-z0-9]{32,}"),
        ("BREVO_KEY", "Brevo key", "xkeysib- xsmtpsib-", "[0-9a-f]{64}-[A-Za-z0-9]{16}"),
        ("MAILGUN_KEY", "Mailgun validation key", "pubkey-", "[0-9a-f]{32}"),
        ("MANDRILL_KEY", "Mandrill key", "md-", "[A-Za-z0-9_-]{22}"),
        ("COURIER_KEY", "Courier key", "pk_prod_ pk_test_", "[A-Z0-9]{28}"),
        ("KLAVIYO_KEY", "Klaviyo key", "pk_", "(?:[A-Za-z0-9]{6}_)?[0-9a-f]{34}"),
        ("TELNYX_KEY", "Telnyx key", "KEY0", "[0-9A-F]{30,32}_[A-Za-z0-9_-]{20,}"),
        ("PUBNUB_KEY", "PubNub key", "sub-c- pub-c- sec-c-", "[0-9A-Za-z-]{30,}"),
        ("SHIPPO_TOKEN", "Shippo token", "shippo_live_ shippo_test_", "[0-9a-fA-F]{40}"),
        ("EASYPOST_KEY", "EasyPost key", "EZAK EZTK", "[A-Za-z0-9]{54}"),
        ("DUFFEL_TOKEN", "Duffel token", "duffel_live_ duffel_test_", "[A-Za-z0-9_=-]{40,}"),
        ("FRAMEIO_TOKEN", "Frame.io token", "fio-u-", "[A-Za-z0-9_=-]{60,}"),
        ("ADAFRUIT_KEY", "Adafruit IO key", "aio_", "[A-Za-z0-9]{28}"),
        ("SETTLEMINT_TOKEN", "SettleMint token", "sm_aat_ sm_pat_ sm_sat_", "[A-Za-z0-9]{16}"),
        ("BANNERBEAR_KEY", "Bannerbear key", "bb_pr_ bb_ma_", "[0-9a-f]{30}"),
        ("RAMP_SECRET", "Ramp secret", "ramp_sec_ ramp_id_", "[A-Za-z0-9]{40,}"),
        ("ZOHO_TOKEN", "Zoho token", "1000.", "[0-9a-f]{32}\\.[0-9a-f]{32}"),
        ("CLOSE_KEY", "Close key", "api_", "[A-Za-z0-9]{22}\\.[A-Za-z0-9]{22}"),
        ("FLEETBASE_KEY", "Fleetbase or Flexport key", "flb_live_ flb_test_ shltm_", "[A-Za-z0-9_-]{20,}"),
        ("UBIDOTS_TOKEN", "Ubidots token", "BBFF- BBUS-", "[A-Za-z0-9]{30}"),
        ("NIGHTFALL_KEY", "Nightfall key", "NF-", "[A-Za-z0-9]{32}"),
        (
            "ROBINHOOD_KEY", "Robinhood crypto key", "rh-api-",
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
        ),
        ("DFUSE_KEY", "dfuse or StreamingFast key", "web_ server_", "[0-9a-f]{32}"),
        ("ALCHEMY_KEY", "Alchemy key", "alcht_", "[A-Za-z0-9]{30,}"),
    ])
}
