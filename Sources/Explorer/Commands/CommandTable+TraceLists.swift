extension CommandTable {
    private static let inTraceLists: Set<View> = View.overTrace
    /// The tree and the lists over it, between which digits switch.
    private static let overTrace: Set<View> = View.overTrace.union([.trace])

    static let traceLists: [Command] = switching + inLists + agentLists

    private static let switching: [Command] = [
        Command("tree", "tree and waterfall of the trace", group: .traceList, views: overTrace, keys: ["1"]) {
            state, _ in
            TraceLists.showTree(&state)
            return []
        },
        Command(
            "agents", "agents of the trace: who invoked, handed off to or retried whom", group: .traceList,
            views: overTrace, keys: ["2"], hint: ("agents", 13)
        ) { state, _ in
            TraceLists.open(&state, .agents)
        },
        Command(
            "steps", "steps of agents, and where their time went", group: .traceList, views: overTrace,
            keys: ["3"], hint: ("steps", 14)
        ) { state, _ in
            TraceLists.open(&state, .steps)
        },
        Command(
            "joints", "tool calls on their way from the model to the tool and back", group: .traceList,
            views: overTrace, keys: ["4"], hint: ("joints", 15)
        ) { state, _ in
            TraceLists.open(&state, .joints)
        },
        Command(
            "ledger", "what is known to be missing from the trace", group: .traceList, views: overTrace,
            keys: ["5"], hint: ("ledger", 16)
        ) { state, _ in
            TraceLists.open(&state, .ledger)
        },
    ]

    private static let inLists: [Command] = [
        Command(
            "open", "go to the span in the tree", group: .traceList, views: inTraceLists, keys: ["Enter"],
            hint: ("span", 10)
        ) { state, _ in
            TraceLists.goToSpan(&state)
        },
        Command("detail-down", "scroll what is told of the row", group: .traceList, views: inTraceLists, keys: ["J"]) {
            state, _ in
            TraceLists.scrollDetail(&state, by: 1)
        },
        Command("detail-up", "scroll it back", group: .traceList, views: inTraceLists, keys: ["K"]) { state, _ in
            TraceLists.scrollDetail(&state, by: -1)
        },
        Command(
            "next-finding", "next tool call with a finding", group: .traceList, views: [.joints], keys: ["w", "n"],
            hint: ("finding", 11)
        ) { state, _ in
            Joints.jumpToFinding(&state, direction: 1)
        },
        Command(
            "previous-finding", "previous tool call with a finding", group: .traceList, views: [.joints],
            keys: ["W", "N"]
        ) { state, _ in
            Joints.jumpToFinding(&state, direction: -1)
        },
        Command(
            "next-finding", "next step of which nothing accounts for much", group: .traceList, views: [.steps],
            keys: ["w"]
        ) { state, _ in
            Steps.jumpToUnattributed(&state, direction: 1)
        },
        Command(
            "previous-finding", "previous step of which nothing accounts for much", group: .traceList,
            views: [.steps], keys: ["W"]
        ) { state, _ in
            Steps.jumpToUnattributed(&state, direction: -1)
        },
        Command(
            "diff", "difference between the payloads of the call, as JSON", group: .traceList, views: [.joints],
            keys: ["d"], hint: ("diff", 12)
        ) { state, _ in
            Joints.compare(&state)
        },
        Command(
            "same-agent", "only the steps of this agent, or of all", group: .traceList, views: [.steps], keys: ["o"],
            hint: ("agent", 11)
        ) { state, _ in
            Steps.toggleAgent(&state)
        },
    ]

    private static let agentLists: [Command] = [
        Command(
            "collapse", "fold the row, or go to its parent", group: .traceList, views: [.agents], keys: ["h", "Left"]
        ) { state, _ in
            Agents.collapse(&state)
        },
        Command(
            "expand", "unfold the row, or go to its first child", group: .traceList, views: [.agents],
            keys: ["l", "Right"]
        ) { state, _ in
            Agents.expand(&state)
        },
        Command("toggle-all", "fold all or unfold all", group: .traceList, views: [.agents], keys: ["*"]) { state, _ in
            Agents.toggleAll(&state)
        },
        Command(
            "group", "a row for each attempt, each instance, or each agent", group: .traceList, views: [.agents],
            keys: ["r"], hint: ("group", 30)
        ) { state, _ in
            Agents.nextGrouping(&state)
        },
        Command("next-of-agent", "next run of the same agent", group: .traceList, views: [.agents], keys: ["o"]) {
            state, _ in
            Agents.jumpToSameAgent(&state, direction: 1)
        },
        Command("previous-of-agent", "previous run of the same agent", group: .traceList, views: [.agents], keys: ["O"])
        {
            state, _ in
            Agents.jumpToSameAgent(&state, direction: -1)
        },
        Command(
            "diff", "what changed between this attempt and the one before", group: .traceList, views: [.agents],
            keys: ["d"], hint: ("diff", 11)
        ) { state, _ in
            Agents.compare(&state)
        },
    ]
}
