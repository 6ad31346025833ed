package import TraceModel

/// The parts of a trace's analysis as they are stored: one blob each, read back whole.
///
/// Every blob begins with the version of its form; whatever does not fit reads as nil. Blobs of older builds name spans
/// by their keys, whose ordinals `ordinals` tells.
package enum StoredAnalysis {
    package typealias Ordinals = (_ key: Int64) -> Int32

    /// The form of builds that had no columns.
    private static let oldForm: UInt64 = 1

    package static func runs(_ bytes: UnsafeRawBufferPointer, _ ordinals: Ordinals) -> [AgentRun]? {
        var number: Int32 = 0
        return decode(bytes, AnalysisForm.runs) { reader in
            number += 1
            return reader.run(number, ordinals)
        }
    }

    package static func steps(_ bytes: UnsafeRawBufferPointer, _ ordinals: Ordinals) -> [StepFigures]? {
        var number: Int32 = 0
        return decode(bytes, AnalysisForm.steps) { reader in
            number += 1
            return reader.step(number, ordinals)
        }
    }

    package static func joints(_ bytes: UnsafeRawBufferPointer, _ ordinals: Ordinals) -> ToolJoints? {
        var reader = ByteReader(bytes)
        switch reader.number() {
        case ToolJoints.formVersion: return ToolJoints(columns: &reader, ordinals: ordinals)
        case oldForm:
            var builder = ToolJointsBuilder()
            return reader.list { $0.joint(into: &builder, ordinals) }.map { _ in builder.joints }
        default: return nil
        }
    }

    package static func ledgerItems(_ bytes: UnsafeRawBufferPointer) -> [LedgerItem]? {
        decode(bytes, AnalysisForm.ledgerItems) { $0.ledgerItem() }
    }

    package static func clocks(_ bytes: UnsafeRawBufferPointer) -> [ClockEstimate]? {
        decode(bytes, AnalysisForm.clocks) { $0.clock() }
    }

    private static func decode<Element>(
        _ bytes: UnsafeRawBufferPointer, _ columns: (inout ByteReader) -> [Element]?,
        _ old: (inout ByteReader) -> Element?
    ) -> [Element]? {
        var reader = ByteReader(bytes)
        switch reader.number() {
        case AnalysisForm.version: return columns(&reader)
        case oldForm: return reader.list(old)
        default: return nil
        }
    }
}
