import CNcurses
package import Canvas
import Foundation

/// The terminal: cells go out, keys come in.
///
/// The only user of curses, for use from one thread.
/// Opening takes the screen over; `restore` gives it back, once, on every way out: quit, error, signal. Crashes restore
/// it through `CrashRestoration`.
package final class NcursesTerminal {
    private let screen: OpaquePointer
    private let files: [UnsafeMutablePointer<FILE>]
    private var painter: CellPainter
    private var shown: Canvas?
    private var isRestored = false
    private var isCursorVisible = false
    private var isMouseOn = false
    private var decoder = KeyDecoder()

    /// How many colours the terminal shows: 0, 8, 16, 88, 256, or 16,777,216.
    package var colorCount: Int { painter.palette.count }

    /// Takes the screen over.
    ///
    /// - Parameter usesColor: False draws without any colour, as `NO_COLOR` asks.
    package init(usesColor: Bool) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        guard NcursesTerminal.chooseLocale() else { throw .noLocale }
        let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
        // Curses closes none of these, so they are copies that belong to this object.
        guard !name.isEmpty, let output = fdopen(dup(STDOUT_FILENO), "w"), let input = fdopen(dup(STDIN_FILENO), "r")
        else { throw .unknownTerminal(name: name) }
        CrashRestoration.remember(terminal: STDIN_FILENO)
        guard let screen = newterm(nil, output, input) else {
            fclose(output)
            fclose(input)
            throw .unknownTerminal(name: name)
        }
        self.screen = screen
        files = [output, input]
        set_term(screen)
        raw()
        noecho()
        nonl()
        set_escdelay(25)
        let window = spandrel_window()
        keypad(window, true)
        nodelay(window, true)
        meta(window, true)
        curs_set(0)
        if usesColor, start_color() == OK { use_default_colors() }
        painter = CellPainter(palette: Palette(count: usesColor ? Int(spandrel_color_count()) : 0))
        KeyDecoder.defineSequences()
        write(Sequences.pasteOn)
    }

    deinit { restore() }

    /// True when the locale draws more than ASCII.
    private static func chooseLocale() -> Bool {
        setlocale(LC_ALL, "")
        if isUTF8 { return true }
        // Without a UTF-8 locale non-ASCII cells come out blank; nearly every terminal takes UTF-8 all the same.
        return setlocale(LC_CTYPE, "C.UTF-8") != nil && isUTF8
    }

    private static var isUTF8: Bool {
        nl_langinfo(nl_item(CODESET)).map { String(cString: $0).uppercased().replacing("-", with: "") == "UTF8" }
            ?? false
    }

    /// The size now.
    package var size: Size {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
            return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
        }
        return Size(columns: Int(getmaxx(spandrel_window())), rows: Int(getmaxy(spandrel_window())))
    }

    /// Takes a new size in, after the terminal reported one.
    package func resize() -> Size {
        let size = size
        resizeterm(Int32(size.rows), Int32(size.columns))
        shown = nil
        return size
    }

    /// Shows a canvas; only cells that differ from those on the screen are touched.
    package func draw(_ canvas: Canvas) {
        guard !isRestored else { return }
        let old = shown?.size == canvas.size ? shown : nil
        if old == nil { werase(spandrel_window()) }
        for row in 0..<canvas.size.rows {
            for column in 0..<canvas.size.columns {
                let cell = canvas[column, row]
                if cell.width == 0 || old?[column, row] == cell { continue }
                if old == nil, cell == .blank { continue }
                painter.put(cell, column: column, row: row)
            }
        }
        shown = canvas
        if (canvas.cursor != nil) != isCursorVisible {
            isCursorVisible.toggle()
            curs_set(isCursorVisible ? 1 : 0)
        }
        if let cursor = canvas.cursor { wmove(spandrel_window(), Int32(cursor.row), Int32(cursor.column)) }
        wrefresh(spandrel_window())
    }

    /// Forgets what is on the screen, so that the next canvas is drawn whole.
    package func invalidate() {
        shown = nil
        wclear(spandrel_window())
    }

    /// Everything that was typed since the last call; never waits.
    ///
    /// Returns nil when the terminal is gone.
    package func readKeys() -> [Key]? {
        decoder.read()
    }

    package func setMouse(_ on: Bool) {
        isMouseOn = on
        spandrel_set_mouse(on ? 1 : 0)
    }

    /// Gives the terminal to the shell until the user comes back.
    package func suspend() {
        write(Sequences.pasteOff)
        endwin()
        // The default action of SIGTSTP stops the process here.
        signal(SIGTSTP, SIG_DFL)
        kill(getpid(), SIGTSTP)
        write(Sequences.pasteOn)
        invalidate()
        if isMouseOn { setMouse(true) }
    }

    /// Gives the screen back as it was; further calls do nothing.
    package func restore() {
        guard !isRestored else { return }
        isRestored = true
        if isMouseOn { spandrel_set_mouse(0) }
        curs_set(1)
        write(Sequences.pasteOff)
        endwin()
        delscreen(screen)
        for file in files { fclose(file) }
        CrashRestoration.forget()
    }

    /// Writes control sequences of our own past curses.
    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

/// Control sequences that terminfo has no name for.
enum Sequences {
    static let pasteOn = "\u{1b}[?2004h"
    static let pasteOff = "\u{1b}[?2004l"
}
