/// The built-in rules.
///
/// They know formats that providers made public, and names beside which secrets stand. Where two rules find the same
/// text, the first counts: special ones stand before general ones.
package enum RedactionRules {
    package static let all: [RedactionRule] =
        models + modelForms + clouds + cloudForms + code + codeForms + messaging + commerce + serviceForms
        + markedWithin
        + tokens + urls + named + personal

    /// The first rule with a label; nil for labels of policy files and of other versions.
    package static func rule(_ label: String) -> RedactionRule? {
        all.first { $0.label == label }
    }
}

extension RedactionRule {
    /// A rule for secrets; most are whole words and as random as a key.
    static func secret(
        _ label: String, _ title: String, _ literals: [String], ignoresCase: Bool = false, prefix: String = "",
        _ pattern: String, lookback: Int = 0, boundary: RedactionBoundary = .word,
        check: RedactionCheck = .entropy(2.8)
    ) -> RedactionRule {
        RedactionRule(
            label, .secret, title, literals: literals, ignoresCase: ignoresCase, prefix: prefix, pattern: pattern,
            lookback: lookback, boundary: boundary, check: check)
    }
}

/// Pieces of patterns that several rules share.
enum RulePart {
    /// A quote, also escaped in JSON within JSON.
    static let quote = #"\\{0,7}["'`]"#
    /// What stands between a name and its value: `=`, `: `, `":"`, `\":\"`, ` => `, `: str = "`, `", "`, `%3D`.
    static let separator =
        "(?:\(quote))?\\]?\\s{0,4}"
        + "(?: is:? ?|:\\s{0,2}[A-Za-z?\\[\\]]{2,16}\\s{0,2}=|:=|=>|==?|:|>|\\\\{1,4}u003[dD]|%3[dD])"
        + "\\s{0,4}(?:\(quote))?"
    /// Two texts of a list or of a call: `"name", "value"`.
    static let pair = "\(quote)\\s{0,2},\\s{0,2}\(quote)"
    /// A character of base64, whose slash may be escaped.
    static let base64 = #"(?:[A-Za-z0-9+]|\\{0,3}/)"#
    /// The two slashes of a URL, also escaped.
    static let slashes = #"(?:\\{0,3}/){2}"#
}
