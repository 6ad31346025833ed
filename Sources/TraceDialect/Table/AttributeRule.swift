/// One attribute name in the precedence list of a fact.
struct AttributeRule: Sendable {
    let name: String
    let transform: Transform
    /// Whether the name is too common to be believed on spans that show no other sign of GenAI.
    let needsKind: Bool

    init(_ name: String, _ transform: Transform = .text, needsKind: Bool = false) {
        self.name = name
        self.transform = transform
        self.needsKind = needsKind
    }
}
