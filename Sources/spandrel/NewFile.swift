import Foundation

/// Writes files whole or not at all.
enum NewFile {
    /// Writes under a temporary name beside the file and renames it, so that no half file is ever seen.
    static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Failure) {
        let temporary = path + ".\(ProcessInfo.processInfo.processIdentifier).partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard descriptor >= 0 else { throw failure("cannot write \(path)") }
        var isWritten = true
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    isWritten = false
                    return
                }
                done += count
            }
        }
        isWritten = isWritten && fsync(descriptor) == 0
        let fault = isWritten ? nil : failure("cannot write \(path)")
        close(descriptor)
        guard fault == nil else {
            unlink(temporary)
            throw fault ?? .other(.inputOutput, "cannot write \(path)")
        }
        let code = replacing ? renamed(temporary, path) : linked(temporary, path)
        guard code == 0 else {
            unlink(temporary)
            if code == EEXIST { throw .other(.usage, "\(path) is there already; --force replaces it") }
            throw .other(.inputOutput, "cannot write \(path): \(String(cString: strerror(code)))")
        }
    }

    /// Gives the file its name, whatever had it; returns 0 or the `errno`.
    private static func renamed(_ temporary: String, _ path: String) -> Int32 {
        rename(temporary, path) == 0 ? 0 : errno
    }

    /// Gives the file its name unless something has it, which a link never replaces; returns 0 or the `errno`.
    private static func linked(_ temporary: String, _ path: String) -> Int32 {
        if link(temporary, path) == 0 {
            unlink(temporary)
            return 0
        }
        let code = errno
        // Some file systems have no links.
        guard code == EPERM || code == ENOTSUP || code == ENOSYS else { return code }
        return access(path, F_OK) == 0 ? EEXIST : renamed(temporary, path)
    }

    private static func failure(_ what: String) -> Failure {
        .other(.inputOutput, "\(what): \(String(cString: strerror(errno)))")
    }
}
