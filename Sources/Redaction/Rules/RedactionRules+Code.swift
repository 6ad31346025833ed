extension RedactionRules {
    /// Tokens of hosts of code and packages.
    static let code: [RedactionRule] = [
        RedactionRule(
            "GITHUB_TOKEN", .secret, "GitHub token", literals: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
            pattern: "gh[pousr]_[A-Za-z0-9]{36,}", boundary: .word),
        RedactionRule(
            "GITHUB_TOKEN", .secret, "GitHub fine-grained token", literals: ["github_pat_"],
            pattern: "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{40,}", boundary: .word),
        RedactionRule(
            "GITLAB_TOKEN", .secret, "GitLab token", literals: ["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-"],
            pattern: "gl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,}(?:\\.[0-9a-z]{2}\\.[0-9a-z]{7,})?", boundary: .key),
        RedactionRule(
            "NPM_TOKEN", .secret, "npm token", literals: ["npm_"], pattern: "npm_[A-Za-z0-9]{36}", boundary: .word,
            check: .entropy(3.2)),
        RedactionRule(
            "PYPI_TOKEN", .secret, "PyPI token", literals: ["pypi-AgE"], pattern: "pypi-AgE[A-Za-z0-9_-]{50,}",
            boundary: .key),
    ]
}
