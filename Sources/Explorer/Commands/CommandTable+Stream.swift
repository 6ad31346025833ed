import TraceQuery

extension CommandTable {
    static let stream: [Command] = streamOpening + streamPlaying + streamMarkers + streamSettings

    private static let streamOpening: [Command] = [
        Command(
            "play", "play the stream of the span", group: .stream, views: [.trace, .span, .results], keys: ["p"],
            hint: ("play", 45), asks: StreamRequest.self
        ) { state, _ in
            Playing.open(&state)
        },
        Command(
            "tag", "tag or untag the span, to compare or export", group: .stream, views: [.trace, .span],
            keys: ["Space"]
        ) {
            state, _ in
            Playing.toggleTag(&state)
        },
        Command("untag-all", "untag all spans", group: .stream, views: [.trace, .span], keys: ["U"]) { state, _ in
            state.taggedSpans = []
            return []
        },
        Command(
            "compare", "the streams of the two spans tagged last, side by side", group: .stream,
            views: [.trace, .span],
            keys: ["d"], asks: StreamRequest.self
        ) { state, _ in
            Playing.compare(&state)
        },
    ]

    private static let streamPlaying: [Command] =
        [
            Command(
                "play-pause", "play or pause", group: .stream, views: [.stream], keys: ["Space"], hint: ("pause", 10)
            ) { state, _ in
                Playing.togglePlay(&state)
            },
            Command("step", "one chunk on", group: .stream, views: [.stream], keys: ["."], hint: ("chunk", 20)) {
                state, _ in
                Playing.step(&state, by: 1)
            },
            Command("step-back", "one chunk back", group: .stream, views: [.stream], keys: [","]) { state, _ in
                Playing.step(&state, by: -1)
            },
            Command("forward", "5 s on", group: .stream, views: [.stream], keys: ["Right"], hint: ("5s", 25)) {
                state, _ in
                Playing.seek(&state, byNanos: 5_000_000_000)
            },
            Command("rewind", "5 s back", group: .stream, views: [.stream], keys: ["Left"]) { state, _ in
                Playing.seek(&state, byNanos: -5_000_000_000)
            },
            Command("forward-far", "10 % on", group: .stream, views: [.stream], keys: ["S-Right"]) { state, _ in
                Playing.seek(&state, byShare: 0.1)
            },
            Command("rewind-far", "10 % back", group: .stream, views: [.stream], keys: ["S-Left"]) { state, _ in
                Playing.seek(&state, byShare: -0.1)
            },
            Command(
                "seek", "go to a time such as 4.2s, to 50%, or to #12 for a chunk", group: .stream, views: [.stream],
                argument: .text("TIME")
            ) { state, text in
                Playing.seek(&state, to: text)
            },
        ]
        + (0...9).map { digit in
            Command(
                "at-\(digit)0", "go to \(digit)0 % of the stream", group: .stream, views: [.stream], keys: ["\(digit)"]
            ) { state, _ in
                Playing.seek(&state, toShare: Double(digit) / 10)
            }
        }

    private static let streamMarkers: [Command] = [
        Command("next-marker", "next marker", group: .stream, views: [.stream], keys: ["]"], hint: ("marker", 35)) {
            state, _ in
            Playing.jump(&state, direction: 1, called: "marker") { _ in true }
        },
        Command("previous-marker", "previous marker", group: .stream, views: [.stream], keys: ["["]) { state, _ in
            Playing.jump(&state, direction: -1, called: "marker") { _ in true }
        },
        Command("next-stall", "next stall", group: .stream, views: [.stream], keys: ["s"], hint: ("stall", 30)) {
            state, _ in
            Playing.jump(&state, direction: 1, called: "stall") { $0.isStall }
        },
        Command("previous-stall", "previous stall", group: .stream, views: [.stream], keys: ["S"]) { state, _ in
            Playing.jump(&state, direction: -1, called: "stall") { $0.isStall }
        },
        Command("next-tool", "next call of a tool", group: .stream, views: [.stream], keys: ["t"]) { state, _ in
            Playing.jump(&state, direction: 1, called: "call of a tool", wrapping: true) { $0.isToolCall }
        },
        Command("loop-onset", "where the text begins to repeat itself", group: .stream, views: [.stream], keys: ["l"]) {
            state, _ in
            Playing.jump(&state, direction: 1, called: "loop", wrapping: true) { $0.isLoop }
        },
    ]

    private static let streamSettings: [Command] = [
        Command("faster", "next higher speed", group: .stream, views: [.stream], keys: [">"], hint: ("speed", 40)) {
            state, _ in
            Playing.stepSpeed(&state, 1)
        },
        Command("slower", "next lower speed", group: .stream, views: [.stream], keys: ["<"]) { state, _ in
            Playing.stepSpeed(&state, -1)
        },
        Command(
            "speed", "0.1 to 64, or readable: without waiting, 20 words/s", group: .stream, views: [.stream],
            argument: .text("SPEED")
        ) { state, text in
            Playing.set(&state, speed: text)
        },
        Command("real-time", "real time, 1×", group: .stream, views: [.stream], keys: ["r"]) { state, _ in
            Playing.set(&state, speed: .times(1))
        },
        Command(
            "idle", "cut gaps longer than 2 s, or than what is given; off plays them", group: .stream,
            views: [.stream], keys: ["i"], argument: .text("SECONDS"), hint: ("idle", 50)
        ) { state, text in
            Playing.setIdle(&state, text)
        },
        Command(
            "pace", "chunks a second for chunks without times, or off", group: .stream, views: [.stream],
            argument: .text("N")
        ) { state, text in
            Playing.setPace(&state, text)
        },
        Command(
            "loop", "play round and round: sets the start, then the end, then ends it", group: .stream,
            views: [.stream], keys: ["L"]
        ) { state, _ in
            Playing.markLoop(&state)
        },
        Command("next-choice", "the next alternative answer", group: .stream, views: [.stream], keys: ["c"]) {
            state, _ in
            Playing.nextChoice(&state)
        },
    ]
}
