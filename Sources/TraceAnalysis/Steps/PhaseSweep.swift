import Basics
import TraceModel

/// The one pass over time that divides steps into phases.
///
/// At each moment the innermost running span that says what it does has the time: the deepest in the tree and, of those
/// equally deep, the one whose phase comes first in the order decode, prefill, model not split, tool execution,
/// retrieval, humans, result handling, input assembly, orchestration. Where none runs, the time is unattributed. Every
/// nanosecond of a step thus belongs to one phase, and the phases sum to its duration whatever the spans are like.
/// Work is counted for each span while it runs and none that says something runs right beneath it, so that work
/// exceeds wall time by what ran in parallel and not by what was instrumented twice.
///
/// O(n log n) in the pieces: they are sorted by both ends, and those that run stand in a heap.
struct PhaseSweep {
    private static let phaseCount = Phase.allCases.count

    // The figures of the step at hand, one for each phase.
    private var wall = [Int64](repeating: 0, count: phaseCount)
    private var work = [Int64](repeating: 0, count: phaseCount)
    private var quality = [FigureQuality](repeating: .unknown, count: phaseCount)

    // What runs at the moment, by phase: all, those with nothing beneath, those that are bounded.
    private var running: [Int32]
    private var working: [Int32]
    private var bounded: [Int32]
    private var heap = RunningPieces()
    /// For each span the pieces that run right beneath it, and its own phase while it runs.
    private var runningBeneath: [Int32]
    private var runningPhase: [Int8]

    init(spanCount: Int) {
        running = Array(repeating: 0, count: Self.phaseCount)
        working = running
        bounded = running
        runningBeneath = Array(repeating: 0, count: spanCount)
        runningPhase = Array(repeating: -1, count: spanCount)
    }

    /// Divides steps that follow each other, such as those of one run, among pieces; sorts the pieces by start.
    ///
    /// The figures of each draft are written to the step with its number.
    mutating func divide(
        _ range: Range<Int>, _ drafts: [StepDraft], _ pieces: inout [PhasePiece], tellingParents: [Int32],
        numbers: [Int32], into steps: inout [StepFigures]
    ) {
        pieces.sort { $0.from < $1.from }
        var ends = pieces.indices.filter { pieces[$0].to > pieces[$0].from }
        ends.sort { pieces[$0].to < pieces[$1].to }
        heap.removeAll()
        var nextStart = 0
        var nextEnd = 0
        var time = Int64.min
        for step in range {
            for isWithin in [false, true] {
                let limit = isWithin ? drafts[step].to : drafts[step].from
                let isLast = isWithin && step == range.upperBound - 1
                while true {
                    let start = nextStart < pieces.count ? pieces[nextStart].from : .max
                    let end = nextEnd < ends.count ? pieces[ends[nextEnd]].to : .max
                    let event = min(start, end)
                    let next = min(limit, event)
                    if next > time {
                        if isWithin { account(from: time, to: next) }
                        time = next
                    }
                    // What begins where a step ends belongs to the next one.
                    guard event < limit || (isLast && event == limit) else { break }
                    if end <= start {
                        stop(pieces[ends[nextEnd]], tellingParents)
                        nextEnd += 1
                    } else {
                        begin(pieces[nextStart], isWithin: isWithin, tellingParents)
                        nextStart += 1
                    }
                }
            }
            write(to: &steps[Int(numbers[step]) - 1])
        }
        // What outlasts the last step must not run in the next scope.
        for piece in ends[nextEnd...] where piece < nextStart { stop(pieces[piece], tellingParents) }
    }

    private mutating func begin(_ piece: PhasePiece, isWithin: Bool, _ tellingParents: [Int32]) {
        let phase = piece.phase.rawValue
        guard piece.to > piece.from else {
            // Nothing of time, but measured.
            if isWithin { note(phase, isBounded: piece.isBounded) }
            return
        }
        heap.insert(RunningPieces.Entry(rank: piece.rank, to: piece.to, phase: piece.phase))
        running[phase] += 1
        if piece.isBounded { bounded[phase] += 1 }
        runningPhase[Int(piece.span)] = Int8(phase)
        if runningBeneath[Int(piece.span)] == 0 { working[phase] += 1 }
        let parent = Int(tellingParents[Int(piece.span)])
        guard parent >= 0 else { return }
        runningBeneath[parent] += 1
        if runningBeneath[parent] == 1, runningPhase[parent] >= 0 { working[Int(runningPhase[parent])] -= 1 }
    }

    private mutating func stop(_ piece: PhasePiece, _ tellingParents: [Int32]) {
        let phase = piece.phase.rawValue
        running[phase] -= 1
        if piece.isBounded { bounded[phase] -= 1 }
        runningPhase[Int(piece.span)] = -1
        if runningBeneath[Int(piece.span)] == 0 { working[phase] -= 1 }
        let parent = Int(tellingParents[Int(piece.span)])
        guard parent >= 0 else { return }
        runningBeneath[parent] -= 1
        if runningBeneath[parent] == 0, runningPhase[parent] >= 0 { working[Int(runningPhase[parent])] += 1 }
    }

    private mutating func account(from: Int64, to: Int64) {
        let nanos = to - from
        if let winner = heap.first(after: from) {
            wall[winner.rawValue] += nanos
        } else {
            wall[Phase.unattributed.rawValue] += nanos
            work[Phase.unattributed.rawValue] += nanos
        }
        for phase in 0..<Self.phaseCount where running[phase] > 0 {
            work[phase] = work[phase].addingClamped(nanos.multipliedClamped(by: Int64(working[phase])))
            note(phase, isBounded: bounded[phase] > 0)
        }
    }

    private mutating func note(_ phase: Int, isBounded: Bool) {
        if isBounded || quality[phase] == .unknown { quality[phase] = isBounded ? .bounded : .measured }
    }

    /// Writes the figures of the step at hand, and begins the next one.
    ///
    /// What is left over is measured by what is not. Calls that are all split leave a measured nothing not split.
    private mutating func write(to figures: inout StepFigures) {
        quality[Phase.unattributed.rawValue] = .measured
        let isSplit = quality[Phase.prefill.rawValue] != .unknown || quality[Phase.decode.rawValue] != .unknown
        if isSplit, quality[Phase.modelUnsplit.rawValue] == .unknown {
            quality[Phase.modelUnsplit.rawValue] = .measured
        }
        for phase in 0..<Self.phaseCount {
            figures.wall[phase] = wall[phase]
            figures.work[phase] = work[phase]
            figures.quality[phase] = quality[phase]
            wall[phase] = 0
            work[phase] = 0
            quality[phase] = .unknown
        }
    }
}

/// A heap of what runs, the innermost on top; what has ended is dropped when it comes to the top.
struct RunningPieces {
    struct Entry {
        var rank: Int
        var to: Int64
        var phase: Phase
    }

    private var entries: [Entry] = []

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[parent].rank < entries[child].rank else { return }
            entries.swapAt(parent, child)
            child = parent
        }
    }

    /// The phase of the innermost piece that goes on after a time; nil where none does.
    mutating func first(after time: Int64) -> Phase? {
        while let top = entries.first {
            if top.to > time { return top.phase }
            removeFirst()
        }
        return nil
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var largest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].rank > entries[largest].rank {
                largest = child
            }
            guard largest != parent else { return }
            entries.swapAt(parent, largest)
            parent = largest
        }
    }
}
