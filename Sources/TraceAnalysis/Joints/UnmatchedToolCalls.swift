import TraceModel

/// Requests of tool calls that no id joins with an execution, found by agent run, name, arguments and time.
struct UnmatchedToolCalls {
    private struct Key: Hashable {
        var run: Int32
        var tool: NameIndex
    }

    /// How many requests back an execution is looked for, claimed ones included.
    private static let reach = 64
    /// How many of them, the nearest, are compared word by word, which costs far more than digests do.
    private static let comparisons = 4

    private let input: TraceInput
    private let layers: LayerSpans
    private let asks: [JointMatcher.Ask]
    /// In order of time.
    private var places: [Key: [Int32]] = [:]
    private var isClaimed: [Bool]

    init(_ input: TraceInput, _ layers: LayerSpans, _ asks: [JointMatcher.Ask]) {
        self.input = input
        self.layers = layers
        self.asks = asks
        isClaimed = Array(repeating: false, count: asks.count)
        for (index, ask) in asks.enumerated() where ask.execution < 0 {
            guard let name = request(ask).name else { continue }
            let tool = input.names.index(of: name)
            guard tool != 0 else { continue }
            places[Key(run: layers.models[Int(ask.model)].run, tool: tool), default: []].append(Int32(index))
        }
    }

    private func request(_ ask: JointMatcher.Ask) -> ToolCallRequest {
        input.evidence[Int(layers.models[Int(ask.model)].evidence)].requestedCalls[Int(ask.place)]
    }

    /// Takes the request that an execution most likely follows; nil where none fits.
    ///
    /// Executions must come in order of start. One with an id of its own needs equal arguments.
    mutating func claim(
        for execution: LayerSpans.Execution, arguments: PayloadDigest?, hasID: Bool
    ) -> Int32? {
        let tools = [input.spans[Int(execution.outer)].tool, input.spans[Int(execution.inner)].tool]
        for tool in tools where tool != 0 {
            let key = Key(run: execution.run, tool: tool)
            guard let candidates = places[key] else { continue }
            guard let place = choose(candidates, execution, arguments, hasID) else { continue }
            isClaimed[Int(candidates[place])] = true
            return candidates[place]
        }
        return nil
    }

    private func choose(
        _ candidates: [Int32], _ execution: LayerSpans.Execution, _ arguments: PayloadDigest?, _ hasID: Bool
    ) -> Int? {
        // The first request after the execution began.
        let end = candidates.indices.partitionPoint {
            layers.models[Int(asks[Int(candidates[$0])].model)].start <= execution.start
        }
        let near = (max(0, end - Self.reach)..<end).filter { !isClaimed[Int(candidates[$0])] }
        var matching: Int?
        var alike: Int?
        var unknown: Int?
        var compared = 0
        for place in near.reversed() {
            let ask = asks[Int(candidates[place])]
            // Requests of an earlier model call count only where a later one has none that fits.
            if let found = matching ?? alike ?? unknown, asks[Int(candidates[found])].model != ask.model { break }
            guard let arguments, let asked = request(ask).arguments else {
                unknown = place
                continue
            }
            if asked.matches(arguments) {
                matching = place
            } else if !hasID, compared < Self.comparisons {
                compared += 1
                if PayloadDifference.doubt(asked, arguments) == .same { alike = place }
            }
        }
        if matching != nil || hasID { return matching }
        // The arguments differ: only one that stands alone can be meant.
        return alike ?? unknown ?? (near.count == 1 ? near.first : nil)
    }
}
