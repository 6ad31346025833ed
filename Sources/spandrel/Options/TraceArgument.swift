import ArgumentParser
import TraceQuery

/// The trace that a command is about.
struct TraceArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The id of the trace, or the beginning of it.", valueName: "trace"))
    var id: String

    var reference: TraceReference { .prefix(id) }
}
