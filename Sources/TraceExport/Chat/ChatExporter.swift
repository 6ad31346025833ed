import FastJSON
import TraceModel

/// Writes the trajectories of traces as lines of chat messages, in the form of one of the data sets that take such.
///
/// A line is a whole conversation. What would be half of one is left out, and the remarks say how many and why.
package struct ChatExporter: TraceExporter {
    private let form: any ChatForm
    private var provenance = ExportProvenance(program: "", selection: "", policy: "")
    private var builder: TrajectoryBuilder?
    private var tally = ChatTally()
    /// Lines without tool calls that wait for one with such, which is to come first; nil where none is waited for.
    private var held: [UInt8]?

    init(_ form: any ChatForm) {
        self.form = form
        held = form.needsCallsFirst ? [] : nil
    }

    /// The writer of a format; nil for those that are no chat messages.
    package init?(_ format: ExportFormat) {
        switch format {
        case .openaiMessages: self.init(OpenAIForm())
        case .hfMessages: self.init(HuggingFaceForm())
        case .sharegpt: self.init(ShareGPTForm())
        default: return nil
        }
    }

    package var needs: ExportNeeds { .content }

    package mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {
        self.provenance = provenance
    }

    package mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
        builder = TrajectoryBuilder(trace)
    }

    package mutating func add(_ span: ExportSpan, into out: inout [UInt8]) {
        builder?.add(span)
    }

    package mutating func endTrace(into out: inout [UInt8]) {
        guard var builder else { return }
        self.builder = nil
        let trajectories = builder.finish()
        if trajectories.isEmpty { tally.tracesWithout += 1 }
        let known = KnownConversations(trajectories)
        for trajectory in trajectories {
            do throws(TrajectoryFault) {
                let conversation = try ChatConversation(trajectory)
                if conversation.isCut && known.contain(conversation) { throw .contained }
                let tools = ChatTools(trajectory.tools)
                var json = JSONWriter()
                try form.write(conversation, tools, provenance, into: &json)
                json.newline()
                tally.add(conversation, tools)
                append(json.bytes, hasCalls: conversation.turns.contains { !$0.calls.isEmpty }, to: &out)
            } catch {
                tally.leaveOut(error)
            }
        }
    }

    package mutating func end(into out: inout [UInt8]) {
        out += held ?? []
        held = nil
    }

    private mutating func append(_ line: [UInt8], hasCalls: Bool, to out: inout [UInt8]) {
        guard let waiting = held else {
            out += line
            return
        }
        if hasCalls {
            out += line + waiting
            held = nil
        } else if waiting.count + line.count > Self.heldLimit {
            out += waiting + line
            held = nil
        } else {
            held?.append(contentsOf: line)
        }
    }

    /// Readers of data sets take the types of the columns from about the first 10 MiB.
    private static let heldLimit = 8 << 20

    package var remarks: [String] { tally.remarks(form) }
}

/// How one kind of data set writes a conversation.
protocol ChatForm: Sendable {
    var keepsProvenance: Bool { get }
    var keepsReasoning: Bool { get }
    var keepsTextBesideCalls: Bool { get }
    /// True where the reader tells the types of all lines by the first ones.
    var needsCallsFirst: Bool { get }

    /// Writes the conversation as one JSON object, or says why the form cannot take it.
    func write(
        _ conversation: ChatConversation, _ tools: ChatTools, _ provenance: ExportProvenance,
        into json: inout JSONWriter
    ) throws(TrajectoryFault)
}
