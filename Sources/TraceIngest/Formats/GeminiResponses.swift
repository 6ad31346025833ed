import FastJSON
import StreamDecoding
import TraceModel

extension InputFormat {
    package static let geminiResponses = recording(
        name: "gemini-responses", help: "answers of Gemini for replay, one {\"method\", \"response\"} a line",
        sniff: { head in
            guard let json = head.json else { return nil }
            if json.has("method", "response"), json.texts["method"]?.hasPrefix("generateContent") == true {
                return .signature
            }
            return head.hasSuffix(".responses") ? .name : nil
        },
        read: { $0.readGeminiResponses($1) })
}

extension RecordingReader {
    /// Reads lines `{"method", "response"}`: answers of Gemini for replay, in the order of calls.
    func readGeminiResponses(_ bytes: [UInt8]) {
        for line in RecordedLine.lines(bytes) {
            guard let value = parse(line) else { continue }
            guard let method = value["method"]?.string, let response = value["response"] else {
                reject("a line without method and response", offset: line.offset, line: line.number)
                continue
            }
            guard method.hasPrefix("generateContent") else { continue }
            var recording = StreamRecording(source: "gemini-responses")
            recording.hash.add(line.offset)
            recording.hash.add(line.bytes)
            recording.endCauseWithoutMark = .unknown
            var assembler = StreamAssembler(protocol: .geminiGenerate)
            for event in response.elements ?? [response] {
                assembler.append(event: Array(event.text().utf8), offsetNanos: nil)
            }
            let result = assembler.finish()
            guard assembler.chunkCount > 0 else {
                reject("\(method) without chunks", offset: line.offset, line: line.number)
                continue
            }
            if method == "generateContentStream" {
                collector.add(recording.stream(assembler.chunks, result))
            } else {
                collector.add(recording.span(result))
            }
        }
    }
}
