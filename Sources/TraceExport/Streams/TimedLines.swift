import Basics
import FastJSON
import TraceModel

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
        json.beginObject()
        json.member("t_unix_ns", time)
        json.member("bytes", bytes)
        json.endObject()
        json.newline()
    }
}
