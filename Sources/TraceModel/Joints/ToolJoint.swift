/// The way of one tool call through the layers: model → harness → tool → harness → the model's next input.
public struct ToolJoint: Equatable, Sendable {
    /// The number of the joint in its trace, from 1 in order of time.
    public var number: Int32
    public var callID: String?
    public var toolName: String?
    /// The agent run that it belongs to, by number; 0 for none.
    public var run: Int32
    /// The hops that are known, in the order of `JointStage`.
    public var hops: [JointHop]
    /// How the stages were joined: by the id of the call, or by name, arguments and time.
    public var isJoinedByID: Bool

    public init(number: Int32, callID: String?, toolName: String?, run: Int32, hops: [JointHop] = []) {
        self.number = number
        self.callID = callID
        self.toolName = toolName
        self.run = run
        self.hops = hops
        isJoinedByID = false
    }

    public func hop(_ stage: JointStage) -> JointHop? { hops.first { $0.stage == stage } }
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
    public var spanKey: Int64
    /// Nil where nothing tells the time.
    public var timeUnixNano: Int64?
    /// The difference to the last stage with a payload of the same sort.
    public var comparison: JointComparison
    /// The payload: arguments, result or answer; nil where it was not recorded.
    public var payload: PayloadDigest?

    public init(
        stage: JointStage, spanID: SpanID, spanKey: Int64, timeUnixNano: Int64?,
        comparison: JointComparison = .unknown, payload: PayloadDigest? = nil
    ) {
        self.stage = stage
        self.spanID = spanID
        self.spanKey = spanKey
        self.timeUnixNano = timeUnixNano
        self.comparison = comparison
        self.payload = payload
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
