/// A field of the filter language: the one table from which parser, completion and help come.
public struct FilterField: Hashable, Sendable {
    /// What values of the field look like.
    public enum ValueType: String, Sendable {
        case text, kind, status, duration, count, time, size
    }

    public var name: String
    public var type: ValueType
    /// One line of help.
    public var help: String
    /// An example term.
    public var example: String

    public init(name: String, type: ValueType, help: String, example: String) {
        self.name = name
        self.type = type
        self.help = help
        self.example = example
    }

    /// Every field, in the order of the help.
    public static let all: [FilterField] = []
}

extension FilterExpression {
    /// Reads a filter; an empty text is no filter and gives nil.
    ///
    /// Fails with `QueryError.filter`, which holds the place of the fault.
    public static func parse(_ text: String) throws(QueryError) -> FilterExpression? {
        nil
    }
}
