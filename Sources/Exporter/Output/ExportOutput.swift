import Foundation

/// Where the bytes of an export go.
package protocol ExportOutput: AnyObject {
    func write(_ bytes: [UInt8]) throws(ExportError)
    /// Everything is written: the file gets its name.
    func commit() throws(ExportError)
    /// The export failed: nothing of it is left.
    func abandon()
}

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

/// A file that is written whole or not at all.
///
/// It is written under a temporary name beside its own and renamed at the end, so that no half file is ever seen under
/// its name. What is not committed is removed.
package final class NewFile: ExportOutput {
    private let path: String
    private let replaces: Bool
    /// Where the bytes are until the file has its name.
    package let temporaryPath: String
    private var descriptor: Int32

    /// Makes the temporary file; fails at once where a file must not be replaced.
    package init(path: String, replacing: Bool) throws(ExportError) {
        self.path = path
        replaces = replacing
        temporaryPath = path + ".\(ProcessInfo.processInfo.processIdentifier).partial"
        if !replacing, access(path, F_OK) == 0 { throw .fileExists(path: path) }
        // Texts of traces are nobody else's business.
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
    }

    deinit {
        abandon()
    }

    package func write(_ bytes: [UInt8]) throws(ExportError) {
        try DescriptorOutput.write(bytes, to: descriptor, named: path)
    }

    /// The bytes of the file so far.
    var size: Int64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    package func commit() throws(ExportError) {
        guard descriptor >= 0 else { return }
        guard fsync(descriptor) == 0 else { throw .failed(path: path, code: errno) }
        close(descriptor)
        descriptor = -1
        try rename()
    }

    package func abandon() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(temporaryPath)
    }

    /// Gives the temporary file its name.
    private func rename() throws(ExportError) {
        let code = replaces ? replaced() : linked()
        guard code != 0 else { return }
        unlink(temporaryPath)
        if code == EEXIST { throw .fileExists(path: path) }
        throw .failed(path: path, code: code)
    }

    /// Gives the file its name, whatever had it; returns 0 or the `errno`.
    private func replaced() -> Int32 {
        Foundation.rename(temporaryPath, path) == 0 ? 0 : errno
    }

    /// Gives the file its name unless something has it, which a link never replaces; returns 0 or the `errno`.
    private func linked() -> Int32 {
        if link(temporaryPath, path) == 0 {
            unlink(temporaryPath)
            return 0
        }
        let code = errno
        // Some file systems have no links.
        guard code == EPERM || code == ENOTSUP || code == ENOSYS else { return code }
        return access(path, F_OK) == 0 ? EEXIST : replaced()
    }
}
