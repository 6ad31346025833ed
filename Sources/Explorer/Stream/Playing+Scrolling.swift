import Canvas
import TraceModel

extension Playing {
    /// Moves the text under the window; at its end it follows again.
    static func scroll(_ state: inout AppState, by distance: Int) -> [Effect] {
        guard var stream = state.stream, distance != 0 else { return [] }
        let layout = StreamLayout(state)
        for index in stream.tapes.indices {
            let window = StreamWindow(state, stream, tape: index, layout: layout)
            guard var row = window.top() else { continue }
            if distance < 0 {
                for _ in 0..<(-distance) {
                    guard let before = window.rows.row(before: row.address) else { break }
                    row = before
                }
                if let following = window.followingTop(), row.address < following.address {
                    stream.tops[index] = row.address
                }
            } else if stream.tops[index] != nil {
                for _ in 0..<distance {
                    guard let after = window.rows.row(after: row) else { break }
                    row = after
                }
                let following = window.followingTop()
                stream.tops[index] = following.map { row.address >= $0.address } ?? true ? nil : row.address
            }
        }
        state.stream = stream
        return []
    }

    static func scrollToStart(_ state: inout AppState) -> [Effect] {
        guard var stream = state.stream else { return [] }
        let layout = StreamLayout(state)
        for index in stream.tapes.indices {
            let window = StreamWindow(state, stream, tape: index, layout: layout)
            guard let first = window.rows.first(), let following = window.followingTop(),
                first.address < following.address
            else { continue }
            stream.tops[index] = first.address
        }
        state.stream = stream
        return []
    }

    static func scrollToEnd(_ state: inout AppState) -> [Effect] {
        guard let stream = state.stream else { return [] }
        state.stream?.tops = stream.tops.map { _ in nil }
        return []
    }
}

/// What of a tape's text is in sight.
struct StreamWindow {
    let tape: StreamTape
    let rows: StreamRows
    /// The chunks that are shown, and the byte at which their text ends.
    let count: Int
    let end: Int
    let height: Int
    private let wantedTop: StreamRow.Address?

    init(_ state: AppState, _ stream: StreamState, tape index: Int, layout: StreamLayout) {
        tape = stream.tapes[index]
        let rect = layout.texts[index]
        rows = StreamRows(tape, columns: rect.columns - StreamLayout.gutter, metrics: state.metrics)
        count = stream.count(of: index)
        end = tape.end(count: count)
        height = max(1, rect.rows)
        wantedTop = stream.tops.indices.contains(index) ? stream.tops[index] : nil
    }

    /// The first row in sight; nil while nothing is shown.
    func top() -> StreamRow? {
        guard let wantedTop, let row = rows.row(at: wantedTop), rows.isShown(row, count: count, end: end) else {
            return followingTop()
        }
        return row
    }

    /// The first row in sight when the last is at the bottom.
    func followingTop() -> StreamRow? {
        guard var row = rows.last(count: count, end: end) else { return nil }
        for _ in 1..<max(2, height) where height > 1 {
            guard let before = rows.row(before: row.address) else { break }
            row = before
        }
        return row
    }
}
