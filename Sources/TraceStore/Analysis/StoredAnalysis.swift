package import TraceModel

/// The parts of a trace's analysis as they are stored: one blob each, read back whole.
///
/// Every blob begins with the version of its form; whatever does not fit reads as nil.
package enum StoredAnalysis {
    private static let formVersion: UInt64 = 1

    private static func encode<Element>(
        _ elements: [Element], _ write: (inout ByteWriter, Element) -> Void
    ) -> [UInt8] {
        var writer = ByteWriter()
        writer.number(formVersion)
        writer.list(elements, write)
        return writer.bytes
    }

    private static func decode<Element>(
        _ bytes: UnsafeRawBufferPointer, _ read: (inout ByteReader) -> Element?
    ) -> [Element]? {
        var reader = ByteReader(bytes)
        guard reader.number() == formVersion else { return nil }
        return reader.list(read)
    }

    // MARK: Agent runs

    package static func bytes(_ runs: [AgentRun]) -> [UInt8] {
        encode(runs) { writer, run in
            writer.optional(run.name) { $0.text($1) }
            writer.optional(run.role) { $0.text($1) }
            writer.integer(run.source.rawValue)
            writer.optional(run.declaredInstance) { $0.text($1) }
            writer.integer(run.instance)
            writer.integer(run.attempt)
            writer.optional(run.attemptReason) { $0.integer($1.rawValue) }
            writer.optional(run.attemptCertainty) { $0.integer($1.rawValue) }
            writer.list(run.attemptEvidence) { $0.evidence($1) }
            writer.integer(run.parent)
            writer.integer(run.relation.rawValue)
            writer.integer(run.firstAttempt)
            writer.optional(run.spanID) { $0.word($1.rawValue) }
            writer.integer(run.spanKey)
            writer.optional(run.triggeringSpanID) { $0.word($1.rawValue) }
            writer.optional(run.promptName) { $0.text($1) }
            writer.optional(run.promptVersion) { $0.text($1) }
            writer.optional(run.promptDigest) { $0.word($1) }
            writer.list(run.modelsRequested) { $0.text($1) }
            writer.list(run.modelsResolved) { $0.text($1) }
            writer.integer(run.state.rawValue)
            writer.optional(run.startUnixNano) { $0.signed($1) }
            writer.optional(run.endUnixNano) { $0.signed($1) }
            writer.integer(run.spanCount)
            writer.integer(run.modelCalls)
            writer.integer(run.toolCalls)
            writer.integer(run.errorCount)
            writer.optional(run.tokensInput) { $0.signed($1) }
            writer.optional(run.tokensOutput) { $0.signed($1) }
            writer.integer(run.modelCallsWithTokens)
        }
    }

    package static func runs(_ bytes: UnsafeRawBufferPointer) -> [AgentRun]? {
        var number: Int32 = 0
        return decode(bytes) { reader in
            number += 1
            return reader.run(number)
        }
    }

    // MARK: Steps

    package static func bytes(_ steps: [StepFigures]) -> [UInt8] {
        encode(steps) { writer, step in
            writer.integer(step.run)
            writer.integer(step.numberInRun)
            writer.word(step.spanID.rawValue)
            writer.integer(step.spanKey)
            writer.optional(step.declaredNumber) { $0.signed($1) }
            writer.flag(step.isDeclared)
            writer.flag(step.isError)
            writer.signed(step.startUnixNano)
            writer.signed(step.durationNanos)
            writer.integer(step.spanCount)
            for phase in Phase.allCases.indices {
                writer.integer(step.quality[phase].rawValue)
                writer.signed(step.wall[phase])
                writer.signed(step.work[phase])
            }
        }
    }

    package static func steps(_ bytes: UnsafeRawBufferPointer) -> [StepFigures]? {
        var number: Int32 = 0
        return decode(bytes) { reader in
            number += 1
            return reader.step(number)
        }
    }

    // MARK: Joints

    package static func bytes(_ joints: ToolJoints) -> [UInt8] { joints.bytes }

    package static func joints(_ bytes: UnsafeRawBufferPointer) -> ToolJoints? {
        var reader = ByteReader(bytes)
        switch reader.number() {
        case ToolJoints.formVersion: return ToolJoints(columns: &reader)
        case formVersion:
            // One call after the other, as older builds wrote them.
            var builder = ToolJointsBuilder()
            return reader.list { $0.joint(into: &builder) }.map { _ in builder.joints }
        default: return nil
        }
    }

    // MARK: Ledger and clocks

    package static func bytes(_ items: [LedgerItem]) -> [UInt8] {
        encode(items) { writer, item in
            writer.integer(item.kind.rawValue)
            writer.optional(item.expected) { $0.signed($1) }
            writer.optional(item.recorded) { $0.signed($1) }
            writer.signed(item.missing)
            writer.flag(item.isLowerBound)
            writer.flag(item.countsCalls)
            writer.integer(item.certainty.rawValue)
            writer.text(item.message)
            writer.optional(item.spanID) { $0.word($1.rawValue) }
            writer.list(item.evidence) { $0.evidence($1) }
        }
    }

    package static func ledgerItems(_ bytes: UnsafeRawBufferPointer) -> [LedgerItem]? {
        decode(bytes) { $0.ledgerItem() }
    }

    package static func bytes(_ clocks: [ClockEstimate]) -> [UInt8] {
        encode(clocks) { writer, clock in
            writer.integer(clock.number)
            writer.text(clock.name)
            writer.integer(clock.spanCount)
            writer.signed(clock.offsetNanos)
            writer.optional(clock.lowerNanos) { $0.signed($1) }
            writer.optional(clock.upperNanos) { $0.signed($1) }
            writer.integer(clock.pairCount)
            writer.integer(clock.basis.rawValue)
        }
    }

    package static func clocks(_ bytes: UnsafeRawBufferPointer) -> [ClockEstimate]? {
        decode(bytes) { $0.clock() }
    }
}
