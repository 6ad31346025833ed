import Explorer
import Testing

/// Every screen over every hostile trace, in a small and a large terminal.
@Suite struct ScreenSweepTests {
    private static let sizes = [(columns: 80, rows: 24), (columns: 200, rows: 50)]

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func listsOfTraces(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for (columns, rows) in Self.sizes {
            var explorer = await HostileExplorer(database.backend, columns: columns, rows: rows)
            for _ in 0..<6 { await explorer.press("> I G g I l l l h h h") }
            for _ in 0..<database.swept.count / (rows - 6) + 1 { await explorer.press("PgDn") }
            await explorer.press("F = ? q : 'set_histogram' Enter ^P")
        }
    }

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func treesAndLists(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for (place, trace) in database.swept.enumerated() {
            let (columns, rows) = Self.sizes[place % 2]
            var explorer = await HostileExplorer(
                database.backend, columns: columns, rows: rows, options: StartOptions(traceIDPrefix: trace.id))
            await explorer.press("* t z z j f 0 Z H L C a r e w o t")
            for digit in 2...5 { await explorer.press("\(digit) j j G J K w g") }
            await explorer.press("1 q")
        }
    }

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func spans(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for (place, trace) in database.swept.enumerated() {
            let (columns, rows) = Self.sizes[(place + 1) % 2]
            var explorer = await HostileExplorer(
                database.backend, columns: columns, rows: rows, options: StartOptions(traceIDPrefix: trace.id))
            await explorer.press("* g Enter")
            for _ in 0..<7 { await explorer.press("1 + 2 3 4 5 }") }
        }
    }

    @Test(arguments: [HostileDatabase.imported, HostileDatabase.older])
    func streams(database: Result<HostileDatabase, any Error>) async throws {
        let database = try database.get()
        for (place, trace) in database.swept.enumerated() {
            let (columns, rows) = Self.sizes[place % 2]
            var explorer = await HostileExplorer(
                database.backend, columns: columns, rows: rows, options: StartOptions(traceIDPrefix: trace.id))
            await explorer.press("* g")
            // Rows from above: each that is a streamed call opens, and is left again.
            for _ in 0..<7 {
                await explorer.press("j p")
                guard explorer.view == .stream else { continue }
                await explorer.play(1_000_000_000)
                await explorer.press("s ] [ S t l i L > > . , Right S-Right 9 5 0 r")
                await explorer.press(
                    ": 'seek_99999999999s' Enter : 'seek_50%' Enter : 'seek_#9223372036854775807' Enter")
                await explorer.play(.max)
                await explorer.press("Space q")
            }
        }
    }

    /// What is typed is judged at every key, and runs at the end.
    @Test(
        arguments: HostileNumber.allCases.map(\.text)
            + ["9999999999", "99999999999999999999", "999999999999999d", "0.0000001ns", "1e30", "9999-12-31", "-292y"])
    func filtersAsTheyAreTyped(number: String) async throws {
        let database = try HostileDatabase.imported.get()
        let fields =
            HostileDatabase.isLongRun
            ? ["since", "until", "dur", "tokens", "spans", "errors", "tokens.in", "attr.step", "size"]
            : ["since", "dur", "attr.step"]
        for field in fields {
            var explorer = await HostileExplorer(database.backend, columns: 80, rows: 24)
            await explorer.press("\\ '\(field):\(number)' Enter \\ '\(field):\(number)..' Enter")
            await explorer.press("\\ '\(field)>\(number)' Enter \\ '\(field):..\(number)' Enter")
        }
    }
}
