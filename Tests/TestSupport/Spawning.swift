import Foundation

/// Starts programs with signals as a shell leaves them.
///
/// Threads that run tests block most signals, and children inherit that; a server without SIGCHLD never ends.
enum Spawning {
    // Of <spawn.h>, whose flags are not all imported.
    private static let setSignalDefaults: Int16 = 0x04
    private static let setSignalMask: Int16 = 0x08
    private static let setSession: Int16 = 0x80

    /// Starts a program, found by `PATH`; its process id.
    ///
    /// - Parameters:
    ///   - actions: what becomes of its file descriptors.
    ///   - isLeader: it leads a session of its own.
    static func start(
        _ arguments: [String], environment: [String: String], actions: inout posix_spawn_file_actions_t,
        isLeader: Bool = false
    ) throws -> pid_t {
        guard let program = arguments.first else { throw TestFailure("no program to run") }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = setSignalDefaults | setSignalMask | (isLeader ? setSession : 0)
        posix_spawnattr_setflags(&attributes, flags)
        var pid: pid_t = 0
        let code = withStrings(arguments) { argv in
            withStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawnp(&pid, program, &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else { throw TestFailure("cannot run \(program): \(code)") }
        return pid
    }

    /// Calls with strings as C wants them, a null at the end.
    private static func withStrings<R>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(&pointers)
    }
}
