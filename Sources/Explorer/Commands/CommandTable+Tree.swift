import TraceQuery

extension CommandTable {
    static let tree: [Command] = [
        Command(
            "open", "open the span", group: .tree, views: [.trace], keys: ["Enter"], hint: ("span", 10),
            asks: SpanRequest.self
        ) { state, _ in
            Opening.openSelectedSpan(&state)
        },
        Command(
            "collapse", "fold the row, or go to its parent", group: .tree, views: [.trace], keys: ["h", "Left"],
            hint: ("fold", 20)
        ) { state, _ in
            Folding.collapse(&state)
        },
        Command(
            "expand", "unfold the row, or go to its first child", group: .tree, views: [.trace],
            keys: ["l", "Right"]
        ) { state, _ in
            Folding.expand(&state)
        },
        Command("expand-level", "unfold one level everywhere", group: .tree, views: [.trace], keys: ["+"]) {
            state, _ in
            Folding.changeLevel(&state, by: 1)
        },
        Command("collapse-level", "fold one level everywhere", group: .tree, views: [.trace], keys: ["-"]) {
            state, _ in
            Folding.changeLevel(&state, by: -1)
        },
        Command("toggle-all", "fold all or unfold all", group: .tree, views: [.trace], keys: ["*"]) { state, _ in
            Folding.toggleAll(&state)
        },
        Command("fold-runs", "show equal siblings in one row, or each", group: .tree, views: [.trace], keys: ["r"]) {
            state, _ in
            Folding.toggleRuns(&state)
        },
        Command(
            "next-step", "next step of an agent; without steps, next sibling", group: .tree, views: [.trace],
            keys: ["}"]
        ) { state, _ in
            TreeJumps.step(&state, direction: 1)
        },
        Command(
            "previous-step", "previous step of an agent; without steps, previous sibling", group: .tree,
            views: [.trace], keys: ["{"]
        ) { state, _ in
            TreeJumps.step(&state, direction: -1)
        },
        Command("next-sibling", "next sibling", group: .tree, views: [.trace]) { state, _ in
            TreeJumps.sibling(&state, direction: 1)
        },
        Command("previous-sibling", "previous sibling", group: .tree, views: [.trace]) { state, _ in
            TreeJumps.sibling(&state, direction: -1)
        },
        Command(
            "critical-path", "underline the spans that decide when the trace ends", group: .tree, views: [.trace],
            keys: ["C"]
        ) { state, _ in
            state.trace?.showsCriticalPath.toggle()
            let isOn = state.trace?.showsCriticalPath == true
            state.notice = .information(isOn ? "the critical path is underlined" : "the critical path is not marked")
            return []
        },
        Command(
            "clocks", "times as recorded, or clocks set beside the root's", group: .tree, views: [.trace, .span],
            keys: ["a"]
        ) { state, _ in
            Opening.toggleClocks(&state)
        },
        Command(
            "zoom-in", "zoom the time axis in on the span", group: .tree, views: [.trace], keys: ["z"],
            hint: ("zoom", 25)
        ) { state, _ in
            Zooming.zoom(&state, factor: 0.5)
        },
        Command("zoom-out", "zoom the time axis out", group: .tree, views: [.trace], keys: ["Z"]) { state, _ in
            Zooming.zoom(&state, factor: 2)
        },
        Command("pan-left", "earlier part of the time axis", group: .tree, views: [.trace], keys: ["H"]) { state, _ in
            Zooming.pan(&state, share: -0.25)
        },
        Command("pan-right", "later part of the time axis", group: .tree, views: [.trace], keys: ["L"]) { state, _ in
            Zooming.pan(&state, share: 0.25)
        },
        Command("fit", "show the whole time axis", group: .tree, views: [.trace], keys: ["0"]) { state, _ in
            Zooming.fit(&state)
        },
        Command("fit-span", "fit the time axis to the span", group: .tree, views: [.trace], keys: ["f"]) { state, _ in
            Zooming.fitSelection(&state)
        },
        Command(
            "absolute-time", "times of day, or times since the start", group: .tree, views: [.trace],
            keys: ["t"]
        ) { state, _ in
            state.trace?.showsAbsoluteTime.toggle()
            return []
        },
    ]
}
