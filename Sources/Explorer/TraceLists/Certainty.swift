import TraceModel

/// How screens word what a statement rests on.
enum Certainty {
    static func word(_ certainty: FindingCertainty) -> String { certainty.name.replacing("_", with: " ") }
}
