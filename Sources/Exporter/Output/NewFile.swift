import Foundation

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
