/// A text with one stretch that must be redacted.
struct SecretText {
    var before: String
    var secret: String
    var after: String

    /// A secret with nothing around it.
    init(_ secret: String) {
        self.init("", secret)
    }

    init(_ before: String, _ secret: String, _ after: String = "") {
        self.before = before
        self.secret = secret
        self.after = after
    }

    var text: String { before + secret + after }

    /// The bytes of UTF-8 that must be redacted.
    var range: Range<Int> { before.utf8.count..<(before.utf8.count + secret.utf8.count) }

    /// The same within another text.
    func within(_ before: String, _ after: String) -> SecretText {
        SecretText(before + self.before, secret, self.after + after)
    }

    /// The same with each of its parts changed, as an escape does.
    func mapped(_ change: (String) -> String) -> SecretText {
        SecretText(change(before), change(secret), change(after))
    }
}
