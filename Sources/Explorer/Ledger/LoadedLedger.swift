package import TraceModel

/// A ledger as it was read; shared, never copied.
package final class LoadedLedger: Sendable, Equatable {
    package let ledger: TraceLedger

    package init(_ ledger: TraceLedger) {
        self.ledger = ledger
    }

    package static func == (a: LoadedLedger, b: LoadedLedger) -> Bool { a === b }
}
