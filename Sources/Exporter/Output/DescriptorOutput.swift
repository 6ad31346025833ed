import Foundation

/// An open file descriptor, such as standard output; it stays open.
///
/// The process must ignore `SIGPIPE`, so that a closed pipe arrives as `ExportError.closed`.
package final class DescriptorOutput: ExportOutput {
    private let descriptor: Int32

    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    package func write(_ bytes: [UInt8]) throws(ExportError) {
        try Self.write(bytes, to: descriptor, named: "standard output")
    }

    package func commit() {}

    package func abandon() {}

    /// Writes all bytes, after waiting for a slow reader.
    static func write(_ bytes: [UInt8], to descriptor: Int32, named name: String) throws(ExportError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Foundation.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            }
            if count > 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&entry, 1, -1)
            case EPIPE: throw .closed
            case let code: throw .failed(path: name, code: code == 0 ? EIO : code)
            }
        }
    }
}
