/// Pieces of patterns that several rules share.
enum RulePart {
    /// A quote, also escaped in JSON within JSON.
    static let quote = #"\\{0,7}["'`]"#
    /// What stands between a name and its value: `=`, `: `, `":"`, `\":\"`, ` => `, `: str = "`, `", "`, `%3D`.
    static let separator =
        "(?:\(quote))?\\]?\\s{0,4}"
        + "(?::\\s{0,2}[A-Za-z?\\[\\]]{2,16}\\s{0,2}=|:=|=>|==?|:|>|\\\\{1,4}u003[dD]|%3[dD])"
        + "\\s{0,4}(?:\(quote))?"
    /// Two texts of a list or of a call: `"name", "value"`.
    static let pair = "\(quote)\\s{0,2},\\s{0,2}\(quote)"
    /// The two slashes of a URL, also escaped.
    static let slashes = #"(?:\\{0,3}/){2}"#
}
