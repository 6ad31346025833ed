extension CommandTable {
    /// Moving about works alike in every view; `Navigation` knows what each view moves.
    static let moving: [Command] = [
        Command("down", "next line", group: .move, keys: ["j", "Down"]) { state, count in
            Navigation.move(&state, .by(Int(count) ?? 1))
        },
        Command("up", "previous line", group: .move, keys: ["k", "Up"]) { state, count in
            Navigation.move(&state, .by(-(Int(count) ?? 1)))
        },
        Command("half-page-down", "half a page down", group: .move, keys: ["^D"]) { state, _ in
            Navigation.move(&state, .by(max(1, Navigation.pageRows(state) / 2)))
        },
        Command("half-page-up", "half a page up", group: .move, keys: ["^U"]) { state, _ in
            Navigation.move(&state, .by(-max(1, Navigation.pageRows(state) / 2)))
        },
        Command("page-down", "a page down", group: .move, keys: ["PgDn", "^F"]) { state, _ in
            Navigation.move(&state, .by(max(1, Navigation.pageRows(state) - 1)))
        },
        Command("page-up", "a page up", group: .move, keys: ["PgUp", "^B"]) { state, _ in
            Navigation.move(&state, .by(-max(1, Navigation.pageRows(state) - 1)))
        },
        Command("top", "first line", group: .move, keys: ["g", "Home"]) { state, _ in
            Navigation.move(&state, .to(0))
        },
        Command("bottom", "last line", group: .move, keys: ["G", "End"]) { state, _ in
            Navigation.move(&state, .toEnd)
        },
        Command(
            "back", "back one level", group: .move, views: Set(View.allCases).subtracting([.export]),
            keys: ["q", "Esc"], hint: ("back", 80)
        ) { state, _ in
            Navigation.back(&state)
        },
        Command(
            "mark", "mark this place with a letter", group: .move, views: [.traces, .trace, .span], keys: ["m"],
            argument: .character
        ) { state, letter in
            Places.mark(&state, letter)
        },
        Command("jump", "jump to a marked place; '' jumps back", group: .move, keys: ["'"], argument: .character) {
            state, letter in
            Places.jump(&state, letter)
        },
    ]
}
