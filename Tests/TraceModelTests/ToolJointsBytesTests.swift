import Basics
import TestSupport
import Testing
import TraceModel

@Suite("Stored form of tool calls")
struct ToolJointsBytesTests {
    private func decoded(_ bytes: some Collection<UInt8>) -> ToolJoints? {
        Array(bytes).withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            guard reader.number() == ToolJoints.formVersion else { return nil }
            return ToolJoints(columns: &reader, ordinals: { _ in 7 })
        }
    }

    private func payload(_ random: inout SplitMix64) -> JointPayload? {
        guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
        return JointPayload(
            content: PayloadDigest.Content.allCases.randomElement(using: &random) ?? .value,
            byteCount: Int.random(in: 0...1 << 40, using: &random),
            preview: ["", "a value", "日本語 👩‍💻", String(repeating: "x", count: 240)].randomElement(using: &random) ?? "",
            saysTruncated: Bool.random(using: &random))
    }

    private func joints(_ random: inout SplitMix64) -> ToolJoints {
        var last: JointPayload?
        return ToolJoints(
            (0..<Int.random(in: 0...20, using: &random)).map { place in
                ToolJoint(
                    number: Int32(place + 1), callID: [nil, "", "call_9", "日本"].randomElement(using: &random) ?? nil,
                    toolName: [nil, "", "search", "läs"].randomElement(using: &random) ?? nil,
                    run: Int32.random(in: .min...(.max), using: &random), isJoinedByID: Bool.random(using: &random),
                    hops: JointStage.allCases.compactMap { stage in
                        guard Bool.random(using: &random) else { return nil }
                        // Often what the stage before handed on.
                        if Bool.random(using: &random) { last = payload(&random) }
                        return JointHop(
                            stage: stage, spanID: SpanID(UInt64.random(in: 0...3, using: &random)),
                            spanOrdinal: [0, 0, 1, .max].randomElement(using: &random) ?? 0,
                            timeUnixNano: [nil, 0, OutsideNumber.times.lowerBound, OutsideNumber.times.upperBound]
                                .randomElement(using: &random) ?? nil,
                            comparison: JointComparison.allCases.randomElement(using: &random) ?? .unknown,
                            payload: last)
                    })
            })
    }

    @Test("comes back as it was")
    func roundTrip() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<300 {
            let joints = joints(&random)
            #expect(decoded(joints.bytes) == joints)
        }
    }

    @Test("equal payloads of neighbouring stages are stored once")
    func sharing() {
        let payload = JointPayload(byteCount: 240, preview: String(repeating: "p", count: 240))
        func hop(_ stage: JointStage) -> JointHop {
            JointHop(stage: stage, spanID: SpanID(1), timeUnixNano: 5, payload: payload)
        }
        let one = ToolJoints([ToolJoint(number: 1, callID: "a", toolName: "t", run: 1, hops: [hop(.asked)])])
        let all = ToolJoints([
            ToolJoint(number: 1, callID: "a", toolName: "t", run: 1, hops: [hop(.asked), hop(.dispatched), hop(.ran)])
        ])
        #expect(all.bytes.count < one.bytes.count + 20)
        #expect(decoded(all.bytes)?[0].hop(.ran)?.payload == payload)
    }

    @Test("damage gives nil or other values and never more")
    func damage() {
        var random = SplitMix64(seed: 6)
        for _ in 0..<200 {
            var bytes = joints(&random).bytes
            for _ in 0..<20 {
                bytes[Int.random(in: 1..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                if let joints = decoded(bytes) {
                    for joint in joints { _ = joint.hops.map { $0.payload?.preview } }
                }
            }
            _ = decoded(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
        }
    }

    @Test("an unknown column is skipped, and what a missing one holds is absent")
    func otherColumns() throws {
        var random = SplitMix64(seed: 7)
        var joints = joints(&random)
        while joints.count < 5 { joints = self.joints(&random) }
        #expect(decoded(joints.bytes + [0x60, 3, 1, 2, 3]) == joints)
        // Leaves out the runs, which are the third column.
        let kept = try joints.bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(bytes)
            var kept = ByteWriter()
            let version = reader.number()
            kept.number(try #require(version))
            while !reader.isAtEnd {
                let (column, count) = (reader.number(), reader.count())
                let size = try #require(count)
                let found = reader.part(size)
                let part = try #require(found)
                if column == 3 { continue }
                kept.number(try #require(column))
                kept.number(UInt64(size))
                kept.append(part.rest)
            }
            return kept.bytes
        }
        let read = try #require(decoded(kept))
        #expect(read.allSatisfy { $0.run == 0 })
        #expect(read.map(\.toolName) == joints.map(\.toolName))
    }
}
