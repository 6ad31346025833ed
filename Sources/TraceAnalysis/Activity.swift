import Basics
package import TraceModel

/// Which layer an agent run is in: the model thinks, a tool runs, or the harness is between them.
package enum Layer: Int, Sendable, CaseIterable {
    case harness = 0
    case tool = 1
    case model = 2

    /// The layer of a kind of span.
    package init(_ kind: SpanKind) {
        switch kind {
        case .llm, .embedding, .reranker: self = .model
        case .tool, .retrieval, .memory: self = .tool
        default: self = .harness
        }
    }
}

/// What ran when over a whole trace, in equal stretches of time.
package struct Activity: Sendable, Equatable {
    /// What one stretch shows: the layer with something running that says most, and whether an error ended there.
    package struct Stretch: Sendable, Equatable {
        /// Nil when nothing ran.
        package var layer: Layer?
        package var hasError: Bool
    }

    package let stretches: [Stretch]

    /// Counts with one pass over the spans: starts add, ends take away.
    package init(_ spans: [SpanRow], extent: TraceExtent, buckets: Int) {
        let width = max(1, buckets)
        var changes = [[Int32]](repeating: Array(repeating: 0, count: width + 1), count: Layer.allCases.count)
        var errors = [Bool](repeating: false, count: width)
        let scale = Double(width) / extent.length
        func bucket(_ time: Int64) -> Int {
            min(width - 1, max(0, Int(clamped: extent.offset(of: time) * scale)))
        }
        for span in spans {
            guard let start = span.startUnixNano else { continue }
            let end = max(start, span.endUnixNano ?? extent.end)
            let layer = Layer(span.kind).rawValue
            changes[layer][bucket(start)] += 1
            changes[layer][bucket(end) + 1] -= 1
            if span.isError { errors[bucket(end)] = true }
        }
        var running = [Int32](repeating: 0, count: Layer.allCases.count)
        stretches = (0..<width).map { i in
            for layer in running.indices { running[layer] += changes[layer][i] }
            let top = Layer.allCases.last { running[$0.rawValue] > 0 }
            return Stretch(layer: top, hasError: errors[i])
        }
    }
}
