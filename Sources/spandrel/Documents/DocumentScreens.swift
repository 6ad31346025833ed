import Canvas
import Explorer
import Foundation
import TraceQuery

/// Draws the screens of the documents: the explorer itself, without a terminal, on the demo's database.
struct DocumentScreens {
    /// The end of the demo's day, fixed so that screens do not change.
    private static let end: Int64 = 1_795_399_900_000_000_000

    /// The screens by name, as text whose lines have no blanks at their ends.
    static func all() async throws -> [String: String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "demo.db").path
        try DemoDatabase.write(to: path, endingAt: end)
        var texts: [String: String] = [:]
        for script in ScreenScript.all {
            var player = ScriptPlayer(backend: try BackendAddress("sqlite:" + path).open(), script: script, now: end)
            texts[script.name] = try await player.play()
        }
        return texts
    }
}

/// Plays a script without a terminal: what the explorer asks for is answered before the next key.
private struct ScriptPlayer {
    let backend: any TraceBackend
    let script: ScreenScript
    var state: AppState

    init(backend: any TraceBackend, script: ScreenScript, now: Int64) {
        self.backend = backend
        self.script = script
        state = AppState(
            size: Size(columns: script.columns, rows: script.rows), metrics: TextMetrics(),
            theme: Theme.named("mono") ?? Theme.fallback, themes: [], keymap: .standard, nowUnixNano: now,
            timeZone: .gmt, databaseName: backend.displayName)
        state.capabilities = backend.capabilities
    }

    mutating func play() async throws -> String {
        try await handle(.start(StartOptions(filter: script.filter)))
        for name in script.keys {
            guard let key = Key(name: name) else { throw Failure.other(.data, "no key is called \(name)") }
            try await handle(.key(key))
        }
        return Self.text(of: Screens.render(state))
    }

    /// Folds a message in and all that follows from it.
    private mutating func handle(_ first: AppMessage) async throws {
        var waiting = [first]
        while !waiting.isEmpty {
            let message = waiting.removeFirst()
            for effect in update(&state, message) {
                switch effect {
                case .run(let id, let request):
                    let preparation = state.preparation(for: id)
                    do throws(QueryError) {
                        waiting.append(.loaded(id, preparation(try await backend.run(request.base))))
                    } catch {
                        waiting.append(.failed(id, error))
                    }
                case .derive(let id):
                    if let derivation = state.derivation(for: id) { waiting.append(.loaded(id, derivation())) }
                default: break
                }
            }
        }
    }

    private static func text(of canvas: Canvas) -> String {
        (0..<canvas.size.rows).map { row in
            let line = (0..<canvas.size.columns).map { canvas[$0, row].text }.joined()
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

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
