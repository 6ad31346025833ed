import TraceModel

/// Decodes one resource group of a protobuf body.
struct WireGroup {
    let bytes: UnsafeRawBufferPointer
    /// What turns an index of the buffer into an offset of the input.
    let shift: Int64
    private let records: WireRecords
    let collector: BatchCollector
    let hint: WireSignal
    /// The index where the input broke off inside this group; nil for a whole group.
    let cutEnd: Int?
    private var resource = Resource()

    init(
        bytes: UnsafeRawBufferPointer, shift: Int64, collector: BatchCollector, hint: WireSignal, cutEnd: Int?
    ) {
        self.cutEnd = cutEnd
        self.bytes = bytes
        self.shift = shift
        records = WireRecords(bytes)
        self.collector = collector
        self.hint = hint
    }

    /// The fields of an envelope message that matter: the entity, the inner messages, the schema URL.
    private struct Parts {
        var entity: Range<Int>?
        var inner: [Range<Int>] = []
        var schemaURL = ""
    }

    /// Decodes all records of a `ResourceSpans`, `ResourceLogs` or `ResourceMetrics`.
    mutating func decode(_ range: Range<Int>) throws {
        let parts = split(range, "resource group", holdsGroups: true)
        resource = Resource(schemaURL: parts.schemaURL)
        if let entity = parts.entity {
            do throws(WireRecordFault) {
                resource = try records.resource(entity, schemaURL: parts.schemaURL)
            } catch {
                reject(entity.lowerBound, "resource: \(error.reason)")
            }
        }
        var sawMetrics = false
        for scopeGroup in parts.inner where try decodeScopeGroup(scopeGroup) == .metrics { sawMetrics = true }
        if sawMetrics { collector.skippedMetrics() }
    }

    private func decodeScopeGroup(_ range: Range<Int>) throws -> WireSignal {
        let parts = split(range, "scope group", holdsGroups: false)
        var scope = InstrumentationScope(schemaURL: parts.schemaURL)
        guard let first = parts.inner.first else { return hint }
        let signal = WireSignal.ofRecord(bytes, first) ?? hint
        guard signal != .metrics else { return signal }
        if let entity = parts.entity {
            do throws(WireRecordFault) {
                scope = try records.scope(entity, schemaURL: parts.schemaURL)
            } catch {
                reject(entity.lowerBound, "scope: \(error.reason)")
            }
        }
        for record in parts.inner {
            decodeRecord(record, signal, scope)
            try collector.flushIfFull(at: shift + Int64(record.upperBound))
        }
        return signal
    }

    private func decodeRecord(_ range: Range<Int>, _ signal: WireSignal, _ scope: InstrumentationScope) {
        do throws(WireRecordFault) {
            if signal == .logs {
                guard var log = try records.log(range) else {
                    collector.skippedLog()
                    return
                }
                log.resource = resource
                log.scope = scope
                collector.add(log)
            } else {
                var span = try records.span(range)
                span.resource = resource
                span.scope = scope
                collector.add(span)
            }
        } catch {
            reject(range.lowerBound, "\(signal == .logs ? "log record" : "span"): \(error.reason)")
        }
    }

    /// Splits an envelope message into its parts; a fault ends it, with what came before kept.
    private func split(_ range: Range<Int>, _ what: String, holdsGroups: Bool) -> Parts {
        var parts = Parts()
        var reader = WireReader(bytes, range)
        do throws(WireReader.Fault) {
            while let field = try reader.next() {
                guard case .bytes(let inner) = field.payload else { continue }
                switch field.number {
                case 1: parts.entity = inner
                // 1000 is the field of the groups before OTLP 0.19.
                case 2, 1000: parts.inner.append(inner)
                case 3: parts.schemaURL = String(decoding: slice(inner), as: UTF8.self)
                default: break
                }
            }
        } catch {
            guard range.upperBound == cutEnd else {
                reject(error.offset, "\(what): \(error.reason)")
                return parts
            }
            // The end of a cut input is reported once, by whoever saw it. Whole records of a cut group are good.
            if holdsGroups, let cut = reader.cutRange { parts.inner.append(cut) }
        }
        return parts
    }

    private func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[range])
    }

    private func reject(_ index: Int, _ reason: String) {
        collector.reject(Rejection(byteOffset: shift + Int64(index), line: nil, reason: reason))
    }
}
