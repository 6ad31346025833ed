import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let mlflow = recording(
        name: "mlflow", help: "traces of MLflow with an event for each chunk",
        sniff: { $0.json?.mentionsMLflowChunks == true ? .fields : nil },
        read: { $0.readMLflow($1) })
}

extension RecordingReader {
    /// Reads traces of MLflow: spans with an event `mlflow.chunk.item.N` for each chunk.
    func readMLflow(_ bytes: [UInt8]) {
        for (line, value) in objects(bytes) {
            for span in value["data"]?["spans"]?.elements ?? value["spans"]?.elements ?? [] {
                readMLflowSpan(span, line)
            }
        }
    }

    private func readMLflowSpan(_ span: JSONValue, _ line: RecordedLine) {
        let events = (span["events"]?.elements ?? []).filter {
            $0["name"]?.string?.hasPrefix("mlflow.chunk.item.") == true
        }
        guard !events.isEmpty else { return }
        var recording = StreamRecording(source: "mlflow")
        recording.clock = "mlflow event time"
        recording.endCauseWithoutMark = .unknown
        recording.hash.add(line.offset)
        recording.startUnixNano = (span["start_time_unix_nano"] ?? span["start_time"] ?? span["start_time_ns"])?.int
        recording.endUnixNano = (span["end_time_unix_nano"] ?? span["end_time"] ?? span["end_time_ns"])?.int
        var assembler = StreamAssembler()
        for event in events {
            let time = (event["time_unix_nano"] ?? event["timestamp"] ?? event["timestamp_ns"])?.int
            let data = event["attributes"]?["mlflow.chunk.value"]?.string ?? ""
            recording.hash.add(data.utf8)
            assembler.append(event: Array(data.utf8), offsetNanos: recording.offset(of: time))
        }
        finish(assembler, recording)
    }
}
