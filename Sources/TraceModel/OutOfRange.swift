import Basics

/// The door for records: numbers that nothing can calculate with become absent, and what they were stays to be read.
///
/// Each record passes it on its way out of a decoder, on its way into a store, and where an older database gives it
/// back. Passing it twice changes nothing.
package enum OutOfRange {
    /// What keys of attributes begin with that keep a time as it was stated.
    package static let keyPrefix = "spandrel.out_of_range."

    /// The attribute that keeps a number as it was stated; `name` is that of the field, in OTLP's words.
    package static func attribute(_ name: String, _ stated: String) -> Attribute {
        Attribute(keyPrefix + name, Int64(stated).map { .int($0) } ?? .string(stated))
    }

    /// A count from 0 on that has no word for absence, held at the ends of the range.
    package static func held(_ count: Int) -> Int {
        Int(min(max(Int64(count), OutsideNumber.counts.lowerBound), OutsideNumber.counts.upperBound))
    }

    /// How many elements to reserve memory for where a file states their number; more grow as they come.
    package static func room(_ count: Int) -> Int { min(max(count, 0), 1 << 20) }

    fileprivate static func admit(_ time: inout Int64?, _ name: String, _ refused: inout [Attribute]) {
        guard let stated = time, OutsideNumber.time(stated) == nil else { return }
        time = nil
        refused.append(attribute(name, String(stated)))
    }
}

/// Values of a record that a decoder could not read, one sentence each, on their way to an attribute of it.
package struct UnreadableValues: Equatable, Sendable {
    /// The attribute that tells of them.
    package static let key = "spandrel.unreadable"
    /// How many are told; more of one record say nothing new.
    private static let toldAtMost = 8

    private var reasons: [String] = []

    package init() {}

    package var isEmpty: Bool { reasons.isEmpty }

    package mutating func add(_ reason: @autoclosure () -> String) {
        if reasons.count < Self.toldAtMost { reasons.append(reason()) }
    }

    /// The attribute that tells of them; nil where there are none.
    package var attribute: Attribute? {
        reasons.isEmpty ? nil : Attribute(Self.key, .array(reasons.map { .string($0) }))
    }
}

extension Span {
    /// Marks the span as one of which values could not be read, and tells which.
    package mutating func note(_ unreadable: UnreadableValues) {
        guard let attribute = unreadable.attribute else { return }
        marks.insert(.unreadableValue)
        attributes.append(attribute)
    }

    /// Takes out the times and counts that are out of range, and marks the span if there were any.
    package mutating func admitNumbers() {
        var refused: [Attribute] = []
        OutOfRange.admit(&startUnixNano, "startTimeUnixNano", &refused)
        OutOfRange.admit(&endUnixNano, "endTimeUnixNano", &refused)
        if !refused.isEmpty {
            attributes += refused
            marks.insert(.outOfRange)
            marks.remove(.endBeforeStart)
            if startUnixNano == nil { marks.insert(.missingStart) }
            if endUnixNano == nil { marks.insert(.unfinished) }
        }
        for index in events.indices where events[index].admitNumbers() { marks.insert(.outOfRange) }
        let counts = (droppedAttributesCount, droppedEventsCount, droppedLinksCount)
        droppedAttributesCount = OutOfRange.held(droppedAttributesCount)
        droppedEventsCount = OutOfRange.held(droppedEventsCount)
        droppedLinksCount = OutOfRange.held(droppedLinksCount)
        if counts != (droppedAttributesCount, droppedEventsCount, droppedLinksCount) { marks.insert(.outOfRange) }
    }
}

extension SpanEvent {
    /// Takes out the numbers that are out of range; false where there are none.
    @discardableResult
    package mutating func admitNumbers() -> Bool {
        let (dropped, severity) = (droppedAttributesCount, severityNumber)
        droppedAttributesCount = OutOfRange.held(droppedAttributesCount)
        severityNumber = OutsideNumber.count(severityNumber)
        guard let stated = timeUnixNano, OutsideNumber.time(stated) == nil else {
            return dropped != droppedAttributesCount || severity != severityNumber
        }
        timeUnixNano = nil
        attributes.append(OutOfRange.attribute("timeUnixNano", String(stated)))
        return true
    }
}

extension StreamInfo {
    /// Takes out the times and counts that are out of range, and remarks which they were.
    package mutating func admitNumbers() {
        var refused: [String] = []
        func admit(_ number: inout Int64?, _ admitted: Int64?, _ name: String) {
            if let stated = number, admitted == nil { refused.append("\(name) \(stated)") }
            number = admitted
        }
        admit(&startUnixNano, OutsideNumber.time(startUnixNano), "start")
        admit(&durationNanos, OutsideNumber.duration(durationNanos), "duration")
        admit(&tokensBilled, OutsideNumber.count(tokensBilled), "tokens billed")
        admit(&tokensDelivered, OutsideNumber.count(tokensDelivered), "tokens delivered")
        admit(&tokensReasoning, OutsideNumber.count(tokensReasoning), "reasoning tokens")
        droppedChunks = OutOfRange.held(droppedChunks)
        if !refused.isEmpty {
            remarks.append("out of range, so taken as unknown: " + refused.joined(separator: ", "))
        }
    }
}

extension StreamChunks {
    /// Takes out the offsets that are out of range; false where there are none.
    package mutating func admitNumbers() -> Bool {
        let isAll = offsets.allSatisfy { $0 == Self.unknownOffset || OutsideNumber.times.contains($0) }
        if !isAll { mapOffsets { OutsideNumber.time($0) } }
        return !isAll
    }
}

extension AgentRun {
    /// Takes out what an older build stored unseen.
    package mutating func admitNumbers() {
        startUnixNano = OutsideNumber.time(startUnixNano)
        endUnixNano = OutsideNumber.time(endUnixNano)
        tokensInput = OutsideNumber.total(tokensInput)
        tokensOutput = OutsideNumber.total(tokensOutput)
    }
}

extension StepFigures {
    /// Holds what an older build stored unseen at the ends of the range.
    package mutating func admitNumbers() {
        let times = OutsideNumber.times
        startUnixNano = min(max(startUnixNano, times.lowerBound), times.upperBound)
        durationNanos = min(max(durationNanos, 0), times.upperBound - startUnixNano)
        declaredNumber = OutsideNumber.count(declaredNumber)
        for phase in wall.indices {
            wall[phase] = max(0, wall[phase])
            work[phase] = max(0, work[phase])
        }
    }
}
