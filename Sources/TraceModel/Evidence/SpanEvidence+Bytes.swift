extension SpanEvidence {
    /// The first byte of every form, raised when the form changes.
    private static let formVersion: UInt8 = 1

    /// The numbers of the fields; the bytes are stored in the database: never renumber them.
    private enum Tag: UInt8 {
        case end = 0
        case role = 1, parentAgent, attempt, attemptReason, handOff, promptName, promptVersion, promptDigest
        case input, output, isAccepted, stepNumber, stepKey, isStep, phase, serverPrefill, serverDecode, queue
        case toolCallID, requestedCalls, recalledCalls, deliveredResults, offeredTools, arguments, result, answer
        case answerAdmitsGap, hasMessages, declaredCounts, droppedAttributes, droppedEvents, droppedLinks
        case attributeCount, eventCount, linkCount, redactedValues, truncatedValues, statedTotalTokens
        case aggregatedInput, aggregatedOutput, responseID, previousResponseID, finishReasons
    }

    /// The evidence as it is stored: a version, then only the fields that say something.
    package var bytes: [UInt8] {
        var writer = FieldWriter(version: Self.formVersion)
        writer.text(Tag.role.rawValue, role)
        writer.text(Tag.parentAgent.rawValue, parentAgent)
        writer.signed(Tag.attempt.rawValue, attempt.map(Int64.init))
        writer.signed(Tag.attemptReason.rawValue, attemptReason.map { Int64($0.rawValue) })
        writer.value(Tag.handOff.rawValue, handOff) { writer, value in
            writer.text(value.from ?? "")
            writer.text(value.to ?? "")
        }
        writer.text(Tag.promptName.rawValue, promptName)
        writer.text(Tag.promptVersion.rawValue, promptVersion)
        writer.value(Tag.promptDigest.rawValue, promptDigest) { $0.word($1) }
        writer.value(Tag.input.rawValue, input) { $0.digest($1) }
        writer.value(Tag.output.rawValue, output) { $0.digest($1) }
        writer.signed(Tag.isAccepted.rawValue, isAccepted.map { $0 ? 1 : 0 })
        writer.signed(Tag.stepNumber.rawValue, stepNumber)
        writer.text(Tag.stepKey.rawValue, stepKey)
        writer.flag(Tag.isStep.rawValue, isStep)
        writer.signed(Tag.phase.rawValue, phase.map { Int64($0.rawValue) })
        writer.signed(Tag.serverPrefill.rawValue, serverPrefillNanos)
        writer.signed(Tag.serverDecode.rawValue, serverDecodeNanos)
        writer.signed(Tag.queue.rawValue, queueNanos)
        writer.text(Tag.toolCallID.rawValue, toolCallID)
        writer.list(Tag.requestedCalls.rawValue, requestedCalls) { $0.call($1.id, $1.name, $1.arguments) }
        writer.list(Tag.recalledCalls.rawValue, recalledCalls) { $0.call($1.id, $1.name, $1.arguments) }
        writer.list(Tag.deliveredResults.rawValue, deliveredResults) { $0.call($1.id, $1.name, $1.result) }
        // No tools offered differs from none recorded, so that an empty list is written too.
        writer.value(Tag.offeredTools.rawValue, offeredTools) { writer, names in
            writer.number(UInt64(names.count))
            for name in names { writer.text(name) }
        }
        writer.value(Tag.arguments.rawValue, arguments) { $0.digest($1) }
        writer.value(Tag.result.rawValue, result) { $0.digest($1) }
        writer.value(Tag.answer.rawValue, answer) { $0.digest($1) }
        writer.flag(Tag.answerAdmitsGap.rawValue, answerAdmitsGap)
        writer.flag(Tag.hasMessages.rawValue, hasMessages)
        writer.list(Tag.declaredCounts.rawValue, declaredCounts) { writer, count in
            writer.number(UInt64(count.subject.rawValue))
            writer.signed(count.count)
            writer.text(count.key)
        }
        for (field, count) in [
            (Tag.droppedAttributes, droppedAttributes), (.droppedEvents, droppedEvents),
            (.droppedLinks, droppedLinks), (.attributeCount, attributeCount), (.eventCount, eventCount),
            (.linkCount, linkCount), (.redactedValues, redactedValues), (.truncatedValues, truncatedValues),
        ] where count != 0 {
            writer.signed(field.rawValue, Int64(count))
        }
        writer.signed(Tag.statedTotalTokens.rawValue, statedTotalTokens)
        writer.signed(Tag.aggregatedInput.rawValue, aggregatedInputTokens)
        writer.signed(Tag.aggregatedOutput.rawValue, aggregatedOutputTokens)
        writer.text(Tag.responseID.rawValue, responseID)
        writer.text(Tag.previousResponseID.rawValue, previousResponseID)
        writer.list(Tag.finishReasons.rawValue, finishReasons) { $0.text($1) }
        return writer.bytes
    }

    /// Reads a stored form; nil for another version and for whatever is no such form.
    package init?(bytes: UnsafeRawBufferPointer) {
        var reader = ByteReader(bytes)
        guard reader.byte() == Self.formVersion else { return nil }
        self.init()
        while !reader.isAtEnd {
            guard let number = reader.byte(), let field = Tag(rawValue: number), read(field, &reader) else {
                return nil
            }
        }
    }

    /// Reads the value of a field; false where it does not fit.
    private mutating func read(_ field: Tag, _ reader: inout ByteReader) -> Bool {
        func set<Value>(_ target: inout Value?, _ value: Value?) -> Bool {
            target = value
            return value != nil
        }
        func set<Value>(_ target: inout [Value], _ value: [Value]?) -> Bool {
            target = value ?? []
            return value != nil
        }
        func count(_ target: inout Int) -> Bool {
            guard let value = reader.signed() else { return false }
            target = Int(clamping: value)
            return true
        }
        func flag(_ target: inout Bool) -> Bool {
            target = true
            return true
        }
        switch field {
        case .end: return false
        case .role: return set(&role, reader.text())
        case .parentAgent: return set(&parentAgent, reader.text())
        case .attempt: return set(&attempt, reader.signed().map { Int(clamping: $0) })
        case .attemptReason:
            return set(&attemptReason, reader.signed().flatMap { AttemptReason(rawValue: Int(clamping: $0)) })
        case .handOff:
            guard let from = reader.text(), let to = reader.text() else { return false }
            handOff = HandOff(from: from.isEmpty ? nil : from, to: to.isEmpty ? nil : to)
            return true
        case .promptName: return set(&promptName, reader.text())
        case .promptVersion: return set(&promptVersion, reader.text())
        case .promptDigest: return set(&promptDigest, reader.word())
        case .input: return set(&input, reader.digest())
        case .output: return set(&output, reader.digest())
        case .isAccepted: return set(&isAccepted, reader.signed().map { $0 != 0 })
        case .stepNumber: return set(&stepNumber, reader.signed())
        case .stepKey: return set(&stepKey, reader.text())
        case .isStep: return flag(&isStep)
        case .phase: return set(&phase, reader.signed().flatMap { Phase(rawValue: Int(clamping: $0)) })
        case .serverPrefill: return set(&serverPrefillNanos, reader.signed())
        case .serverDecode: return set(&serverDecodeNanos, reader.signed())
        case .queue: return set(&queueNanos, reader.signed())
        case .toolCallID: return set(&toolCallID, reader.text())
        case .requestedCalls:
            return set(
                &requestedCalls,
                reader.list { $0.call().map { ToolCallRequest(id: $0.id, name: $0.name, arguments: $0.payload) } })
        case .recalledCalls:
            return set(
                &recalledCalls,
                reader.list { $0.call().map { ToolCallRequest(id: $0.id, name: $0.name, arguments: $0.payload) } })
        case .deliveredResults:
            return set(
                &deliveredResults,
                reader.list { $0.call().map { ToolCallDelivery(id: $0.id, name: $0.name, result: $0.payload) } })
        case .offeredTools: return set(&offeredTools, reader.list { $0.text() })
        case .arguments: return set(&arguments, reader.digest())
        case .result: return set(&result, reader.digest())
        case .answer: return set(&answer, reader.digest())
        case .answerAdmitsGap: return flag(&answerAdmitsGap)
        case .hasMessages: return flag(&hasMessages)
        case .declaredCounts: return set(&declaredCounts, reader.list { $0.declaredCount() })
        case .droppedAttributes: return count(&droppedAttributes)
        case .droppedEvents: return count(&droppedEvents)
        case .droppedLinks: return count(&droppedLinks)
        case .attributeCount: return count(&attributeCount)
        case .eventCount: return count(&eventCount)
        case .linkCount: return count(&linkCount)
        case .redactedValues: return count(&redactedValues)
        case .truncatedValues: return count(&truncatedValues)
        case .statedTotalTokens: return set(&statedTotalTokens, reader.signed())
        case .aggregatedInput: return set(&aggregatedInputTokens, reader.signed())
        case .aggregatedOutput: return set(&aggregatedOutputTokens, reader.signed())
        case .responseID: return set(&responseID, reader.text())
        case .previousResponseID: return set(&previousResponseID, reader.text())
        case .finishReasons: return set(&finishReasons, reader.list { $0.text() })
        }
    }
}

/// Writes fields that say something: the number of each, then its value.
private struct FieldWriter {
    private var writer = ByteWriter()

    var bytes: [UInt8] { writer.bytes }

    init(version: UInt8) {
        writer.number(UInt64(version))
    }

    mutating func value<Value>(_ field: UInt8, _ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
        guard let value else { return }
        writer.number(UInt64(field))
        write(&writer, value)
    }

    mutating func text(_ field: UInt8, _ text: String?) { value(field, text) { $0.text($1) } }

    mutating func signed(_ field: UInt8, _ number: Int64?) { value(field, number) { $0.signed($1) } }

    mutating func flag(_ field: UInt8, _ isSet: Bool) { value(field, isSet ? true : nil) { _, _ in } }

    mutating func list<Element>(_ field: UInt8, _ list: [Element], _ write: (inout ByteWriter, Element) -> Void) {
        value(field, list.isEmpty ? nil : list) { writer, elements in
            writer.number(UInt64(elements.count))
            for element in elements { write(&writer, element) }
        }
    }
}
