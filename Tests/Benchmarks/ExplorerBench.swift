import Canvas
import Foundation
import TestSupport

/// The built explorer on a pseudo-terminal of 120×40, measured from outside.
struct ExplorerBench {
    private static let size = Size(columns: 120, rows: 40)
    /// A screen on which nothing changes for so long is complete.
    private static let quiet: Int32 = 250

    private let workshop: Workshop

    init(_ workshop: Workshop) {
        self.workshop = workshop
    }

    /// The executable beside this one.
    private var program: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("spandrel")
            .path
    }

    private func open(_ database: String) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(size: ExplorerBench.size)
        try terminal.run(
            [program, database],
            environment: [
                "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": workshop.folder, "PATH": "/usr/bin:/bin",
                "TZ": "UTC",
                "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
            ])
        return terminal
    }

    /// From the start of the process to its first full frame, against a bare `sqlite3` that selects the same rows.
    func start() throws -> [Measurement] {
        let database = try workshop.manyTraces()
        var ours: [Double] = []
        var bare: [Double] = []
        for _ in 0..<15 {
            let begin = Meter.now()
            let terminal = try open(database)
            let (bytes, last) = terminal.readFrame(quietMilliseconds: ExplorerBench.quiet)
            guard let last, bytes.count > 1000 else { throw BenchError.unexpected("the explorer drew nothing") }
            ours.append(last - begin)
            try quit(terminal)
            bare.append(try sqlite(database))
        }
        let (mine, reference) = (median(ours), median(bare))
        let times = String(format: "%.1f ×", mine / reference)
        return [
            Measurement(
                what: "start of the process to the first full frame, \(workshop.options.large) spans",
                bar: "≤ 40 ms, ≤ 3 × a bare sqlite3",
                measured: "\(Meter.milliseconds(mine)), \(times) (\(Meter.milliseconds(reference)))",
                isReached: mine <= 0.04 && mine <= 3 * reference)
        ]
    }

    /// From the key that opens a trace to its first frame.
    func openTrace(_ spans: Int, seconds limit: Double, megabytes: Int64) throws -> [Measurement] {
        let terminal = try open(try workshop.oneTrace(spans))
        _ = terminal.readFrame(quietMilliseconds: ExplorerBench.quiet)
        let begin = Meter.now()
        terminal.send("\r")
        // The frame with rows has their durations under the title of that column.
        let frame = try terminal.wait(for: "total", seconds: 30)
        let first = Meter.now() - begin
        let (rest, last) = terminal.readFrame(quietMilliseconds: 1500)
        let complete = last.map { $0 - begin } ?? first
        let peak = ProcessMeter(pid: terminal.pid).peakResidentBytes ?? .max
        try quit(terminal)
        guard frame.count + rest.count > 500 else { throw BenchError.unexpected("no tree was drawn") }
        let bar = limit < 1 ? "≤ \(Int(limit * 1000)) ms" : "≤ \(limit) s"
        return [
            Measurement(
                what: "open a trace of \(spans) spans to the first frame", bar: "\(bar), ≤ \(megabytes) MB",
                measured: "\(Meter.milliseconds(first)) (all: \(Meter.milliseconds(complete))), \(peak / 1_000_000) MB",
                // The small trace has a bar for its first frame, the large one for all of it.
                isReached: (limit < 1 ? first : complete) <= limit && peak <= megabytes * 1_000_000)
        ]
    }

    /// The processor time of each key in the large trace, and the bytes that it sends.
    func keys() throws -> (cpu: [Measurement], bytes: [Measurement]) {
        let terminal = try open(try workshop.oneTrace(workshop.options.spans))
        _ = terminal.readFrame(quietMilliseconds: ExplorerBench.quiet)
        terminal.send("\r")
        _ = try terminal.wait(for: "total", seconds: 30)
        _ = terminal.readFrame(quietMilliseconds: 1500)
        let meter = ProcessMeter(pid: terminal.pid)
        var cpu: [Double] = []
        func press(_ key: String, _ count: Int) -> [Int] {
            (0..<count).map { _ in
                let before = meter.cpuNanos ?? 0
                terminal.send(key)
                let bytes = terminal.readFrame(quietMilliseconds: 60).bytes.count
                cpu.append(Double((meter.cpuNanos ?? 0) - before) / 1e9)
                return bytes
            }
        }
        let moves = press("j", 60) + press("k", 30)
        // The list scrolls from here on.
        let scrolls = press("j", 40)
        let pages = press("\u{1B}[6~", 30) + press("\u{1B}[5~", 15)
        _ = press("z", 5) + press("0", 1) + press("e", 10) + press("G", 1) + press("g", 1)
        try quit(terminal)
        let sorted = cpu.sorted()
        let p95 = sorted[sorted.count * 95 / 100]
        let move = (moves + scrolls).max() ?? 0
        let page = pages.max() ?? 0
        return (
            [
                Measurement(
                    what: "key to frame in the trace of \(workshop.options.spans) spans, p95 of \(cpu.count) keys",
                    bar: "≤ 8 ms of CPU", measured: Meter.milliseconds(p95), isReached: p95 <= 0.008)
            ],
            [
                Measurement(
                    what: "bytes to the terminal per cursor move at 120×40, at most",
                    bar: "≤ 400", measured: "\(move)", isReached: move <= 400),
                Measurement(
                    what: "bytes per page, at most", bar: "≤ 8 KB", measured: "\(page)", isReached: page <= 8000),
            ]
        )
    }

    /// Wake-ups of the idle program beyond the four a second that it may have.
    func idle() throws -> [Measurement] {
        let terminal = try open(try workshop.manyTraces())
        _ = terminal.readFrame(quietMilliseconds: 1500)
        let meter = ProcessMeter(pid: terminal.pid)
        let (wakes, cpu) = (meter.wakeUps ?? 0, meter.cpuNanos ?? 0)
        let seconds = 20.0
        _ = terminal.readFrame(quietMilliseconds: Int32(seconds * 1000))
        let rate = Double((meter.wakeUps ?? .max) - wakes) / seconds
        let share = Double((meter.cpuNanos ?? 0) - cpu) / 1e9 / seconds
        try quit(terminal)
        return [
            Measurement(
                what: "idle with a static database", bar: "≤ 4 wake-ups a second",
                measured: String(format: "%.1f a second, %.2f %% of a core", rate, share * 100), isReached: rate <= 4)
        ]
    }

    private func quit(_ terminal: PseudoTerminal) throws {
        terminal.send("Q")
        guard terminal.waitForExit() != nil else { throw BenchError.unexpected("the explorer does not quit") }
    }

    /// The seconds of a `sqlite3` process that selects the first page of the list.
    private func sqlite(_ database: String) throws -> Double {
        try Meter.seconds {
            let result = try Command.run(
                ["sqlite3", "-readonly", database, "SELECT * FROM trace ORDER BY start_ns DESC LIMIT 50"],
                environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
            guard result.status == 0 else { throw BenchError.sqlite(result.errors) }
        }
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
