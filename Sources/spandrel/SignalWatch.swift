import Dispatch
import Foundation

/// Turns signals that ask the program to end into a call.
final class SignalWatch {
    private var sources: [any DispatchSourceSignal] = []

    init(_ signals: [Int32] = [SIGINT, SIGTERM, SIGHUP], _ action: @escaping @Sendable () -> Void) {
        // A queue of its own is served while all threads of the pool are busy.
        let queue = DispatchQueue(label: "spandrel.signals")
        for number in signals {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                // A second signal ends the program as it would have without the watch.
                signal(number, SIG_DFL)
                action()
            }
            source.resume()
            sources.append(source)
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
