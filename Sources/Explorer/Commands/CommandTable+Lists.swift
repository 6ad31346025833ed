import TraceQuery

extension CommandTable {
    static let lists: [Command] = [
        Command(
            "open", "open the trace", group: .list, views: [.traces], keys: ["Enter", "l", "Right"],
            hint: ("open", 10)
        ) { state, _ in
            Opening.openSelectedTrace(&state)
        },
        Command(
            "open", "open the span of the row", group: .list, views: [.results], keys: ["Enter"],
            hint: ("open", 10)
        ) { state, _ in
            Results.openSelected(&state)
        },
        Command("tag", "tag or untag the trace", group: .list, views: [.traces], keys: ["Space"], hint: ("tag", 40)) {
            state, _ in
            Listing.toggleTag(&state)
        },
        Command(
            "untag-all", "untag all; without tags, clear the filter", group: .list, views: [.traces],
            keys: ["U"]
        ) { state, _ in
            Listing.untagAll(&state)
        },
        Command(
            "ok-but-bad", "list traces without a failed span in which something grave was found", group: .list,
            views: [.traces], keys: ["B"]
        ) { state, _ in
            Listing.setFilter(&state, Listing.okButBad)
        },
        Command("sort-next", "sort by the next column", group: .list, views: [.traces], keys: [">"]) { state, _ in
            Listing.shiftSort(&state, by: 1)
        },
        Command("sort-previous", "sort by the previous column", group: .list, views: [.traces], keys: ["<"]) {
            state, _ in
            Listing.shiftSort(&state, by: -1)
        },
        Command(
            "sort", "sort by a column", group: .list, views: [.traces],
            argument: .choice(TraceListRequest.SortKey.allCases.map(\.rawValue))
        ) { state, column in
            Listing.setSort(&state, column)
        },
        Command("invert", "reverse the sort order", group: .list, views: [.traces], keys: ["I"]) { state, _ in
            Listing.invert(&state)
        },
        Command(
            "follow", "follow new traces", group: .list, views: [.traces], keys: ["F"],
            hint: ("follow", 60)
        ) { state, _ in
            Listing.toggleFollow(&state)
        },
        Command("pause", "pause live updates", group: .list, views: [.traces], keys: ["="]) {
            state, _ in
            Listing.togglePause(&state)
        },
        Command("scroll-left", "show columns to the left", group: .list, views: [.results], keys: ["h", "Left"]) {
            state, _ in
            Results.scroll(&state, by: -1)
        },
        Command("scroll-right", "show columns to the right", group: .list, views: [.results], keys: ["l", "Right"]) {
            state, _ in
            Results.scroll(&state, by: 1)
        },
    ]
}
