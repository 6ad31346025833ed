import Canvas

/// A screen of the documents: what is typed in the explorer on the demo's database until it is seen.
struct ScreenScript {
    var name: String
    var columns: Int
    var rows: Int
    var filter = ""
    /// Keys by their names.
    var keys: [String] = []

    static let all: [ScreenScript] = [
        ScreenScript(name: "traces", columns: 100, rows: 16, keys: ["B"]),
        ScreenScript(
            name: "joints", columns: 100, rows: 22, filter: "finding:joint.empty_result errors=0",
            keys: ["j", "Enter", "4"]),
        ScreenScript(
            name: "tree", columns: 100, rows: 22, filter: "root:answer_ticket spans=340", keys: ["Enter", "j", "j"]),
        ScreenScript(
            name: "steps", columns: 100, rows: 18, filter: "service:contract-analyst root:agent.run",
            keys: ["Enter", "3"]),
        ScreenScript(
            name: "stream", columns: 100, rows: 24, filter: "finding:stream.loop status:ok",
            keys: ["Enter", "G", "p", "Space", "5"]),
    ]
}
