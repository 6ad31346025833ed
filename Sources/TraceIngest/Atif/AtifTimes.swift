import Basics
import FastJSON

/// Times that producers note in the `extra` of trajectories, steps and calls, beyond the one timestamp of a step.
struct AtifTimes {
    var start: Int64?
    var end: Int64?

    /// Reads what this program's own export notes, or NeMo's toolkit; nothing where neither did.
    init(_ extra: JSONValue?) {
        if let own = extra?["spandrel"], let start = own["start_unix_nano"]?.string.flatMap({ Int64($0) }) {
            self.start = start
            if let duration = own["duration_nanos"]?.string.flatMap({ Int64($0) }) {
                self.end = start.addingIfFits(duration)
            }
            return
        }
        let invocation = extra?["invocation"]
        guard let start = invocation?["start_timestamp"]?.double.flatMap({ OutsideNumber.time(unixSeconds: $0) }),
            let end = invocation?["end_timestamp"]?.double.flatMap({ OutsideNumber.time(unixSeconds: $0) })
        else { return }
        self.start = start
        self.end = end
    }

    init(start: Int64?) {
        self.start = start
    }
}
