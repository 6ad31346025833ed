/// The way of one tool call through the layers: model → harness → tool → harness → the model's next input.
public struct ToolJoint: Equatable, Sendable {
    let table: JointTable
    let place: Int

    init(table: JointTable, place: Int) {
        self.table = table
        self.place = place
    }

    /// A call that stands alone, with the hops that are known in the order of `JointStage`.
    public init(
        number: Int32, callID: String?, toolName: String?, run: Int32, isJoinedByID: Bool = false, hops: [JointHop] = []
    ) {
        var builder = ToolJointsBuilder(firstNumber: number)
        builder.begin(id: callID, tool: toolName, run: run, isJoinedByID: isJoinedByID)
        for hop in hops { builder.add(hop) }
        self.init(table: builder.joints.table, place: 0)
    }

    /// The number of the joint in its trace, from 1 in order of time.
    public var number: Int32 { table.firstNumber &+ Int32(truncatingIfNeeded: place) }
    public var callID: String? { table.calls[place].id.map(table.string) }
    public var toolName: String? { table.calls[place].tool < 0 ? nil : table.tools[Int(table.calls[place].tool)] }
    /// The agent run that it belongs to, by number; 0 for none.
    public var run: Int32 { table.calls[place].run }
    /// How the stages were joined: by the id of the call, or by name, arguments and time.
    public var isJoinedByID: Bool { table.calls[place].isJoinedByID }
    /// The hops that are known, in the order of `JointStage`.
    public var hops: JointHops { JointHops(table: table, range: table.hops(of: place)) }

    public func hop(_ stage: JointStage) -> JointHop? {
        let range = table.hops(of: place)
        return range.first { table.hops[$0].stage == stage }.map { JointHop(table: table, place: $0) }
    }

    public static func == (a: ToolJoint, b: ToolJoint) -> Bool {
        a.number == b.number && a.callID == b.callID && a.toolName == b.toolName && a.run == b.run
            && a.isJoinedByID == b.isJoinedByID && a.hops.elementsEqual(b.hops)
    }
}

/// The hops of one tool call, at positions from 0.
public struct JointHops: RandomAccessCollection, Sendable {
    let table: JointTable
    let range: Range<Int>

    public var startIndex: Int { 0 }
    public var endIndex: Int { range.count }
    public subscript(position: Int) -> JointHop { JointHop(table: table, place: range.lowerBound + position) }
}

/// A place on the way of a tool call.
///
/// The raw values are stored in the database: never renumber them.
public enum JointStage: Int, Sendable, CaseIterable {
    /// The model wrote the call.
    case asked = 0
    /// The harness started it.
    case dispatched = 1
    /// The tool ran.
    case ran = 2
    /// The tool gave its result back.
    case returned = 3
    /// The result stands in the model's next input.
    case delivered = 4
    /// The model's next answer.
    case answered = 5

    public var name: String { String(describing: self) }
}

/// One stage of a tool call, with the difference to the stage before.
public struct JointHop: Equatable, Sendable {
    public var stage: JointStage
    public var spanID: SpanID
    public var spanOrdinal: Int32
    /// Nil where nothing tells the time.
    public var timeUnixNano: Int64?
    /// The difference to the last stage with a payload of the same sort.
    public var comparison: JointComparison
    /// The payload: arguments, result or answer; nil where it was not recorded.
    public var payload: JointPayload?

    public init(
        stage: JointStage, spanID: SpanID, spanOrdinal: Int32 = 0, timeUnixNano: Int64?,
        comparison: JointComparison = .unknown, payload: JointPayload? = nil
    ) {
        self.stage = stage
        self.spanID = spanID
        self.spanOrdinal = spanOrdinal
        self.timeUnixNano = timeUnixNano
        self.comparison = comparison
        self.payload = payload
    }

    /// What names the span within the trace.
    public var span: LocalSpanID { LocalSpanID(spanID, ordinal: spanOrdinal) }

    init(table: JointTable, place: Int) {
        let hop = table.hops[place]
        self.init(
            stage: hop.stage, spanID: hop.spanID, spanOrdinal: hop.spanOrdinal, timeUnixNano: hop.timeUnixNano,
            comparison: hop.comparison,
            payload: hop.payload < 0 ? nil : JointPayload(table: table, place: Int(hop.payload)))
    }
}

/// What a view shows of a payload: what it amounts to, its length, its beginning.
public struct JointPayload: Equatable, Sendable {
    public var content: PayloadDigest.Content
    /// The length of the text as recorded, in UTF-8 bytes.
    public var byteCount: Int
    /// The text says itself that it was cut.
    public var saysTruncated: Bool
    private var text: Text

    /// The beginning stays a place in the shared text until somebody asks for it.
    private enum Text: Sendable {
        case own(String)
        case shared(JointTable, Range<Int>)
    }

    public init(
        content: PayloadDigest.Content = .value, byteCount: Int, preview: String, saysTruncated: Bool = false
    ) {
        self.content = content
        self.byteCount = byteCount
        self.saysTruncated = saysTruncated
        text = .own(preview)
    }

    init(table: JointTable, place: Int) {
        let payload = table.payloads[place]
        content = payload.content
        byteCount = payload.byteCount
        saysTruncated = payload.saysTruncated
        text = .shared(table, payload.preview)
    }

    /// The first bytes of the text, whole characters, at most `PayloadDigest.previewLimit` bytes; as recorded.
    public var preview: String {
        switch text {
        case .own(let text): text
        case .shared(let table, let range): table.string(range)
        }
    }

    public static func == (a: JointPayload, b: JointPayload) -> Bool {
        a.content == b.content && a.byteCount == b.byteCount && a.saysTruncated == b.saysTruncated
            && a.preview == b.preview
    }
}

/// What a hop did to the payload.
///
/// The raw values are stored in the database: never renumber them.
public enum JointComparison: Int, Sendable, CaseIterable {
    /// One of the two payloads was not recorded.
    case unknown = 0
    /// The first payload of its sort: nothing to compare with.
    case first = 1
    case equal = 2
    /// The same value in other words, such as JSON text for an object, or with a wrapping around it.
    case equivalent = 3
    case truncated = 4
    case different = 5
    /// The payload is missing where it should stand.
    case absent = 6

    public var name: String { String(describing: self) }
}
