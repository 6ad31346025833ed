/// The files that traces can be exported as.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// OTLP/JSON, a document a line: traces and the log records that belong to them.
    case otlpJSON = "otlp-json"
    /// Agent Trajectory Interchange Format; a document a line.
    case atif
    /// Chat messages with tools, a line a trajectory.
    case openaiMessages = "openai-messages"
    /// The same as the columns of data sets of Hugging Face.
    case hfMessages = "hf-messages"
    case sharegpt
    /// Chrome's trace events, for Perfetto and speedscope.
    case chromeTrace = "chrome-trace"
    /// A terminal recording of traces replayed, asciicast v3.
    case asciicast
    case asciicastV2 = "asciicast-v2"
    case markdown
    case html
    case csv
    case ndjson
    /// A smaller database.
    case sqlite

    /// What people know it as, in a few words.
    package var title: String {
        switch self {
        case .otlpJSON: "OTLP/JSON lines, for other back ends"
        case .atif: "ATIF trajectories, for evaluation and replay"
        case .openaiMessages: "OpenAI chat messages, for fine-tuning and evals"
        case .hfMessages: "Hugging Face messages, for data sets"
        case .sharegpt: "ShareGPT conversations, for data sets"
        case .chromeTrace: "Chrome trace, for Perfetto and speedscope"
        case .asciicast: "terminal recording, asciicast v3"
        case .asciicastV2: "terminal recording, asciicast v2"
        case .markdown: "Markdown report"
        case .html: "HTML report, self-contained"
        case .csv: "CSV table"
        case .ndjson: "JSON lines table"
        case .sqlite: "smaller Spandrel database"
        }
    }

    /// The usual ending of file names, without a dot.
    package var fileExtension: String {
        switch self {
        case .otlpJSON, .openaiMessages, .hfMessages, .sharegpt, .atif: "jsonl"
        case .chromeTrace: "json"
        case .asciicast, .asciicastV2: "cast"
        case .markdown: "md"
        case .html: "html"
        case .csv: "csv"
        case .ndjson: "ndjson"
        case .sqlite: "db"
        }
    }
}

/// The rows of a table: what `csv` and `ndjson` have a line for.
package enum ExportRows: String, CaseIterable, Sendable {
    case spans
    case steps
    case streams
}
