/// The tool calls of one trace, each on its way through the layers, in order of time.
///
/// A trace may have a hundred thousand of them with six stages each. They share flat arrays of numbers and one block of
/// text, and a `ToolJoint` is a place in those: what nobody looks at is never made into a value of its own.
public struct ToolJoints: RandomAccessCollection, ExpressibleByArrayLiteral, Equatable, Sendable {
    package let table: JointTable

    init(table: JointTable) {
        self.table = table
    }

    public init(_ joints: some Sequence<ToolJoint> = []) {
        var builder = ToolJointsBuilder()
        for joint in joints { builder.append(joint) }
        self = builder.joints
    }

    public init(arrayLiteral joints: ToolJoint...) {
        self.init(joints)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { table.calls.count }
    public subscript(position: Int) -> ToolJoint { ToolJoint(table: table, place: position) }

    public static func == (a: ToolJoints, b: ToolJoints) -> Bool { a.table === b.table || a.elementsEqual(b) }
}

/// The numbers and texts behind `ToolJoints`; never changes once it is made.
package final class JointTable: Sendable {
    /// One tool call.
    package struct Call: Sendable {
        private var idStart: Int
        /// −1 where the call has no id.
        private var idLength: Int32
        /// The place of the tool's name; −1 for none.
        package var tool: Int32
        package var run: Int32
        /// Where its hops begin; they end where those of the next call do.
        package var firstHop: Int32
        package var isJoinedByID: Bool

        init(id: Range<Int>?, tool: Int32, run: Int32, isJoinedByID: Bool, firstHop: Int) {
            idStart = id?.lowerBound ?? 0
            idLength = id.map { Int32(clamping: $0.count) } ?? -1
            self.tool = tool
            self.run = run
            self.firstHop = Int32(clamping: firstHop)
            self.isJoinedByID = isJoinedByID
        }

        /// Where its id stands in the text; nil where it has none.
        package var id: Range<Int>? { idLength < 0 ? nil : idStart..<idStart + Int(idLength) }
    }

    /// One stage of a call.
    package struct Hop: Sendable {
        package var spanID: SpanID
        package var spanOrdinal: Int32
        package var timeUnixNano: Int64?
        package var stage: JointStage
        package var comparison: JointComparison
        /// The place of its payload; −1 for none.
        package var payload: Int32
    }

    /// What neighbouring stages handed on; those with the same one share it.
    package struct Payload: Sendable {
        private var start: Int
        package var byteCount: Int
        private var length: Int32
        package var content: PayloadDigest.Content
        package var saysTruncated: Bool

        init(preview: Range<Int>, byteCount: Int, content: PayloadDigest.Content, saysTruncated: Bool) {
            start = preview.lowerBound
            length = Int32(clamping: preview.count)
            self.byteCount = byteCount
            self.content = content
            self.saysTruncated = saysTruncated
        }

        package var preview: Range<Int> { start..<start + Int(length) }
    }

    /// The number of the first call in its trace.
    package let firstNumber: Int32
    package let calls: [Call]
    package let hops: [Hop]
    package let payloads: [Payload]
    /// The distinct names of tools.
    package let tools: [String]
    /// All ids and previews in UTF-8.
    package let text: [UInt8]

    init(
        firstNumber: Int32 = 1, calls: [Call], hops: [Hop], payloads: [Payload], tools: [String], text: [UInt8]
    ) {
        self.firstNumber = firstNumber
        self.calls = calls
        self.hops = hops
        self.payloads = payloads
        self.tools = tools
        self.text = text
    }

    /// Where the hops of a call stand.
    package func hops(of call: Int) -> Range<Int> {
        Int(calls[call].firstHop)..<(call + 1 < calls.count ? Int(calls[call + 1].firstHop) : hops.count)
    }

    package func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
}
