import CZlib

/// Decompresses gzip and deflate piece by piece with zlib; memory stays at one window of 32 KiB.
///
/// Several gzip members that follow each other are one stream (RFC 1952 §2.2). What follows the last member and begins
/// no further one is no part of the data and is passed over, as the program `gzip` does.
package final class Inflater {
    /// What the compressed bytes may be.
    package enum Coding: Sendable {
        case gzip
        /// Deflate without a head, as in ZIP archives.
        case deflate
        /// What HTTP calls `gzip` and `deflate` (RFC 9110 §8.4.1): gzip, zlib, or deflate without a head, which some
        /// servers send. The first two bytes tell.
        case http
    }

    /// What one call did.
    package struct Step {
        /// Bytes of the input that are done with.
        package var taken = 0
        /// Bytes written to the output.
        package var produced = 0

        package init(taken: Int = 0, produced: Int = 0) {
            (self.taken, self.produced) = (taken, produced)
        }
    }

    private enum Place {
        /// Before a member, of which at most one byte is known.
        case between
        case inMember
        /// Behind the last member.
        case behind
    }

    private let coding: Coding
    private var stream = z_stream()
    private var isOpen = false
    private var place = Place.between
    private var members = 0
    /// Bytes that were taken to tell what a member is and that zlib did not get yet.
    private var head: [UInt8] = []
    /// Bytes of the input that were taken in all, and how many before the current member.
    private var position: Int64 = 0
    private var memberStart: Int64 = 0
    /// Why the data cannot be read on, and where; nil while all is well.
    package private(set) var fault: InflateFault?

    package init(_ coding: Coding) {
        self.coding = coding
        isOpen = spandrel_inflate_init(&stream, 15 + 16) == Z_OK
        if !isOpen { fault = InflateFault(reason: "zlib does not start", offset: 0) }
    }

    deinit {
        if isOpen { inflateEnd(&stream) }
    }

    /// Decompresses as much of a piece as the output has room for.
    ///
    /// A step that takes all of the input and fills no output wants more input; one that fills the output is to be
    /// called again with the rest of the input, which may be none.
    package func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Step {
        var step = Step()
        while fault == nil, place != .behind {
            if place == .between {
                while head.count < 2, step.taken < input.count {
                    head.append(input[step.taken])
                    step.taken += 1
                    position += 1
                }
                guard head.count == 2 else { break }
                begin()
                continue
            }
            let room = UnsafeMutableRawBufferPointer(rebasing: output[step.produced...])
            if head.isEmpty {
                let rest = UnsafeRawBufferPointer(rebasing: input[step.taken...])
                let run = run(rest, into: room)
                step.taken += run.taken
                position += Int64(run.taken)
                step.produced += run.produced
                if place == .inMember { break }
            } else {
                let run = head.withUnsafeBytes { self.run($0, into: room) }
                step.produced += run.produced
                head.removeFirst(run.taken)
                if place == .inMember, !head.isEmpty { break }
            }
        }
        if place == .behind { step.taken = input.count }
        return step
    }

    /// Says that no input follows: a member that is not whole is a fault then.
    package func finish() {
        guard fault == nil, place == .inMember || members == 0 else { return }
        fault = InflateFault(reason: "unexpected end of file", offset: position)
    }

    /// Sets zlib up for the member whose first two bytes are known.
    private func begin() {
        let isGzip = head == [0x1F, 0x8B]
        // RFC 1950 §2.2: deflate with a window of at most 32 KiB, and a check of both bytes.
        let isZlib = head[0] & 0x0F == 8 && head[0] >> 4 <= 7 && (Int(head[0]) << 8 | Int(head[1])) % 31 == 0
        let windowBits: Int32
        switch coding {
        case .deflate where members == 0: windowBits = -15
        case _ where isGzip && coding != .deflate: windowBits = 15 + 16
        case _ where members > 0:
            place = .behind
            return
        case .gzip:
            fault = InflateFault(reason: "not in gzip format", offset: 0)
            return
        case .deflate, .http: windowBits = isZlib && coding == .http ? 15 : -15
        }
        inflateReset2(&stream, windowBits)
        place = .inMember
        memberStart = position - 2
    }

    /// Runs zlib once.
    private func run(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Step {
        // zlib counts in 32 bits and does not write to its input.
        let count = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        stream.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = count
        stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = room
        let status = CZlib.inflate(&stream, Z_SYNC_FLUSH)
        stream.next_in = nil
        stream.next_out = nil
        let step = Step(taken: Int(count - stream.avail_in), produced: Int(room - stream.avail_out))
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            members += 1
            place = .between
        default:
            let reason = stream.msg.map { String(cString: $0) } ?? "zlib error \(status)"
            fault = InflateFault(reason: reason, offset: memberStart + Int64(stream.total_in))
        }
        return step
    }
}

/// Why compressed data cannot be read on.
package struct InflateFault: Equatable, Sendable {
    package var reason: String
    /// The byte of the compressed data at which reading stopped.
    package var offset: Int64
}
