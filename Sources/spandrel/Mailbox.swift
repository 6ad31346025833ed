import Explorer
import Synchronization

/// What tasks have to say to the loop; posting wakes it.
final class Mailbox: Sendable {
    private let messages = Mutex<[AppMessage]>([])
    private let wake: @Sendable () -> Void

    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    func post(_ message: AppMessage) {
        messages.withLock { $0.append(message) }
        wake()
    }

    func drain() -> [AppMessage] {
        messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}

/// The last known version of the data.
final class VersionWatch: Sendable {
    private let version = Mutex<Int64?>(nil)

    /// Takes a version in; true when it differs from the one before.
    func advance(to new: Int64) -> Bool {
        version.withLock { known in
            defer { known = new }
            return known != nil && known != new
        }
    }
}
