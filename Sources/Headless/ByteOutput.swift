import Foundation
package import TraceQuery

/// Bytes on their way to a file descriptor, gathered into large writes.
///
/// The process must ignore `SIGPIPE`, so that a closed pipe arrives as `OutputError.closed`.
package final class ByteOutput {
    /// Takes bytes; returns how many it took, or the `errno` that stopped it.
    package typealias Sink = (UnsafeRawBufferPointer) -> Result<Int, OutputError>

    private let sink: Sink
    private var pending: [UInt8] = []
    /// How many bytes are gathered before they are written.
    private let capacity: Int

    package init(capacity: Int = 1 << 16, sink: @escaping Sink) {
        self.sink = sink
        self.capacity = capacity
        pending.reserveCapacity(capacity + 4096)
    }

    /// Writes to an open file descriptor, which stays open.
    package convenience init(descriptor: Int32) {
        self.init { bytes in
            while true {
                let count = Foundation.write(descriptor, bytes.baseAddress, bytes.count)
                if count >= 0 { return .success(count) }
                switch errno {
                case EINTR: continue
                case EAGAIN:
                    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&entry, 1, -1)
                case EPIPE: return .failure(.closed)
                case let code: return .failure(.failed(code: code))
                }
            }
        }
    }

    package func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        pending.append(contentsOf: bytes)
        if pending.count >= capacity { try flush() }
    }

    package func write(_ text: String) throws(OutputError) {
        try write(text.utf8)
    }

    /// Writes what is gathered.
    package func flush() throws(OutputError) {
        var written = 0
        defer { pending.removeAll(keepingCapacity: true) }
        while written < pending.count {
            let result = pending.withUnsafeBytes { sink(UnsafeRawBufferPointer(rebasing: $0[written...])) }
            written += try result.get()
        }
    }
}

/// Why bytes could not be written.
package enum OutputError: Error, Equatable, Sendable {
    /// The reader closed its end of the pipe: no fault, there is just nobody left to write for.
    case closed
    /// The system refused the bytes; `code` is its `errno`.
    case failed(code: Int32)
}

extension OutputError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .closed: "the output was closed"
        case .failed(let code): "cannot write: \(String(cString: strerror(code)))"
        }
    }
}

/// Why a command could not write its rows.
package enum HeadlessError: Error, Equatable, Sendable {
    case query(QueryError)
    case output(OutputError)
    /// A made-up clock was asked for where one ran.
    case hasClock
    /// A stream cannot be played without a clock.
    case hasNoClock
}

extension HeadlessError: CustomStringConvertible {
    /// One line for a person.
    package var description: String {
        switch self {
        case .query(let error): error.description
        case .output(let error): error.description
        case .hasClock: "the stream has times of its own; --pace is for streams without"
        case .hasNoClock: "nobody measured the times of this stream; --pace N/s plays it on a made-up clock"
        }
    }
}
