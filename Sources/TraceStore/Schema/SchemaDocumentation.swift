/// What every table and column of the database means, a sentence each.
///
/// A test holds it to the schema in both directions.
package struct SchemaDocumentation: Equatable, Sendable {
    /// One column.
    package struct Column: Equatable, Sendable {
        package var name: String
        package var help: String

        init(_ name: String, _ help: String) {
            self.name = name
            self.help = help
        }
    }

    /// The table or view.
    package var name: String
    package var isView: Bool
    package var help: String
    package var columns: [Column]

    init(_ name: String, isView: Bool = false, _ help: String, _ columns: [Column]) {
        self.name = name
        self.isView = isView
        self.help = help
        self.columns = columns
    }

    /// Tables and views in the order in which a reader meets them.
    package static let all: [SchemaDocumentation] =
        views + streamViews + traceTables + spanTables + streamTables + analysisTables + sourceTables
        + redactionTables + otherTables
}
