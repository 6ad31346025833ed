import Basics
import TraceModel

/// The conversations of one agent run: each call either continues one of them or starts another.
///
/// A call continues a conversation where its messages begin with all of it. Every prefix of a call is looked up, so that
/// the work is linear in its messages however many conversations there are.
struct TrajectorySegments {
    /// A piece of a conversation: a model call with its messages, those to the model and its answer, or several merged.
    struct Segment {
        var messages: [MessageTable.Index] = []
        var tools: [String] = []
        var spanIDs: [SpanID] = []
        var model: String?
        var session: String?
        var furtherChoices = 0
        /// True where messages of the last call may be missing.
        var isPart = false
    }

    private struct Prefix: Hashable {
        var count: Int
        var hash: UInt64

        mutating func add(_ messageClass: Int32) {
            count += 1
            hash = (hash ^ UInt64(UInt32(bitPattern: messageClass))) &* StableHash.goldenRatio
            hash ^= hash >> 29
        }
    }

    private(set) var segments: [Segment] = []
    private var segmentOfPrefix: [Prefix: Int] = [:]
    /// Where a call was asked last, by its id.
    private var segmentOfCall: [String: Int] = [:]

    /// Adds the next call in order of start; tells whether it started a conversation.
    mutating func add(_ call: Segment, _ table: inout MessageTable) -> Bool {
        if let place = continued(by: call, table) {
            let known = segments[place].messages
            segments[place].messages = call.messages
            for (index, earlier) in known.enumerated() {
                segments[place].messages[index] = table.joined(earlier, call.messages[index])
            }
            note(call, at: place, table)
            return false
        }
        if let (place, rest) = answered(by: call, table) {
            segments[place].messages += rest
            note(call, at: place, table, isContinuation: true)
            return false
        }
        segments.append(Segment(messages: call.messages))
        note(call, at: segments.count - 1, table)
        return true
    }

    /// Notes a call as the last one of a conversation; `isContinuation` says that it repeats none of what came before.
    private mutating func note(_ call: Segment, at place: Int, _ table: MessageTable, isContinuation: Bool = false) {
        segments[place].spanIDs += call.spanIDs
        // A call that is told no more than the answers needs all that came before.
        segments[place].isPart = call.isPart || (segments[place].isPart && isContinuation)
        segments[place].model = call.model ?? segments[place].model
        segments[place].session = segments[place].session ?? call.session
        segments[place].furtherChoices += call.furtherChoices
        let known = Set(segments[place].tools)
        segments[place].tools += call.tools.filter { !known.contains($0) }
        var prefix = Prefix(count: 0, hash: 0)
        for message in segments[place].messages { prefix.add(table.classIndex(message)) }
        segmentOfPrefix[prefix] = place
        guard let last = segments[place].messages.last else { return }
        for case let id? in table[last].calls.map(\.id) { segmentOfCall[id] = place }
    }

    /// The conversation of which the call repeats every message, the longest.
    private func continued(by call: Segment, _ table: MessageTable) -> Int? {
        var prefix = Prefix(count: 0, hash: 0)
        var found: Int?
        for message in call.messages {
            prefix.add(table.classIndex(message))
            guard let place = segmentOfPrefix[prefix] else { continue }
            let messages = segments[place].messages
            // The conversation has gone on since, or the hash deceives.
            guard messages.count == prefix.count,
                zip(messages, call.messages).allSatisfy({ table.classIndex($0) == table.classIndex($1) })
            else { continue }
            found = place
        }
        return found
    }

    /// The conversation whose last calls the call begins with the answers to: APIs that keep the history themselves are
    /// told no more.
    private func answered(
        by call: Segment, _ table: MessageTable
    ) -> (place: Int, rest: ArraySlice<MessageTable.Index>)? {
        let rest = call.messages.drop { table[$0].role == .system }
        let answers = rest.prefix { table[$0].role == .tool }.map { table[$0].callID }
        guard let first = answers.first, let id = first, let place = segmentOfCall[id],
            let last = segments[place].messages.last
        else { return nil }
        let asked = Set(table[last].calls.compactMap(\.id))
        return answers.allSatisfy { $0.map(asked.contains) ?? false } ? (place, rest) : nil
    }
}
