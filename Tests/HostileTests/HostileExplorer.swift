import Canvas
import Explorer
import Foundation
import SQLiteQuery
import TraceQuery

/// An explorer without a terminal on a database: keys go in, screens are drawn.
struct HostileExplorer {
    private var state: AppState
    private let backend: SQLiteBackend
    private var frameNanos: Int64 = 0

    init(_ backend: SQLiteBackend, columns: Int, rows: Int, options: StartOptions = StartOptions()) async {
        self.backend = backend
        state = AppState(
            size: Size(columns: columns, rows: rows), metrics: TextMetrics(), theme: Theme(name: "test", styles: [:]),
            nowUnixNano: 1_795_000_100_000_000_000, timeZone: TimeZone(secondsFromGMT: 0) ?? .gmt,
            databaseName: "hostile.db")
        await send(.start(options))
    }

    /// Presses keys and draws after each.
    ///
    /// They are written as in the keymap and separated by spaces; `'text'` types text.
    mutating func press(_ keys: String) async {
        for word in keys.split(separator: " ") {
            if word.hasPrefix("'"), word.count > 2 {
                for character in word.dropFirst().dropLast() {
                    await send(.key(.character(character == "_" ? " " : character)))
                }
            } else if let key = Key(name: String(word)) {
                await send(.key(key))
            }
            draw()
        }
    }

    /// Lets time pass while a stream plays.
    mutating func play(_ nanos: Int64) async {
        frameNanos = frameNanos + min(nanos, .max - frameNanos)
        await send(.frame(frameNanos))
        draw()
    }

    mutating func resize(columns: Int, rows: Int) async {
        await send(.resized(Size(columns: columns, rows: rows)))
        draw()
    }

    private mutating func send(_ message: AppMessage) async {
        var pending = update(&state, message)
        while !pending.isEmpty {
            switch pending.removeFirst() {
            case .run(let id, let request):
                let preparation = state.preparation(for: id)
                do {
                    pending += update(&state, .loaded(id, preparation(try await backend.run(request.base))))
                } catch {
                    pending += update(&state, .failed(id, error))
                }
            case .derive(let id):
                if let derivation = state.derivation(for: id) { pending += update(&state, .loaded(id, derivation())) }
            case .estimateExport(let order): pending += update(&state, .exportEstimated(order, nil))
            default: break
            }
        }
    }

    var view: View { state.view }

    private func draw() { _ = Screens.render(state) }
}
