/// Gathers tool calls with their stages, call after call.
package struct ToolJointsBuilder {
    private let firstNumber: Int32
    private var calls: [JointTable.Call] = []
    private var hops: [JointTable.Hop] = []
    private var payloads: [JointTable.Payload] = []
    private var tools: [String]
    private var toolPlaces: [String: Int32] = [:]
    private var text: [UInt8] = []

    /// The tools are those that calls name by their place.
    package init(firstNumber: Int32 = 1, tools: [String] = [], callCount: Int = 0, hopCount: Int = 0) {
        self.firstNumber = firstNumber
        self.tools = tools
        calls.reserveCapacity(callCount)
        hops.reserveCapacity(hopCount)
        // Most payloads are handed on as they are.
        payloads.reserveCapacity(hopCount / 2)
        text.reserveCapacity(callCount * 24 + hopCount * 16)
    }

    /// What was gathered.
    package var joints: ToolJoints {
        ToolJoints(
            table: JointTable(
                firstNumber: firstNumber, calls: calls, hops: hops, payloads: payloads, tools: tools, text: text))
    }

    /// Begins a call, with the place of its tool's name; −1 for none.
    package mutating func begin(id: String?, tool: Int32, run: Int32, isJoinedByID: Bool) {
        calls.append(
            JointTable.Call(
                id: id.map { append($0) }, tool: tool, run: run, isJoinedByID: isJoinedByID,
                firstHop: hops.count))
    }

    package mutating func begin(id: String?, tool: String?, run: Int32, isJoinedByID: Bool) {
        begin(id: id, tool: tool.map { place(ofTool: $0) } ?? -1, run: run, isJoinedByID: isJoinedByID)
    }

    /// Adds a stage to the call that was begun last; the payload is a place that `payload` gave, or −1.
    package mutating func add(
        _ stage: JointStage, spanID: SpanID, spanOrdinal: Int32, timeUnixNano: Int64?, comparison: JointComparison,
        payload: Int32
    ) {
        hops.append(
            JointTable.Hop(
                spanID: spanID, spanOrdinal: spanOrdinal, timeUnixNano: timeUnixNano, stage: stage,
                comparison: comparison,
                payload: payload))
    }

    package mutating func add(_ hop: JointHop) {
        let last = Int32(clamping: payloads.count) - 1
        let place =
            hop.payload.map {
                payload(
                    $0.content, byteCount: $0.byteCount, preview: $0.preview, saysTruncated: $0.saysTruncated,
                    sharing: last)
            } ?? -1
        add(
            hop.stage, spanID: hop.spanID, spanOrdinal: hop.spanOrdinal, timeUnixNano: hop.timeUnixNano,
            comparison: hop.comparison, payload: place)
    }

    package mutating func append(_ joint: ToolJoint) {
        begin(id: joint.callID, tool: joint.toolName, run: joint.run, isJoinedByID: joint.isJoinedByID)
        for hop in joint.hops { add(hop) }
    }

    /// The place of a payload: that of an earlier one where both look alike.
    package mutating func payload(
        _ content: PayloadDigest.Content, byteCount: Int, preview: String, saysTruncated: Bool,
        sharing earlier: Int32 = -1
    ) -> Int32 {
        if earlier >= 0 {
            let known = payloads[Int(earlier)]
            if known.byteCount == byteCount, known.content == content, known.saysTruncated == saysTruncated,
                preview.utf8.elementsEqual(text[known.preview])
            {
                return earlier
            }
        }
        payloads.append(
            JointTable.Payload(
                preview: append(preview), byteCount: byteCount, content: content, saysTruncated: saysTruncated))
        return Int32(clamping: payloads.count - 1)
    }

    private mutating func append(_ string: String) -> Range<Int> {
        let start = text.count
        text.append(contentsOf: string.utf8)
        return start..<text.count
    }

    private mutating func place(ofTool name: String) -> Int32 {
        if let place = toolPlaces[name] { return place }
        let place = Int32(clamping: tools.count)
        tools.append(name)
        toolPlaces[name] = place
        return place
    }
}
