import Basics
import Crypto
import Foundation
import Glibc

/// The key of the hashes in placeholders.
package struct RedactionKey: Sendable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// `bytes` of any length; 32 random ones are meant.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

/// Why the key of the hashes cannot be had.
package enum RedactionKeyError: Error, Equatable, Sendable {
    /// Other accounts may read or write it; `mode` holds the permission bits.
    case notPrivate(path: String, mode: UInt32)
    /// It is no regular file: a folder, a pipe, a device.
    case notAFile(path: String)
    /// It does not hold 64 hexadecimal digits.
    case malformed(path: String, reason: String)
    /// The system refused; `reason` is in its words.
    case system(path: String, action: String, reason: String)
}

extension RedactionKeyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notPrivate(let path, let mode):
            "\(path): others may read the redaction key (mode \(String(mode, radix: 8))): chmod 600 it"
        case .notAFile(let path):
            "\(path): the redaction key is no regular file"
        case .malformed(let path, let reason):
            "\(path): no redaction key: \(reason)"
        case .system(let path, let action, let reason):
            "\(path): cannot \(action) the redaction key: \(reason)"
        }
    }
}

extension RedactionKey {
    /// Tells keys apart without telling them: the first digits of SHA-256.
    package var fingerprint: String { KeyedHash.digits(SHA256.hash(data: bytes)) }

    /// Reads the key in a file, which is made with a random key where it is absent.
    ///
    /// The file holds 64 hexadecimal digits and is readable by its owner only; one that others can read is refused. Of
    /// two processes that make it at once one makes it and both have the same key.
    package static func load(path: String) throws(RedactionKeyError) -> RedactionKey {
        for _ in 0..<2 {
            if let key = try read(path) { return key }
            try create(path)
        }
        guard let key = try read(path) else {
            throw .system(path: path, action: "read", reason: "it vanished")
        }
        return key
    }

    // MARK: Reading

    /// Nil where there is no file.
    private static func read(_ path: String) throws(RedactionKeyError) -> RedactionKey? {
        // Without waiting: a pipe in its place would block.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw fault(path, "read")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw fault(path, "read") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        guard status.st_mode & 0o077 == 0 else { throw .notPrivate(path: path, mode: UInt32(status.st_mode & 0o7777)) }
        var text = [UInt8](repeating: 0, count: 2 * byteCount + 16)
        var count = 0
        while count < text.count {
            let room = text.count - count
            let got = text.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress.map { $0 + count }, room) }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw fault(path, "read") }
            if got == 0 { break }
            count += got
        }
        return RedactionKey(bytes: try bytes(text[..<count], path))
    }

    private static func bytes(_ text: ArraySlice<UInt8>, _ path: String) throws(RedactionKeyError) -> [UInt8] {
        let end = text.lastIndex { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }.map { $0 + 1 } ?? text.startIndex
        let digits = text[..<end]
        var bytes: [UInt8] = []
        var high: UInt8?
        for (place, digit) in digits.enumerated() {
            guard let value = Hex.digit(digit) else {
                throw .malformed(path: path, reason: "byte \(place + 1) is no hexadecimal digit")
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard digits.count == 2 * byteCount else {
            let count = digits.count > 2 * byteCount ? "more" : "\(digits.count)"
            throw .malformed(path: path, reason: "\(2 * byteCount) hexadecimal digits belong there, it has \(count)")
        }
        return bytes
    }

    // MARK: Making

    /// Writes a random key under another name and links it into place, so that no reader ever sees half a key.
    ///
    /// Where the file has come to be meanwhile, that one stays.
    private static func create(_ path: String) throws(RedactionKeyError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        if !folder.isEmpty {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw .system(path: path, action: "make the folder of", reason: error.localizedDescription)
            }
        }
        var generator = SystemRandomNumberGenerator()
        let digits = (0..<2 * byteCount).map { _ in
            Hex.digits[Int.random(in: 0..<16, using: &generator)]
        }
        let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max, using: &generator)).new"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw fault(path, "make") }
        defer { unlink(draft) }
        let text = digits + [0x0A]
        let isWritten = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == text.count
        let reason = errno
        guard isWritten, fsync(file) == 0 else {
            close(file)
            throw .system(path: path, action: "write", reason: String(cString: strerror(reason)))
        }
        close(file)
        guard link(draft, path) == 0 || errno == EEXIST else { throw fault(path, "make") }
    }

    private static func fault(_ path: String, _ action: String) -> RedactionKeyError {
        .system(path: path, action: action, reason: String(cString: strerror(errno)))
    }
}
