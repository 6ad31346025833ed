import CNcurses
package import Canvas
import Glibc

/// A terminal driven by curses: canvases out, keys in.
///
/// One instance at a time, used by the thread that opened it. `restore()` is the one place where the terminal becomes
/// what it was; it runs on deinit too, and a crash does the same by way of `CrashRestorer`.
package final class NcursesTerminal {
    /// How many colours are shown: 0, 8, 16, 256 or 16,777,216.
    package var colorCount: Int { colorDepth.rawValue }
    /// Only ASCII is sure to look right; canvases had better be drawn so.
    package let suggestsASCII: Bool
    /// The terminal went away: its connection broke, or its window was closed.
    package internal(set) var isHungUp = false

    let colorDepth: ColorDepth
    let options: TerminalOptions
    let screen: OpaquePointer
    let files: [UnsafeMutablePointer<FILE>]
    let modes: TerminalModes
    var curses: CursesOutput
    var styles: StyleCache
    var overlay: WideOverlay
    var decoder: KeyDecoder
    var lastCanvas: Canvas?
    var isCursorVisible: Bool?
    var isRestored = false
    var isMouseOn = false
    var line: [cchar_t] = []
    /// The columns that curses gives to characters beyond ASCII, by code point.
    var measured: [UInt32: Int32] = [:]

    /// Takes the screen of standard input and output.
    ///
    /// - Parameter usesColor: false draws without any colour, as `NO_COLOR` asks.
    package convenience init(usesColor: Bool) throws(TerminalError) {
        try self.init(.environment(usesColor: usesColor))
    }

    /// Takes the screen of a terminal.
    package init(_ options: TerminalOptions) throws(TerminalError) {
        self.options = options
        for descriptor in [options.input, options.output] where isatty(descriptor) == 0 {
            throw .notATerminal(fileDescriptor: descriptor)
        }
        modes = try TerminalModes(of: options.input)
        suggestsASCII = CharacterSet.prepare() == .other
        let type = options.type
        guard !type.isEmpty else { throw .unknownTerminal(name: "") }

        curses = try CursesOutput()
        let files = try Self.streams(input: options.input, output: curses.descriptor)
        // Sizes come from the terminal alone: LINES and COLUMNS are often stale.
        use_env(false)
        use_tioctl(true)
        // Curses installs handlers of its own, whose way out is not ours.
        let handlers = SavedHandlers([SIGINT, SIGTERM, SIGTSTP, SIGWINCH])
        let opened = newterm(type, files[1], files[0])
        handlers.restore()
        guard let opened else {
            for file in files { fclose(file) }
            throw .unknownTerminal(name: type)
        }
        guard spandrel_capability("cup") != nil else {
            endwin()
            delscreen(opened)
            for file in files { fclose(file) }
            throw .incapable(name: type)
        }
        screen = opened
        self.files = files
        let hasColors = options.usesColor && has_colors() && start_color() == OK
        if hasColors { use_default_colors() }
        colorDepth = ColorDepth(
            colors: hasColors ? Int(spandrel_colors()) : 0, isDirect: spandrel_flag("RGB") != 0)
        styles = StyleCache(depth: colorDepth, availablePairs: hasColors ? Int(spandrel_color_pairs()) : 0)
        overlay = WideOverlay(depth: colorDepth)
        decoder = KeyDecoder(sequences: Self.keySequences())
        CrashRestorer.arm(output: options.output, modes: modes.saved, sequence: restoringSequence())
        prepare()
    }

    deinit {
        restore()
        set_term(screen)
        delscreen(screen)
        for file in files { fclose(file) }
    }

    /// The terminal's size now.
    package var size: Size {
        var window = winsize()
        if ioctl(options.output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
        }
        return Size(columns: Int(getmaxx(spandrel_stdscr())), rows: Int(getmaxy(spandrel_stdscr())))
    }

    private func prepare() {
        modes.setRaw()
        // Curses is told of the modes that it cannot see, since it writes to memory.
        nonl()
        typeahead(-1)
        curses.shortenStyles()
        let window = spandrel_stdscr()
        keypad(window, true)
        idlok(window, true)
        leaveok(window, true)
        scrollok(window, false)
        send(Self.pasteOn)
    }

    /// Curses closes what it is given, so it gets duplicates.
    private static func streams(
        input: Int32, output: Int32
    ) throws(TerminalError) -> [UnsafeMutablePointer<FILE>] {
        var files: [UnsafeMutablePointer<FILE>] = []
        for (descriptor, mode) in [(input, "r"), (output, "w")] {
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0, let file = fdopen(copy, mode) else {
                let code = errno
                if copy >= 0 { close(copy) }
                for file in files { fclose(file) }
                throw .system(operation: "fdopen", errno: code)
            }
            files.append(file)
        }
        return files
    }
}
