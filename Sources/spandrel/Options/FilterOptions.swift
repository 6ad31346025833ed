import ArgumentParser
import Headless
import TraceQuery

/// Which rows a command keeps.
struct FilterOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Keep what the filter matches, such as 'kind:tool status:error dur>2s'.", valueName: "filter"))
    var filter: String?

    /// The filter as a value; nil where there is none.
    var expression: FilterExpression? {
        get throws(HeadlessError) {
            guard let filter else { return nil }
            do { return try FilterExpression.parse(filter) } catch { throw .query(error) }
        }
    }
}
