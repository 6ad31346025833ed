import ArgumentParser
import TraceAnalysis

/// The stream that a command is about, and its clock.
struct StreamOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The ids of the trace and of the span, or their beginnings.", valueName: "trace/span"))
    var reference: String
    @Option(
        help: ArgumentHelp(
            "Give a stream without times a made-up, even clock of so many chunks a second; it is labelled synthetic.",
            valueName: "n/s"))
    var pace: StreamPace?

    private var ids: [Substring] { reference.split(separator: "/", omittingEmptySubsequences: false) }

    var trace: String { String(ids[0]) }
    var span: String { String(ids[ids.count - 1]) }

    func validate() throws {
        guard ids.count == 2, ids.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("a span is named TRACE/SPAN, such as 7f3a01/c1")
        }
    }

    /// Says that times are made up, where they are.
    func remark() {
        if let pace { Console.complain("times are synthetic: \(pace.chunksPerSecond) chunks/s") }
    }
}

extension StreamPace: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(text: argument)
    }
}
