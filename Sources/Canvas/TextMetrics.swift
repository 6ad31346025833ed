/// The width of text on a terminal, and its reduction to what a cell can hold.
package struct TextMetrics: Hashable, Sendable {
    /// One cell's worth of text.
    package struct Cluster: Equatable, Sendable {
        /// Safe for a terminal.
        package var text: String
        /// Columns: 1 or 2.
        package var width: Int
    }

    /// Characters of ambiguous East Asian width take two columns.
    package var ambiguousIsWide: Bool
    /// Only ASCII is drawn; anything else becomes `?`.
    package var asciiOnly: Bool

    package init(ambiguousIsWide: Bool = false, asciiOnly: Bool = false) {
        self.ambiguousIsWide = ambiguousIsWide
        self.asciiOnly = asciiOnly
    }

    /// The text as cells, hostile characters replaced by visible stand-ins.
    package func clusters(of text: String) -> [Cluster] {
        text.map { Cluster(text: String($0), width: 1) }
    }

    /// The columns that a text takes.
    package func width(of text: String) -> Int {
        clusters(of: text).reduce(0) { $0 + $1.width }
    }
}
