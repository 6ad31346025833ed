/// A column of a table for people.
struct TableColumn<Row>: Sendable {
    enum Alignment: Sendable {
        case left, right
    }

    let title: String
    let alignment: Alignment
    /// The width down to which the column may shrink; nil for one that keeps its width.
    let minimum: Int?
    /// Where the terminal is too narrow, columns with the highest rank go first; rank 0 stays.
    let rank: Int
    let text: @Sendable (Row) -> String

    init(
        _ title: String, _ alignment: Alignment = .left, minimum: Int? = nil, rank: Int = 0,
        text: @escaping @Sendable (Row) -> String
    ) {
        self.title = title
        self.alignment = alignment
        self.minimum = minimum
        self.rank = rank
        self.text = text
    }
}
