extension CommandTable {
    static let spanPane: [Command] =
        [
            Command("next-pane", "the span beside the tree", group: .span, views: [.trace], keys: ["Tab"]) {
                state, _ in
                Opening.nextPane(&state)
            },
            Command(
                "next-pane", "next pane or tab", group: .span, views: [.span], keys: ["Tab"], hint: ("tab", 15)
            ) { state, _ in
                Opening.nextPane(&state)
            },
            Command("previous-pane", "previous pane or tab", group: .span, views: [.trace, .span], keys: ["S-Tab"]) {
                state, _ in
                Opening.previousPane(&state)
            },
            Command(
                "toggle-fold", "unfold or fold what is under the cursor; on evidence, go to its span", group: .span,
                views: [.span], keys: ["Enter"], hint: ("fold", 10)
            ) { state, _ in
                Panes.openUnderCursor(&state)
            },
            Command("expand", "unfold what is under the cursor", group: .span, views: [.span], keys: ["l", "Right"]) {
                state, _ in
                Panes.apply(&state, .unfold)
            },
            Command("collapse", "fold what is under the cursor", group: .span, views: [.span], keys: ["h", "Left"]) {
                state, _ in
                Panes.apply(&state, .fold)
            },
            Command("expand-all", "unfold all", group: .span, views: [.span], keys: ["+"]) { state, _ in
                Panes.apply(&state, .expandAll)
            },
            Command("collapse-all", "fold all", group: .span, views: [.span], keys: ["-"]) { state, _ in
                Panes.apply(&state, .collapseAll)
            },
            Command("toggle-all", "unfold all, or fold all", group: .span, views: [.span], keys: ["*"]) { state, _ in
                Panes.apply(&state, .toggleAll)
            },
            Command("next-block", "next message or value", group: .span, views: [.span], keys: [")"]) { state, _ in
                Panes.apply(&state, .block(1))
            },
            Command("previous-block", "previous message or value", group: .span, views: [.span], keys: ["("]) {
                state, _ in
                Panes.apply(&state, .block(-1))
            },
            Command(
                "next-span", "next span of the tree", group: .span, views: [.span], keys: ["}", "J"],
                hint: ("next span", 50)
            ) { state, _ in
                Panes.step(&state, by: 1)
            },
            Command("previous-span", "previous span of the tree", group: .span, views: [.span], keys: ["{", "K"]) {
                state, _ in
                Panes.step(&state, by: -1)
            },
        ]
        + SpanTab.allCases.map { tab in
            Command(
                "tab-\(tab.rawValue + 1)", "show \(tab.title.lowercased())", group: .span, views: [.span],
                keys: ["\(tab.rawValue + 1)"]
            ) { state, _ in
                Panes.apply(&state, .showTab(tab))
            }
        }
}
