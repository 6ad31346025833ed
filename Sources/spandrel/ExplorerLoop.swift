import Basics
import Canvas
import Explorer
import Foundation
import NcursesTerminal
import Synchronization
import Tables
import TraceQuery

/// The loop of the explorer: wait, fold messages into the state, draw once.
///
/// A thread of its own has terminal and state, and waits in the kernel. Requests run as tasks on Swift's pool: they fetch,
/// derive what screens need of the answer, and post it into the mailbox, which ends the waiting. Nothing polls, but for a
/// heartbeat that reads the clock and asks whether the database changed.
final class ExplorerLoop {
    /// Why the loop ended.
    enum Ending: Sendable {
        case quit
        case signal(Int32)
        /// The terminal is gone.
        case hangUp
    }

    /// How long a screen waits for its data before it says that it reads, so that nothing flickers.
    private static let patience = Duration.milliseconds(100)
    /// Each beat wakes several threads; two seconds keep an idle explorer below four wake-ups a second.
    private static let heartbeat = Duration.seconds(2)

    private let backend: any TraceBackend
    private let terminal: NcursesTerminal
    private let waiter: TerminalWaiter
    private let mailbox: Mailbox
    private let exports: ExplorerExports
    private var state: AppState
    private var tasks: [RequestID: Task<Void, Never>] = [:]
    private var ending: Ending?
    private var needsDrawing = true
    private let clock = ContinuousClock()
    private var lastBeat: ContinuousClock.Instant
    /// Since when the view on top waits for data.
    private var waitingSince: ContinuousClock.Instant?

    init(backend: any TraceBackend, terminal: NcursesTerminal, waiter: TerminalWaiter, state: AppState) {
        self.backend = backend
        self.terminal = terminal
        self.waiter = waiter
        self.state = state
        mailbox = Mailbox(wake: { waiter.wake() })
        exports = ExplorerExports(backend: backend, mailbox: mailbox)
        lastBeat = clock.now
    }

    /// Runs until the user, a signal or the end of the terminal ends it.
    func run(start: StartOptions) -> Ending {
        watchDatabase()
        handle(.start(start))
        while ending == nil {
            passTime()
            for message in mailbox.drain() { handle(message) }
            drawIfDue()
            guard ending == nil else { break }
            let wakeup = waiter.wait(milliseconds: timeout())
            if let number = wakeup.endingSignal {
                ending = .signal(number)
                break
            }
            if wakeup.isHungUp {
                ending = .hangUp
                break
            }
            if wakeup.isStopRequested { perform(.suspend) }
            if wakeup.isResized {
                handle(.resized(terminal.resize()))
            }
            passTime()
            let keys = wakeup.hasInput ? terminal.readKeys() ?? [] : terminal.overdueKeys()
            for key in keys where ending == nil { handle(.key(key)) }
            if clock.now - lastBeat >= ExplorerLoop.heartbeat { beat() }
        }
        for task in tasks.values { task.cancel() }
        exports.end()
        return ending ?? .quit
    }

    /// Folds a message in and does what follows from it.
    private func handle(_ message: AppMessage) {
        switch message {
        case .loaded(let id, _), .failed(let id, _): tasks[id] = nil
        default: break
        }
        for effect in update(&state, message) { perform(effect) }
        needsDrawing = true
    }

    private func perform(_ effect: Effect) {
        switch effect {
        case .run(let id, let request): run(id, request.base)
        case .derive(let id): derive(id)
        case .cancel(let id): tasks.removeValue(forKey: id)?.cancel()
        case .copy(let text): handle(copied(terminal.copy(text)))
        case .estimateExport(let order): exports.estimate(order)
        case .export(let order): exports.write(order)
        case .cancelExport: exports.cancel()
        case .setMouse(let on): terminal.setMouse(on)
        case .redraw: terminal.invalidate()
        case .suspend:
            terminal.suspend()
            handle(.resized(terminal.resize()))
        case .quit: ending = .quit
        }
    }

    private func run(_ id: RequestID, _ request: any TraceRequest) {
        let backend = backend
        let mailbox = mailbox
        let preparation = state.preparation(for: id)
        tasks[id] = Task {
            do throws(QueryError) {
                let result = try await backend.run(request)
                guard !Task.isCancelled else { return }
                mailbox.post(.loaded(id, preparation(result)))
            } catch {
                mailbox.post(.failed(id, error))
            }
        }
    }

    private func derive(_ id: RequestID) {
        let mailbox = mailbox
        guard let derivation = state.derivation(for: id) else { return }
        tasks[id] = Task { mailbox.post(.loaded(id, derivation())) }
    }

    private func copied(_ result: ClipboardResult) -> AppMessage {
        switch result {
        case .sent(let bytes, let escaped, let throughTmux):
            let size = Figures.bytes(Int64(bytes))
            let remark = escaped == 0 ? "" : "; \(Counted.text(escaped, "hidden character")) written as ⟨U+…⟩"
            return .notice(
                .information(
                    throughTmux
                        ? "sent \(size) to the clipboard through tmux (needs: set -g allow-passthrough on)\(remark)"
                        : "sent \(size) to the terminal's clipboard, if it takes OSC 52\(remark)"))
        case .tooLarge(let bytes, let limit):
            return .notice(
                .error(
                    "\(Figures.bytes(Int64(bytes))) are too much for a terminal's clipboard "
                        + "(\(Figures.bytes(Int64(limit))) at most)"))
        }
    }

    // MARK: - Time

    private func timeout() -> Int {
        var next = lastBeat + ExplorerLoop.heartbeat
        if let waitingSince { next = min(next, waitingSince + ExplorerLoop.patience) }
        let left = max(0, Int(clamped: (next - clock.now) / .milliseconds(1)) + 1)
        guard let due = Playing.nextDeadline(state) else { return left }
        // Rounded up, so that the frame is due when the waiting ends.
        return min(left, Int(max(0, (due - Clocks.monotonicNanos() + 999_999) / 1_000_000)))
    }

    /// Tells a stream in sight what time it is; only a frame that differs is drawn.
    private func passTime() {
        guard state.view == .stream else { return }
        let before = state.stream
        let draws = needsDrawing
        handle(.frame(Clocks.monotonicNanos()))
        needsDrawing = draws || Playing.hasChanged(from: before, to: state.stream)
    }

    private func beat() {
        lastBeat = clock.now
        let minute = state.nowUnixNano / 60_000_000_000
        let now = Int64(clamped: Date().timeIntervalSince1970 * 1e9)
        let draws = needsDrawing
        handle(.tick(now))
        // Only the minute is shown: most beats change nothing on the screen.
        needsDrawing = draws || now / 60_000_000_000 != minute
        watchDatabase()
    }

    private func drawIfDue() {
        guard needsDrawing else { return }
        if Screens.isWaiting(state) {
            let since = waitingSince ?? clock.now
            waitingSince = since
            if clock.now - since < ExplorerLoop.patience { return }
        }
        waitingSince = nil
        terminal.draw(Screens.render(state))
        needsDrawing = false
    }

    // MARK: - Changes of the database

    private let versions = VersionWatch()

    /// Asks for the version of the data; a change becomes a message.
    private func watchDatabase() {
        guard backend.capabilities.noticesChanges else { return }
        let backend = backend
        let mailbox = mailbox
        let versions = versions
        Task {
            guard let version = try? await backend.dataVersion() else { return }
            if versions.advance(to: version) { mailbox.post(.dataChanged) }
        }
    }
}

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
