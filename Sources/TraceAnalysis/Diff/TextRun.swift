/// A stretch of two compared texts: in both, only in the old one, or only in the new one.
package struct TextRun: Equatable, Sendable {
    package enum Kind: Sendable {
        case equal
        case removed
        case added
    }

    package var kind: Kind
    package var text: String

    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
