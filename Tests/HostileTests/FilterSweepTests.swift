import SQLiteQuery
import Testing
import TraceQuery

/// Filters, limits and positions with hostile numbers: each is refused with a reason, or answered.
@Suite struct FilterSweepTests {
    private static let texts =
        HostileNumber.allCases.map(\.text)
        + ["9999999999", "1e30", "0x10", "--1", "1..", "..1", "99999999999999999999", "1k..9223372036854775807"]

    @Test(arguments: texts)
    func filters(number: String) async throws {
        let database = try HostileDatabase.imported.get()
        let isLong = HostileDatabase.isLongRun
        let signs = isLong ? [":", "<", "<=", ">", ">=", "=", "!="] : [":", ">"]
        let suffixes = isLong ? ["", "ns", "ms", "s", "h", "d", "k", "G", "_ago"] : ["", "d", "_ago"]
        let fields = [
            "since", "until", "dur", "ttft", "tokens", "tokens.in", "tokens.out", "spans", "errors", "size", "step",
            "attr.step", "attempt", "missing",
        ]
        for field in fields {
            for sign in signs {
                for suffix in suffixes {
                    let text = field + sign + number + suffix.replacing("_", with: " ")
                    guard let filter = try? FilterExpression.parse(text) else { continue }
                    _ = try? await database.backend.run(TraceListRequest(filter: filter, limit: 3))
                    guard suffix.isEmpty else { continue }
                    _ = try? await database.backend.run(StatisticsRequest(filter))
                    _ = try? await database.backend.run(
                        SearchRequest(text: "word", filter: filter, limit: 3))
                }
            }
        }
    }

    @Test(arguments: [0, 1, -1, Int.max, .max - 1, .min, 1 << 53])
    func limits(limit: Int) async throws {
        let backend = try HostileDatabase.older.get().backend
        let trace = try TraceReference.prefix(#require(HostileDatabase.older.get().traces.first?.id))
        var list = TraceListRequest(limit: limit, includesOverview: true)
        list.histogramBuckets = min(limit, 1000)
        let requests: [any TraceRequest] = [
            list, StructureRequest(trace, limit: limit), RejectsRequest(limit: limit), AttributesRequest(limit: limit),
            SearchRequest(text: "word", limit: limit), FacetRequest(field: "model", limit: limit),
            FacetRequest(field: "attr.step", limit: limit), SQLRequest("SELECT 1", limit: limit),
            FindingListRequest(limit: limit), AuditLogRequest(limit: limit),
        ]
        for request in requests { _ = try? await backend.run(request) }
    }

    @Test func positions() async throws {
        let backend = try HostileDatabase.older.get().backend
        guard let cursor = try await backend.run(TraceListRequest(limit: 1)).next else {
            Issue.record("no second page")
            return
        }
        for number in Self.texts {
            // In place of each number in the cursor.
            for match in cursor.text.matches(of: #/\d+/#) {
                let text = cursor.text.replacingCharacters(in: match.range, with: number)
                for sort in TraceListRequest.SortKey.allCases {
                    let request = TraceListRequest(sort: sort, limit: 2, after: PageCursor(text: text))
                    _ = try? await backend.run(request)
                    _ = try? await backend.run(
                        SearchRequest(text: "word", limit: 2, after: PageCursor(text: text)))
                }
            }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
