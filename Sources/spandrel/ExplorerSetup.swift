import Basics
import Canvas
import Explorer
import Foundation

/// How the explorer starts.
struct ExplorerOptions: Sendable {
    /// The text of the first filter, already known to be valid.
    var filter: String?
    /// The id of a trace to open first, or the beginning of it.
    var trace: String?
    /// Commands of the `:` prompt to run first, in order.
    var commands: [String]
    var theme: String?
    var ascii: Bool
    /// Nil leaves the mouse to the configuration.
    var mouse: Bool?
    var readOnly: Bool
}

/// What the explorer begins with: options of the command line over the user's files over the defaults.
struct ExplorerSetup {
    let start: StartOptions
    let usesColor: Bool
    private let metrics: TextMetrics
    private let themes: [Theme]
    private let themeName: String?
    private let keymap: Keymap
    private let usesMouse: Bool
    /// What was wrong in the user's files, for the first notice.
    private let complaints: [String]

    init(_ options: ExplorerOptions) {
        let environment = ProcessInfo.processInfo.environment
        let folder = URL(fileURLWithPath: DatabasePath.configuration(environment))
        var complaints: [String] = []
        func complain(_ file: String, _ faults: [LineFault]) {
            complaints += faults.map { "\(file):\($0.line): \($0.message)" }
        }
        let (configuration, configurationFaults) = Configuration.parse(ExplorerSetup.text(folder, "config"))
        complain("config", configurationFaults)
        let (overrides, keyFaults) = Keymap.parse(ExplorerSetup.text(folder, "keymap"))
        complain("keymap", keyFaults)
        keymap = overrides.isEmpty ? .standard : Keymap(overrides: overrides)

        let usesASCII = options.ascii || configuration.usesASCII ?? false
        metrics = TextMetrics(ambiguousIsWide: configuration.ambiguousIsWide, asciiOnly: usesASCII)
        usesMouse = options.mouse ?? configuration.usesMouse
        let noColor = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        usesColor = !noColor
        let (userThemes, themeComplaints) = ExplorerSetup.userThemes(folder)
        complaints += themeComplaints
        themes =
            userThemes
            + Theme.names.filter { name in !userThemes.contains { $0.name == name } }.compactMap { Theme.named($0) }
        themeName = options.theme ?? configuration.theme
        if let themeName, !themes.contains(where: { $0.name == themeName }) {
            let known = themes.map(\.name).joined(separator: ", ")
            complaints.append("no theme is called “\(themeName)”; there are \(known)")
        }
        self.complaints = complaints
        start = StartOptions(
            filter: options.filter ?? "", traceIDPrefix: options.trace, commands: options.commands)
    }

    /// The state before the first message.
    func state(size: Size, colorCount: Int, databaseName: String) -> AppState {
        let wanted = themeName.flatMap { name in themes.first { $0.name == name } }
        let fitting = colorCount == 0 ? "mono" : colorCount <= 16 ? "system16" : "dark"
        let theme = colorCount == 0 ? wanted?.withoutColor() ?? Theme.named("mono") : wanted ?? Theme.named(fitting)
        var state = AppState(
            size: size, metrics: metrics, theme: theme ?? Theme.fallback, themes: themes, keymap: keymap,
            nowUnixNano: Int64(clamped: Date().timeIntervalSince1970 * 1e9), timeZone: .current,
            databaseName: databaseName)
        state.isMouseOn = usesMouse
        if let first = complaints.first {
            let more = complaints.count > 1 ? " (and \(complaints.count - 1) more)" : ""
            state.notice = .error(first + more)
        }
        return state
    }

    private static func text(_ folder: URL, _ name: String) -> String {
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }

    /// The themes in the folder `themes` of the configuration; bad lines are reported and ignored.
    private static func userThemes(_ folder: URL) -> ([Theme], [String]) {
        let folder = folder.appendingPathComponent("themes")
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        var themes: [Theme] = []
        var complaints: [String] = []
        for file in files where file.hasSuffix(".theme") {
            let (theme, faults) = ThemeParser.parse(text(folder, file), name: String(file.dropLast(6)))
            themes.append(theme)
            complaints += faults.map { "themes/\(file):\($0.line): \($0.message)" }
        }
        return (themes, complaints)
    }
}
