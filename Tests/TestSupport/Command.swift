import Foundation

/// A program run to its end.
///
/// Foundation's `Process` cannot run one that leaves a server behind: the server inherits the socket by which
/// `Process` waits for the end.
package enum Command {
    package struct Result: Sendable {
        /// The exit status; nil if a signal ended the program.
        package let status: Int32?
        package let output: String
        package let errors: String
    }

    /// Runs a program, found by `PATH`, with standard input empty.
    @discardableResult
    package static func run(_ arguments: [String], environment: [String: String]) throws -> Result {
        let pipes = try (0..<2).map { _ in try makePipe() }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[0].write, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].write, 2)
        defer { for pipe in pipes { close(pipe.read) } }
        let pid: pid_t
        do {
            defer { for pipe in pipes { close(pipe.write) } }
            pid = try Spawning.start(arguments, environment: environment, actions: &actions)
        }
        let texts = readToEnd(pipes.map(\.read))
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return Result(status: status & 0x7F == 0 ? status >> 8 & 0xFF : nil, output: texts[0], errors: texts[1])
    }

    private static func makePipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw TestFailure("pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Reads several descriptors at once, so that none fills up while another is read.
    private static func readToEnd(_ descriptors: [Int32]) -> [String] {
        var bytes: [[UInt8]] = descriptors.map { _ in [] }
        var ready = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 65536)
        while ready.contains(where: { $0.fd >= 0 }) {
            if poll(&ready, nfds_t(ready.count), -1) < 0, errno != EINTR { break }
            for index in ready.indices where ready[index].fd >= 0 && ready[index].revents != 0 {
                let count = read(ready[index].fd, &buffer, buffer.count)
                if count > 0 { bytes[index] += buffer[..<count] } else { ready[index].fd = -1 }
            }
        }
        return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
}
