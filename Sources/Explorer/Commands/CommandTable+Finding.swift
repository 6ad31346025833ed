import TraceQuery

extension CommandTable {
    /// The views in which text can be searched.
    private static let searched: Set<View> = [.traces, .trace, .span, .results, .help]
    private static let searchedLists = Set(ListView.all.map(\.view))

    static let finding: [Command] = [
        Command(
            "filter", "choose which traces are listed", group: .find, views: [.traces, .trace, .span], keys: ["\\"],
            argument: .text("EXPRESSION"), hint: ("filter", 20)
        ) { state, text in
            if text.isEmpty { return Prompting.open(&state, .filter) }
            return Listing.setFilter(&state, text)
        },
        Command("clear-filter", "list all traces", group: .find, views: [.traces]) { state, _ in
            Listing.setFilter(&state, "")
        },
        Command(
            "search", "search in what is shown", group: .find, views: searched, keys: ["/"], argument: .text("TEXT"),
            hint: ("search", 30)
        ) { state, text in
            if text.isEmpty { return Prompting.open(&state, .search) }
            return Searching.start(&state, text)
        },
        Command("next-hit", "next hit of the search", group: .find, views: searched, keys: ["n"]) { state, _ in
            Searching.next(&state, direction: 1)
        },
        Command("previous-hit", "previous hit of the search", group: .find, views: searched, keys: ["N"]) { state, _ in
            Searching.next(&state, direction: -1)
        },
        Command(
            "search", "search in the rows", group: .find, views: searchedLists, keys: ["/"], argument: .text("TEXT")
        ) { state, text in
            if text.isEmpty { return Prompting.open(&state, .search) }
            return Searching.start(&state, text)
        },
        // The keys of the tool calls go from finding to finding.
        Command(
            "next-hit", "next hit of the search", group: .find, views: searchedLists.subtracting([.joints]), keys: ["n"]
        ) { state, _ in
            Searching.next(&state, direction: 1)
        },
        Command(
            "previous-hit", "previous hit of the search", group: .find, views: searchedLists.subtracting([.joints]),
            keys: ["N"]
        ) { state, _ in
            Searching.next(&state, direction: -1)
        },
        Command(
            "find", "find text in prompts, outputs, arguments and results of all traces", group: .find,
            keys: ["^P"], argument: .text("TEXT"), asks: SearchRequest.self
        ) { state, text in
            if text.isEmpty { return Prompting.open(&state, .find) }
            return Results.find(&state, text)
        },
        Command(
            "sql", "run a read-only SQL statement", group: .find, keys: [";"], argument: .text("STATEMENT"),
            asks: SQLRequest.self
        ) { state, text in
            if text.isEmpty { return Prompting.open(&state, .sql) }
            return Results.sql(&state, text)
        },
        Command(
            "next-error", "next span that failed", group: .find, views: [.trace], keys: ["e"],
            hint: ("error", 18)
        ) { state, _ in
            TreeJumps.jump(&state, to: .errors, direction: 1)
        },
        Command("previous-error", "previous span that failed", group: .find, views: [.trace], keys: ["E"]) {
            state, _ in
            TreeJumps.jump(&state, to: .errors, direction: -1)
        },
        Command(
            "next-finding", "next span with a finding", group: .find, views: [.trace], keys: ["w"],
            hint: ("finding", 12)
        ) { state, _ in
            TreeJumps.jump(&state, to: .findings, direction: 1)
        },
        Command("previous-finding", "previous span with a finding", group: .find, views: [.trace], keys: ["W"]) {
            state, _ in
            TreeJumps.jump(&state, to: .findings, direction: -1)
        },
        Command("next-of-agent", "next span of the same agent", group: .find, views: [.trace], keys: ["o"]) {
            state, _ in
            TreeJumps.jump(&state, to: .sameAgent, direction: 1)
        },
        Command("previous-of-agent", "previous span of the same agent", group: .find, views: [.trace], keys: ["O"]) {
            state, _ in
            TreeJumps.jump(&state, to: .sameAgent, direction: -1)
        },
    ]
}
