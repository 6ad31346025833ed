import Basics

/// Matches a pattern, one thread at a time.
///
/// It builds a deterministic automaton as it goes and forgets it where it grows too large. Searches of one text share
/// what they learn: a state that led nowhere from a position is not tried from there again, so that all searches of a
/// text together take linear time.
///
/// Source: Thomas Reps, "Maximal-munch tokenization in linear time", TOPLAS 20 (2), 1998.
package struct PatternMatcher: Sendable {
    /// States of the automaton that are kept at once.
    private static let mostStates = 2_000
    /// Numbers of states of the program that are kept at once.
    private static let mostMembers = 100_000
    /// Of so many positions one is remembered as leading nowhere.
    private static let stride = 16
    /// Searches that read so many strides in vain cost too little to be remembered.
    private static let shortTrail = 4

    private let pattern: LinearPattern
    /// Bytes read so far, in all searches.
    package private(set) var steps = 0
    /// How often the automaton was forgotten.
    package private(set) var resets = 0

    private let classOfByte: [UInt8]
    private let classCount: Int
    /// For each state and class the next state, `unknown` where it is not built.
    private var transitions: [Int32] = []
    private var accepts: [Bool] = []
    private var members: [[Int]] = []
    /// Tells states from others also after they were forgotten and built again.
    private var names: [UInt64] = []
    private var stateOfMembers: [[Int]: Int32] = [:]
    private var memberCount = 0
    private let startMembers: [Int]
    private var startState = unknown
    /// Pairs of a state and a position after which no match ends.
    private var hopeless: Set<UInt64> = []
    private var trail: [UInt64] = []

    private static let unknown: Int32 = -1
    /// The state of no members, from which nothing is matched.
    private static let dead: Int32 = 0

    package init(_ pattern: LinearPattern) {
        self.pattern = pattern
        classOfByte = pattern.program.classOfByte
        classCount = pattern.program.byteOfClass.count
        startMembers = pattern.program.closure(of: [pattern.program.start])
        _ = add([])
    }

    /// Forgets what was learned of the last text.
    package mutating func begin() {
        if !hopeless.isEmpty { hopeless.removeAll(keepingCapacity: true) }
    }

    /// Where the longest match that starts at a position ends; nil where none starts there.
    ///
    /// It ends at `limit` or before, at a position that `mayEnd` allows. All searches of a text must agree on what
    /// `mayEnd` allows and, where they may reach the same bytes, on the limit.
    mutating func longestMatch(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int, mayEnd: (Int) -> Bool
    ) -> Int? {
        guard pattern.mayStart(in: bytes, at: start) else { return nil }
        if startState == Self.unknown { startState = state(of: startMembers) }
        var state = startState
        var position = start
        var end: Int?
        trail.removeAll(keepingCapacity: true)
        if accepts[Int(state)], pattern.mayEnd(in: bytes, at: position), mayEnd(position) { end = position }
        while position < limit {
            let byteClass = Int(classOfByte[Int(bytes[position])])
            var next = transitions[Int(state) * classCount + byteClass]
            if next == Self.unknown { next = build(from: state, byteClass) }
            steps += 1
            if next == Self.dead { break }
            state = next
            position += 1
            if accepts[Int(state)], pattern.mayEnd(in: bytes, at: position), mayEnd(position) {
                end = position
                trail.removeAll(keepingCapacity: true)
            }
            if position % Self.stride == 0 {
                let pair = names[Int(state)] ^ (UInt64(position) &* StableHash.goldenRatio)
                if !hopeless.isEmpty, hopeless.contains(pair) { break }
                trail.append(pair)
            }
        }
        if trail.count > Self.shortTrail { hopeless.formUnion(trail) }
        return end
    }

    /// The same for all of the text.
    package mutating func longestMatch(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        longestMatch(in: bytes, from: start, limit: bytes.count) { _ in true }
    }

    /// The leftmost match at or after a position, as long as it can be.
    package mutating func firstMatch(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        var position = start
        while position <= bytes.count {
            if let end = longestMatch(in: bytes, from: position) {
                return position..<end
            }
            position += 1
        }
        return nil
    }

    private mutating func state(of members: [Int]) -> Int32 {
        stateOfMembers[members] ?? add(members)
    }

    private mutating func add(_ set: [Int]) -> Int32 {
        let number = Int32(members.count)
        members.append(set)
        memberCount += set.count
        accepts.append(set.first == 0)
        names.append(Self.name(of: set))
        stateOfMembers[set] = number
        let isDead = set.isEmpty
        for _ in 0..<classCount { transitions.append(isDead ? Self.dead : Self.unknown) }
        return number
    }

    private mutating func build(from state: Int32, _ byteClass: Int) -> Int32 {
        let from = members[Int(state)]
        let to = pattern.program.step(from, byte: pattern.program.byteOfClass[byteClass])
        if let known = stateOfMembers[to] {
            transitions[Int(state) * classCount + byteClass] = known
            return known
        }
        if members.count >= Self.mostStates || memberCount >= Self.mostMembers {
            forget()
            return self.state(of: to)
        }
        let next = add(to)
        transitions[Int(state) * classCount + byteClass] = next
        return next
    }

    private mutating func forget() {
        resets += 1
        transitions.removeAll(keepingCapacity: true)
        accepts.removeAll(keepingCapacity: true)
        members.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        stateOfMembers.removeAll(keepingCapacity: true)
        memberCount = 0
        startState = Self.unknown
        _ = add([])
    }

    /// A hash that is the same in every run.
    private static func name(of members: [Int]) -> UInt64 {
        members.reduce(StableHash.fnvOffset) { hash, member in
            var hash = (hash ^ UInt64(member)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            return hash
        }
    }
}
