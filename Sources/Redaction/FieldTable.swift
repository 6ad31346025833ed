/// Field rules in a form that is quick to ask.
struct FieldTable: Sendable {
    let isEmpty: Bool

    init(_ rules: [RedactionPolicy.FieldRule]) {
        isEmpty = rules.isEmpty
    }
}
