extension CommandTable {
    /// The lists: what opens each, what works in all of them, and what their records add.
    static let listViews: [Command] =
        [
            Command(
                "tree", "tree and waterfall of the trace", group: .traceList, views: View.overTrace.union([.trace]),
                keys: ["1"]
            ) { state, _ in
                Lists.showTree(&state)
                return []
            }
        ] + ListView.all.map(\.openingCommand) + [
            Command(
                "open", "go to the span in the tree", group: .traceList, views: View.overTrace, keys: ["Enter"],
                hint: ("span", 10)
            ) { state, _ in
                Lists.goToSpan(&state)
            }
        ] + scrolling(.traceList, View.overTrace)
        + scrolling(.list, Set(ListView.all.map(\.view)).subtracting(View.overTrace)) + ListView.all.flatMap(\.commands)

    /// Scrolling the details of a row.
    private static func scrolling(_ group: Command.Group, _ views: Set<View>) -> [Command] {
        [
            Command("detail-down", "scroll the detail pane down", group: group, views: views, keys: ["J"]) {
                state, _ in
                Lists.scrollDetail(&state, by: 1)
            },
            Command("detail-up", "scroll it back", group: group, views: views, keys: ["K"]) { state, _ in
                Lists.scrollDetail(&state, by: -1)
            },
        ]
    }
}
