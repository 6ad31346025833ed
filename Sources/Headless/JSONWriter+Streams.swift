import FastJSON
import TraceModel
import TraceQuery

extension JSONWriter {
    mutating func finding(_ finding: Finding) {
        beginObject()
        member("rule", finding.rule)
        member("severity", finding.severity.name)
        member("certainty", finding.certainty.name)
        member("message", finding.message)
        key("evidence")
        evidence(finding.evidence)
        endObject()
    }

    mutating func evidence(_ evidence: [FindingEvidence]) {
        list(evidence) { json, evidence in
            json.beginObject()
            json.member("span_id", evidence.spanID?.hex)
            json.member("label", evidence.label)
            json.member("value", evidence.value)
            json.endObject()
        }
    }

    mutating func stream(_ stream: StreamBrief) {
        beginObject()
        member("chunks", stream.figures.chunkCount)
        member("timing_quality", stream.info.timing.name)
        member("clock", stream.info.clock)
        member("source", stream.info.source)
        member("wire_protocol", stream.info.wireProtocol)
        member("duration_ns", stream.figures.durationNanos ?? stream.info.durationNanos)
        member("time_to_first_chunk_ns", stream.figures.timeToFirstChunkNanos)
        member("end_cause", stream.info.endCause.name)
        member("finish_reason", stream.info.finishReason)
        member("tokens_billed", stream.info.tokensBilled)
        member("tokens_delivered", stream.info.tokensDelivered)
        member("stalls", stream.figures.stalls.count)
        member("loops", stream.figures.loops.count)
        endObject()
    }
}
