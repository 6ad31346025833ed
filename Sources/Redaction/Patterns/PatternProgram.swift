/// A pattern as a nondeterministic automaton: states that read one byte, and states that branch without reading.
///
/// Source: Ken Thompson, "Regular expression search algorithm", CACM 11 (6), 1968.
struct PatternProgram: Sendable {
    /// The most states that a pattern expands to.
    static let largest = 6_000

    enum State: Sendable {
        /// Reads a byte of the set with this number, then goes on to the next state.
        case read(set: Int, next: Int)
        case branch(Int, Int)
        case match
    }

    private(set) var states: [State] = [.match]
    private(set) var sets: [ByteSet] = []
    private(set) var start = 0
    /// Bytes that no set tells apart have the same class.
    private(set) var classOfByte: [UInt8] = []
    /// A byte of each class.
    private(set) var byteOfClass: [UInt8] = []
    /// The bytes that a match may start with.
    private(set) var firstBytes = ByteSet()
    /// All bytes that a match may hold.
    private(set) var alphabet = ByteSet()

    private var numberOfSet: [ByteSet: Int] = [:]
    /// Nodes added so far: repetitions of nothing add no states.
    private var work = 0

    init(_ node: PatternNode) throws(PatternError) {
        start = try add(node, before: 0)
        numberOfSet = [:]
        for set in sets { alphabet = alphabet.union(set) }
        makeClasses()
        for case .read(let set, _) in closure(of: [start]).map({ states[$0] }) {
            firstBytes = firstBytes.union(sets[set])
        }
    }

    /// Adds what matches a node and goes on to `next`; returns where it starts.
    private mutating func add(_ node: PatternNode, before next: Int) throws(PatternError) -> Int {
        work += 1
        guard work < 4 * Self.largest else { throw Self.tooLarge }
        switch node {
        case .bytes(let set): return try add(.read(set: number(of: set), next: next))
        case .sequence(let nodes):
            var next = next
            for node in nodes.reversed() { next = try add(node, before: next) }
            return next
        case .alternatives(let nodes):
            guard let last = nodes.last else { return next }
            var entry = try add(last, before: next)
            for node in nodes.dropLast().reversed() {
                let other = try add(node, before: next)
                entry = try add(.branch(other, entry))
            }
            return entry
        case .repeated(let node, let minimum, let maximum):
            var entry = next
            if let maximum {
                for _ in 0..<(maximum - minimum) {
                    let body = try add(node, before: entry)
                    entry = try add(.branch(body, next))
                }
            } else {
                let loop = try add(.branch(next, next))
                let body = try add(node, before: loop)
                states[loop] = .branch(body, next)
                entry = loop
            }
            for _ in 0..<minimum { entry = try add(node, before: entry) }
            return entry
        }
    }

    private mutating func add(_ state: State) throws(PatternError) -> Int {
        guard states.count < Self.largest else { throw Self.tooLarge }
        states.append(state)
        return states.count - 1
    }

    private static var tooLarge: PatternError { PatternError(position: 0, reason: .tooLarge(limit: largest)) }

    private mutating func number(of set: ByteSet) -> Int {
        if let number = numberOfSet[set] { return number }
        sets.append(set)
        numberOfSet[set] = sets.count - 1
        return sets.count - 1
    }

    private mutating func makeClasses() {
        var classOfSignature: [[Bool]: UInt8] = [:]
        for byte in UInt8.min...UInt8.max {
            let signature = sets.map { $0.contains(byte) }
            if let known = classOfSignature[signature] {
                classOfByte.append(known)
            } else {
                let number = UInt8(byteOfClass.count)
                classOfSignature[signature] = number
                classOfByte.append(number)
                byteOfClass.append(byte)
            }
        }
    }

    /// The reading and matching states that are reached without reading, in ascending order.
    func closure(of roots: [Int]) -> [Int] {
        var seen: Set<Int> = []
        var reached: [Int] = []
        var stack = roots
        while let state = stack.popLast() {
            guard seen.insert(state).inserted else { continue }
            if case .branch(let first, let second) = states[state] {
                stack.append(first)
                stack.append(second)
            } else {
                reached.append(state)
            }
        }
        return reached.sorted()
    }

    /// The states after those of `set` have read a byte.
    func step(_ set: [Int], byte: UInt8) -> [Int] {
        var next: [Int] = []
        for case .read(let number, let state) in set.map({ states[$0] }) where sets[number].contains(byte) {
            next.append(state)
        }
        return closure(of: next)
    }
}

/// What a pattern is made of.
indirect enum PatternNode: Sendable {
    case bytes(ByteSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// At least `minimum` times, at most `maximum` times where there is one.
    case repeated(PatternNode, minimum: Int, maximum: Int?)
}
