import Foundation

/// Runs what blocks on a thread of its own.
///
/// Swift's pool has one thread for each processor: on a machine with one, a task that waits in the kernel keeps every
/// other task waiting.
enum OwnThread {
    /// Runs `body` to its end; the calling task is suspended meanwhile.
    static func run<Value: Sendable>(_ name: String, _ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                Thread.current.name = name
                continuation.resume(returning: body())
            }
            // Screens are drawn with the room that the main thread would have.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }
}
