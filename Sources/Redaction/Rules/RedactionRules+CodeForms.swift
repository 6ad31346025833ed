extension RedactionRules {
    /// Tokens of hosts of code and packages, and of tools that build, test and watch, with a mark of their own.
    static let codeForms: [RedactionRule] = forms([
        ("GITHUB_TOKEN", "GitHub token in its longer form", "ghs_ ghu_", "[A-Za-z0-9_.-]{36,}"),
        (
            "GITLAB_TOKEN", "GitLab token", "glffct- glft- glimt- glagent- gloas- glsoat- glwt- GR1348941 glrtr-",
            "[A-Za-z0-9_-]{20,}"
        ),
        ("GITLAB_TOKEN", "GitLab job or runner token", "glcbt- glrt-", "[A-Za-z0-9_.-]{20,}"),
        ("BITBUCKET_TOKEN", "Bitbucket app password or token", "ATBB ATCTT3 BBDC-", "[A-Za-z0-9_=+/@-]{28,}"),
        ("ATLASSIAN_TOKEN", "Atlassian API token", "ATATT3 ATSTT3 ATOAT3", "[A-Za-z0-9_=+/-]{40,}"),
        ("DOCKER_TOKEN", "Docker access token", "dckr_pat_ dckr_oat_", "[A-Za-z0-9_-]{20,}"),
        ("RUBYGEMS_KEY", "RubyGems API key", "rubygems_", "[0-9a-f]{48}"),
        ("NUGET_KEY", "NuGet API key", "oy2", "[a-z0-9]{43}"),
        ("CRATES_TOKEN", "crates.io token", "cio", "[A-Za-z0-9]{32}"),
        ("CLOJARS_TOKEN", "Clojars token", "CLOJARS_", "[A-Za-z0-9]{60}"),
        ("PACKAGIST_TOKEN", "Packagist token", "packagist_ort_ packagist_uot_ packagist_oat_", "[0-9a-f]{60,}"),
        ("ARTIFACTORY_KEY", "Artifactory key or token", "AKCp cmVmd", "[A-Za-z0-9]{50,75}"),
        ("SONAR_TOKEN", "SonarQube token", "squ_ sqp_ sqa_ sqco_", "[A-Za-z0-9]{40,}"),
        ("SENTRY_TOKEN", "Sentry token", "sntrys_ sntryu_ sntrya_ sntryi_", "[A-Za-z0-9_=+/-]{40,}"),
        ("SNYK_TOKEN", "Snyk token", "snyk_uat. snyk_sat.", "[A-Za-z0-9_.-]{30,}"),
        ("CIRCLECI_TOKEN", "CircleCI token", "CCIPAT_ CCIPRJ_", "[A-Za-z0-9]{16,30}_[0-9a-fA-F]{40}"),
        ("BUILDKITE_TOKEN", "Buildkite token", "bkua_ bkaj_ bkct_", "[a-z0-9]{40,}"),
        ("HARNESS_TOKEN", "Harness token", "pat. sat.", "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}"),
        ("OCTOPUS_KEY", "Octopus Deploy API key", "API-", "[A-Z0-9]{26,}"),
        ("SOURCEGRAPH_TOKEN", "Sourcegraph token", "sgp_ sgd_ slk_", "(?:(?:[0-9a-fA-F]{16}|local)_)?[0-9a-fA-F]{40,}"),
        ("POSTMAN_KEY", "Postman API key", "PMAK- PMAT-", "[A-Za-z0-9-]{24,}"),
        ("README_KEY", "ReadMe API key", "rdme_", "[a-z0-9]{60,}"),
        (
            "LAUNCHDARKLY_KEY", "LaunchDarkly key", "sdk- api- mob-",
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
        ),
        ("STATSIG_KEY", "Statsig secret", "secret-", "[A-Za-z0-9]{40,}"),
        ("GRAFANA_TOKEN", "Grafana token", "glsa_", "[A-Za-z0-9]{32}_[0-9a-fA-F]{8}"),
        ("GRAFANA_TOKEN", "Grafana cloud token", "glc_ eyJrIjoi", "[A-Za-z0-9+/]{32,}={0,3}"),
        ("NEW_RELIC_KEY", "New Relic key", "NRAK- NRII- NRIQ- NRJS- NRBR- NRRA- NRSP-", "[A-Za-z0-9_-]{19,}"),
        (
            "DYNATRACE_TOKEN", "Dynatrace token", "dt0c01. dt0s01. dt0s02. dt0s08. dt0s16.",
            "[A-Z0-9a-z]{8,24}\\.[A-Z0-9a-z]{64}"
        ),
        ("HONEYCOMB_KEY", "Honeycomb key", "hcaik_ hcbik_ hcxik_ hcaic_ hcamk_ hcbmk_ hcxmk_", "[a-z0-9]{30,}"),
        ("AXIOM_TOKEN", "Axiom token", "xaat- xapt-", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
        ("PAGERDUTY_KEY", "PagerDuty key", "pdus+ pdeu+", "[A-Za-z0-9_-]{15,}"),
        ("ROOTLY_TOKEN", "Rootly token", "rootly_", "[0-9a-f]{64}"),
        ("FIREHYDRANT_TOKEN", "FireHydrant token", "fhb-", "[0-9a-f]{32,}"),
        ("CHECKLY_KEY", "Checkly key", "cu_", "[0-9a-f]{32}"),
        ("DATADOG_KEY", "Datadog key with a mark", "ddapp_ ddapi_ ddpat_ pub", "[0-9a-f]{32}[A-Za-z0-9]{0,24}"),
        ("INFRACOST_KEY", "Infracost key", "ico-", "[A-Za-z0-9]{32}"),
        ("SPECTRAL_TOKEN", "Spectral token", "spu-", "[0-9a-f]{32}"),
        ("ENDOR_KEY", "Endor key", "endr+", "[A-Za-z0-9_-]{16}"),
        ("NX_TOKEN", "Nx or Chromatic token", "nxc_ chpt_", "[A-Za-z0-9]{15,}"),
        ("POSTHOG_KEY", "PostHog key", "phx_ phc_ phs_ pha_ phr_", "[A-Za-z0-9]{30,}"),
        ("VOICEFLOW_KEY", "Voiceflow key", "VF.DM. VF.WS. VF.", "[0-9a-fA-F]{24}\\.[A-Za-z0-9]{16}"),
        ("INTRA42_SECRET", "Intra 42 secret", "s-s4t2ud- s-s4t2af-", "[0-9a-f]{64}"),
        ("ADOBE_SECRET", "Adobe client secret", "p8e- p8-", "[A-Za-z0-9_-]{32}"),
        ("SCALYR_KEY", "Logz or Mezmo key", "sts_ lgz_", "[A-Za-z0-9]{32,}"),
    ])
}
