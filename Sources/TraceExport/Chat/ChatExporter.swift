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

    init(_ form: any ChatForm) {
        self.form = form
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
        for trajectory in trajectories {
            do throws(TrajectoryFault) {
                let conversation = try Conversation(trajectory)
                var json = JSONWriter()
                try form.write(conversation, ChatTools(trajectory.tools), provenance, into: &json)
                tally.add(conversation, ChatTools(trajectory.tools))
                json.newline()
                out += json.bytes
            } catch {
                tally.leaveOut(error)
            }
        }
    }

    package mutating func end(into out: inout [UInt8]) {}

    package var remarks: [String] { tally.remarks(form) }
}

/// How one kind of data set writes a conversation.
protocol ChatForm: Sendable {
    /// What the form has no place for in any conversation, in sentences.
    var standingRemarks: [String] { get }
    var keepsReasoning: Bool { get }
    var keepsTextBesideCalls: Bool { get }

    /// Writes the conversation as one JSON object, or says why the form cannot take it.
    func write(
        _ conversation: Conversation, _ tools: ChatTools, _ provenance: ExportProvenance, into json: inout JSONWriter
    ) throws(TrajectoryFault)
}
