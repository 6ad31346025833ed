import Dispatch
import Foundation

/// Turns signals that ask the program to end into a call.
final class SignalWatch {
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter calls: how many signals are turned into calls; the next one ends the program as if nobody watched.
    init(calls: Int = 1, _ action: @escaping @Sendable () -> Void) {
        // A queue of its own is served while all threads of the pool are busy.
        let queue = DispatchQueue(label: "spandrel.signals")
        let signals = [SIGINT, SIGTERM, SIGHUP]
        let count = Count()
        for number in signals {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                count.value += 1
                if count.value >= calls { for number in signals { signal(number, SIG_DFL) } }
                action()
            }
            source.resume()
            sources.append(source)
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }

    /// Touched on the queue of the signals only.
    private final class Count: @unchecked Sendable {
        var value = 0
    }
}

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
