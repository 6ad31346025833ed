import Basics
import TraceModel

/// What the places of chunks and the count of dropped events say about chunks that are missing.
///
/// The libraries that record spans keep 128 events: some drop the oldest, some the newest. Only places tell which.
struct StreamGaps: Equatable {
    /// Events of the span that its producer dropped; they need not all have been chunks.
    let droppedEvents: Int
    /// How many chunks are missing, as far as it is known.
    private(set) var count: Int64
    private(set) var places: MissingChunks = []

    /// Judges the places that chunks state, nil for one that states none.
    init(places stated: [Int64?], droppedEvents: Int) {
        self.droppedEvents = droppedEvents
        count = Int64(droppedEvents)
        let known = Set(stated.compactMap(\.self))
        guard !known.isEmpty, !stated.contains(nil), let first = known.min(), let last = known.max(), first >= 0 else {
            if droppedEvents > 0 { places = .anywhere }
            return
        }
        // Some count from 1; where exactly one is missing in front is then not to be told, unless one was dropped.
        let before = first == 1 && droppedEvents == 0 ? 0 : first
        let between = (last - first).addingClamped(1 - Int64(known.count))
        if before > 0 { places.insert(.first) }
        if between > 0 { places.insert(.between) }
        let told = before.addingClamped(between)
        if Int64(droppedEvents) > told { places.insert(.last) }
        count = max(count, told)
    }

    /// Tells of the loss; what a producer states of it counts where it is more.
    func tell(_ info: inout StreamInfo) {
        guard count > 0 || !places.isEmpty else { return }
        let held = min(count, OutsideNumber.counts.upperBound)
        info.droppedChunks = max(info.droppedChunks, Int(clamping: held))
        info.remark(places)
    }
}
