import TraceModel

/// A format of inputs: one row of the table of formats.
///
/// Everything that the program knows of formats comes from `InputFormat.all`: the recognition of inputs, the search in
/// folders, the names that `--format` takes, and the documents. A format is a value in a file of its own.
package struct InputFormat: Sendable {
    /// What `--format` calls it.
    package let name: String
    /// One line for people, without a full stop.
    package let help: String
    /// How a later part of an input that grows can be read.
    var growth = Growth.whole
    /// How sure the format is that an input is its own, by its first bytes and its name; nil where it is not.
    let sniff: @Sendable (InputHead) -> SniffScore?
    /// Picks the files of a folder that belong together; nil where every file stands alone.
    var claim: (@Sendable (FolderListing) -> [FileGroup])?
    /// Reads an input, hands its records to the collector and returns the place reached, in bytes after decompression.
    ///
    /// What cannot be decoded is a rejection; it throws only what the collector's receiver throws.
    let decode: @Sendable (InputReading) throws -> Int64

    /// How the records of a format lie in its bytes.
    enum Growth: Sendable {
        /// A line break ends a record: an unfinished last line waits.
        case lines
        /// The decoder sees itself where the last record ends, and returns that place.
        case records
        /// Records depend on all of the input, so that it is read once it is complete.
        case whole
    }

    /// All formats, in the order in which help names them; of equal scores the first counts.
    package static let all: [InputFormat] = [
        .otlpJSON, .otlpProtobuf, .sse, .timedNDJSON, .ollama, .chunks, .har, .vcr, .claudeStreamJSON, .geminiResponses,
        .langSmith, .adk, .mlflow, .whoAndWhen, .atif, .langfuse, .jaeger, .zipkin, .otelConsole, .phoenix, .opik,
        .codexExec, .sweAgent,
        .openHands, .tauBench, .inspect,
    ]

    /// The format of a name; nil for unknown ones.
    package static func named(_ name: String) -> InputFormat? { all.first { $0.name == name } }

    /// The scores that formats give an input, the highest first.
    static func scores(_ head: InputHead) -> [(format: InputFormat, score: SniffScore)] {
        let scores = all.compactMap { format in format.sniff(head).map { (format: format, score: $0) } }
        return scores.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
            .map(\.element)
    }
}

/// How sure a format is that an input is its own.
enum SniffScore: Int, Comparable, Sendable {
    /// The syntax fits, and nothing speaks for anything else.
    case syntax
    /// Only the name says so.
    case name
    /// The bytes have the structure of the format, which others could have by chance.
    case structure
    /// The fields are those of the format, though no single one is its own.
    case fields
    /// The input states what it is, or has a field that no other format has.
    case signature

    static func < (a: SniffScore, b: SniffScore) -> Bool { a.rawValue < b.rawValue }
}

/// An input that is being decoded: what a format's decoder gets.
struct InputReading {
    let input: InputFile
    let source: any ByteSource
    let collector: BatchCollector
    /// More bytes may follow behind the end of the source, so that what is cut there is unfinished and not broken.
    let isGrowing: Bool
}
