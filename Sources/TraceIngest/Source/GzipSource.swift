import Glibc

/// The decompressed bytes of a gzip stream, by way of the program `gzip`.
///
/// One loop over `poll` feeds the program and takes its output, so that a long stream needs neither threads nor
/// temporary files, and the bytes consumed are known at any time.
final class GzipSource: ByteSource {
    private let upstream: any ByteSource
    private var process: pid_t = -1
    private var input: Int32 = -1
    private var output: Int32 = -1
    private var messages: Int32 = -1
    private var pending: [UInt8] = []
    private var pendingPosition = 0
    private var messageText: [UInt8] = []
    private(set) var failure: SourceFailure?

    private static let pieceSize = 64 << 10

    init(_ upstream: any ByteSource) {
        self.upstream = upstream
        start()
    }

    deinit { close() }

    var bytesConsumed: Int64 { upstream.bytesConsumed }

    func reopened() -> (any ByteSource)? {
        upstream.reopened().map { GzipSource($0) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard let start = buffer.baseAddress, !buffer.isEmpty else { return 0 }
        while output >= 0 {
            var polls = [
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: messages, events: Int16(POLLIN), revents: 0),
                pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
            ]
            if poll(&polls, nfds_t(polls.count), -1) < 0 {
                if errno == EINTR { continue }
                failure = .io(SystemError.text(errno))
                close()
                return 0
            }
            if polls[1].revents != 0 { takeMessages() }
            if polls[0].revents != 0 {
                let count = Glibc.read(output, start, buffer.count)
                if count > 0 { return count }
                if count < 0 && errno == EINTR { continue }
                finish()
                return 0
            }
            if polls[2].revents != 0 { feed() }
        }
        return 0
    }

    func close() {
        for descriptor in [input, output, messages] where descriptor >= 0 { _ = Glibc.close(descriptor) }
        input = -1
        output = -1
        messages = -1
        if process > 0 {
            kill(process, SIGTERM)
            _ = reap()
        }
        upstream.close()
    }

    /// Starts the program, with sockets for its streams.
    ///
    /// A pipe to a program that ended early would raise SIGPIPE here; a socket gives an error instead.
    private func start() {
        var sockets: [Int32] = [-1, -1]
        var out: [Int32] = [-1, -1]
        var err: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &sockets) == 0, socketpair(AF_UNIX, type, 0, &out) == 0,
            socketpair(AF_UNIX, type, 0, &err) == 0
        else {
            failure = .noDecompressor(SystemError.text(errno))
            for descriptor in sockets + out + err where descriptor >= 0 { _ = Glibc.close(descriptor) }
            return
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, sockets[1], 0)
        posix_spawn_file_actions_adddup2(&actions, out[1], 1)
        posix_spawn_file_actions_adddup2(&actions, err[1], 2)
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("gzip"), strdup("-dc"), nil]
        defer { for argument in arguments { free(argument) } }
        let status = posix_spawnp(&process, "gzip", &actions, nil, &arguments, environ)
        for descriptor in [sockets[1], out[1], err[1]] { _ = Glibc.close(descriptor) }
        input = sockets[0]
        output = out[0]
        messages = err[0]
        if status != 0 {
            process = -1
            failure = .noDecompressor("the program gzip does not start: \(SystemError.text(status))")
            close()
        }
    }

    /// Hands the program as much as it takes without waiting.
    private func feed() {
        if pendingPosition == pending.count {
            pending = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
                count = upstream.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            pendingPosition = 0
            if pending.isEmpty {
                closeInput()
                return
            }
        }
        let sent = pending.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[pendingPosition...])
            return send(input, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        if sent >= 0 {
            pendingPosition += sent
        } else if errno != EAGAIN && errno != EINTR {
            closeInput()
        }
    }

    private func closeInput() {
        if input >= 0 { _ = Glibc.close(input) }
        input = -1
    }

    private func takeMessages() {
        var piece = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(messages, &piece, piece.count)
        if count > 0 {
            if messageText.count < 4096 { messageText += piece.prefix(count) }
        } else if !(count < 0 && errno == EINTR) {
            _ = Glibc.close(messages)
            messages = -1
        }
    }

    /// Judges the outcome once the output has ended.
    private func finish() {
        closeInput()
        while messages >= 0 { takeMessages() }
        _ = Glibc.close(output)
        output = -1
        let status = reap()
        if let below = upstream.failure {
            failure = below
        } else if status != 0 && status != 2 {
            // 2 is a warning only, such as zeros behind the end.
            failure = .corrupt(reason)
        }
    }

    private var reason: String {
        let text = String(decoding: messageText, as: UTF8.self)
        let lines = text.split(separator: "\n").map { line in
            line.hasPrefix("gzip: ") ? line.dropFirst(6) : line
        }
        let words = lines.map { $0.hasPrefix("stdin: ") ? $0.dropFirst(7) : $0 }.first { !$0.isEmpty }
        return words.map(String.init) ?? "gzip failed"
    }

    /// Waits for the program to end and returns its exit status, -1 for a signal.
    private func reap() -> Int32 {
        guard process > 0 else { return 0 }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        process = -1
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    }
}
