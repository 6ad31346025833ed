import NIOCore
import TraceModel

/// What an exchange sets aside of its bytes for the recorder; it never waits, and what finds no room is counted.
///
/// Used on the event loop of its exchange only.
struct CallTap {
    let start: CallStart
    private let recorder: Recorder
    private let began: NIODeadline
    private var request: [UInt8] = []
    private var unkeptRequestBytes = 0
    private var heldBytes = 0
    private var keptResponseBytes = 0
    private var droppedChunks = 0
    private var unkeptResponseBytes = 0
    private var isBegun = false
    /// False for a call that found the recorder overrun.
    private var isKept = true

    init(start: CallStart, began: NIODeadline, recorder: Recorder) {
        self.start = start
        self.began = began
        self.recorder = recorder
    }

    /// Nanoseconds since the request arrived.
    var elapsedNanos: Int64 { (NIODeadline.now() - began).nanoseconds }

    mutating func keepRequest(_ bytes: ByteBuffer) {
        let count = bytes.readableBytes
        guard !isBegun, unkeptRequestBytes == 0, request.count + count <= recorder.limits.requestBytes, take(count)
        else {
            unkeptRequestBytes += count
            return
        }
        request.append(contentsOf: bytes.readableBytesView)
    }

    mutating func keepResponse(_ head: CallResponse) {
        begin()
        if isKept { recorder.queue.push(.response(start.id, head)) }
    }

    /// `offsetNanos` is the time at which the bytes came.
    mutating func keepResponse(_ bytes: ByteBuffer, offsetNanos: Int64) {
        guard isKept else { return }
        let count = bytes.readableBytes
        guard keptResponseBytes + count <= recorder.limits.responseBytes, take(count) else {
            drop(count)
            return
        }
        guard recorder.queue.offer(.chunk(start.id, Array(bytes.readableBytesView), offsetNanos: offsetNanos)) else {
            heldBytes -= count
            recorder.budget.giveBack(count)
            drop(count)
            return
        }
        keptResponseBytes += count
    }

    mutating func end(_ cause: CallEnd.Cause) {
        begin()
        guard isKept else { return }
        var end = CallEnd(cause: cause, durationNanos: elapsedNanos)
        end.droppedChunks = droppedChunks
        end.unkeptRequestBytes = unkeptRequestBytes
        end.unkeptResponseBytes = unkeptResponseBytes
        recorder.queue.push(.end(start.id, end, heldBytes: heldBytes), isUrgent: true)
    }

    /// Tells of the call with as much of the request as there is; an answer before its end is rare.
    private mutating func begin() {
        guard !isBegun else { return }
        isBegun = true
        guard !recorder.queue.isOverfull else {
            isKept = false
            recorder.budget.giveBack(heldBytes)
            request = []
            recorder.noteLoss("the recorder is overrun; a call passed unrecorded")
            return
        }
        recorder.queue.push(.begin(start, request: request))
        request = []
    }

    private mutating func take(_ count: Int) -> Bool {
        guard recorder.budget.take(count) else { return false }
        heldBytes += count
        return true
    }

    private mutating func drop(_ count: Int) {
        droppedChunks += 1
        unkeptResponseBytes += count
        if droppedChunks == 1 {
            recorder.noteLoss("\(start.method) \(start.path): pieces of the response pass unrecorded")
        }
    }
}
