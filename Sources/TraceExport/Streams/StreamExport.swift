import Basics
import FastJSON
package import TraceModel

/// A stream on its way out, with what its files say of it.
package struct StreamExport: Sendable {
    package var chunks: StreamChunks
    package var info: StreamInfo
    /// What a player shows as the name of the recording.
    package var title: String
    /// The model that answered; nil where unknown.
    package var model: String?
    /// The id of the response; a file needs one, so that of the span stands in where it is unknown.
    package var responseID: String

    package init(chunks: StreamChunks, info: StreamInfo, title: String, model: String?, responseID: String) {
        self.chunks = chunks
        self.info = info
        self.title = title
        self.model = model
        self.responseID = responseID
    }
}

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

/// Writes a stream as lines `{"t_unix_ns", "bytes"}`: what came on the wire, and when.
///
/// The first line has no bytes and the time of the request, from which offsets are counted when the file is read
/// again. Where the time of the request is unknown it is taken as 0, the Unix epoch.
enum TimedLines {
    static func bytes(_ stream: StreamExport) -> [UInt8] {
        let start = stream.info.startUnixNano ?? 0
        var json = JSONWriter()
        line(start, "", into: &json)
        for event in ProviderEvents(stream).all {
            line(start.addingClamped(event.nanos), event.text, into: &json)
        }
        return json.bytes
    }

    private static func line(_ time: Int64, _ bytes: String, into json: inout JSONWriter) {
        json.value(["t_unix_ns": .int(time), "bytes": .string(bytes)])
        json.newline()
    }
}
