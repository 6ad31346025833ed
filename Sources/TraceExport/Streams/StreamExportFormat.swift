/// The files that a stream can be written as.
package enum StreamExportFormat: String, CaseIterable, Sendable {
    /// A terminal recording, asciicast v3.
    case asciicast
    /// A terminal recording, asciicast v2.
    case asciicastV2 = "asciicast-v2"
    /// What the provider sent, in its own form; Ollama's is JSON Lines.
    case sse
    /// The same, one line for each chunk with the time at which it came.
    case timedNDJSON = "timed-ndjson"

    /// True for files that are about time, which a stream without a clock has none of.
    package var needsClock: Bool { self != .sse }
}

extension StreamExport {
    /// The file, whole.
    ///
    /// `makeSafe` replaces what a terminal must not get; the recordings of a terminal pass all text of the trace
    /// through it.
    package func bytes(as format: StreamExportFormat, makeSafe: @escaping (String) -> String) -> [UInt8] {
        switch format {
        case .asciicast: AsciicastWriter(version: .v3, makeSafe: makeSafe).bytes(self)
        case .asciicastV2: AsciicastWriter(version: .v2, makeSafe: makeSafe).bytes(self)
        case .sse: ProviderEvents(self).all.flatMap { Array($0.text.utf8) }
        case .timedNDJSON: TimedLines.bytes(self)
        }
    }
}
