import Glibc

/// The bytes of a file, a pipe or standard input.
final class FileSource: ByteSource {
    private var descriptor: Int32
    private let ownsDescriptor: Bool
    /// The path of a regular file; pipes cannot be read twice.
    private let path: String?
    private(set) var failure: SourceFailure?
    private(set) var bytesConsumed: Int64 = 0

    /// Opens a file for reading; throws `IngestError.cannotOpen`.
    init(path: String) throws(IngestError) {
        let opened = Glibc.open(FileName.bytes(of: path), O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard opened >= 0 else { throw .cannotOpen(path: path, reason: SystemError.text(errno)) }
        descriptor = opened
        ownsDescriptor = true
        var status = stat()
        let isRegular = fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        self.path = isRegular ? path : nil
    }

    /// Reads an open descriptor, which stays the caller's.
    init(borrowing descriptor: Int32) {
        self.descriptor = descriptor
        ownsDescriptor = false
        path = nil
    }

    deinit { close() }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard descriptor >= 0, let start = buffer.baseAddress else { return 0 }
        while true {
            let count = Glibc.read(descriptor, start, buffer.count)
            if count >= 0 {
                bytesConsumed += Int64(count)
                return count
            }
            if errno == EINTR { continue }
            failure = .io(SystemError.text(errno))
            return 0
        }
    }

    func skip(_ count: Int64) -> Bool {
        guard path != nil else { return drop(count) }
        var status = stat()
        let place = lseek(descriptor, 0, SEEK_CUR)
        guard place >= 0, fstat(descriptor, &status) == 0, count >= 0, count <= Int64(status.st_size) - Int64(place),
            lseek(descriptor, off_t(count), SEEK_CUR) >= 0
        else { return false }
        bytesConsumed += count
        return true
    }

    func reopened() -> (any ByteSource)? {
        guard let path else { return nil }
        return try? FileSource(path: path)
    }

    func close() {
        if ownsDescriptor && descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }
}
