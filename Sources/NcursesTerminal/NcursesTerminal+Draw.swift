import CNcurses
package import Canvas
import Glibc

extension NcursesTerminal {
    /// Shows a canvas; only what differs from the last one is sent.
    ///
    /// A canvas of another size than the terminal's is cut or leaves blanks. Cells whose width curses sees otherwise
    /// than the canvas does would shift the rest of their row: characters of ambiguous width are written past curses,
    /// see `WideOverlay`, others become `?`.
    package func draw(_ canvas: Canvas) {
        guard !isRestored, !isHungUp else { return }
        set_term(screen)
        followSize()
        let window = spandrel_stdscr()
        let columns = min(canvas.size.columns, Int(getmaxx(window)))
        let rows = min(canvas.size.rows, Int(getmaxy(window)))
        guard columns > 0, rows > 0 else { return }
        if let last = lastCanvas, last.size != canvas.size {
            lastCanvas = nil
            werase(window)
        }
        let isOverlaid = canvas.metrics.ambiguousIsWide
        // What lies over curses' blanks would not move with them.
        idlok(window, !isOverlaid)
        var changedRows: [Int] = []
        for row in 0..<rows {
            guard let changed = changedColumns(of: canvas, row: row, columns: columns) else { continue }
            put(canvas, row: row, columns: changed)
            changedRows.append(row)
        }
        show(canvas.cursor, window)
        if lastCanvas == nil { overlay.clear() }
        lastCanvas = canvas
        wnoutrefresh(window)
        doupdate()
        send(isOverlaid || !overlay.isEmpty ? overlaid(canvas, rows: changedRows, columns: columns) : "")
    }

    /// What writes the characters for which curses got blanks.
    private func overlaid(_ canvas: Canvas, rows: [Int], columns: Int) -> String {
        var sequence = ""
        for row in rows {
            sequence += overlay.sequence(for: canvas, row: row, columns: columns) {
                isWideUnknownToCurses($0.text, width: Int32($0.width))
            }
        }
        return sequence
    }

    private func isWideUnknownToCurses(_ text: String, width: Int32) -> Bool {
        guard width == 2, let first = text.unicodeScalars.first, first.value >= 0x80 else { return false }
        return columns(of: wchar_t(first.value)) == 1
    }

    /// Forgets what the terminal shows, so that the next canvas is sent whole.
    package func invalidate() {
        lastCanvas = nil
        clearok(spandrel_curscr(), true)
    }

    /// Takes a new size in, after the terminal reported one or the process was stopped; returns it.
    package func resize() -> Size {
        guard !isRestored else { return size }
        set_term(screen)
        // While the process stood, a shell may have set the modes as it likes them.
        modes.setRaw()
        followSize()
        freeScrollRegion()
        invalidate()
        return size
    }

    /// Lets the whole screen scroll.
    ///
    /// Curses confines it to the size that the terminal's description states, and leaves it so when it learns the real
    /// one; lines that it then inserts would push others out in the middle of the screen.
    private func freeScrollRegion() {
        guard let region = spandrel_scroll_region(0, getmaxy(spandrel_stdscr()) - 1) else { return }
        send(String(cString: region))
    }

    /// Tells curses of a new size before it draws on the old one.
    private func followSize() {
        let size = size
        guard is_term_resized(Int32(size.rows), Int32(size.columns)) else { return }
        resizeterm(Int32(size.rows), Int32(size.columns))
        werase(spandrel_stdscr())
        freeScrollRegion()
        // The cursor may have moved with the region.
        invalidate()
    }

    /// The columns of a row from the first that changed to the last, whole characters; nil if none did.
    private func changedColumns(of canvas: Canvas, row: Int, columns: Int) -> Range<Int>? {
        let start = row * canvas.size.columns
        guard let last = lastCanvas else { return 0..<columns }
        return canvas.cells.withUnsafeBufferPointer { new in
            last.cells.withUnsafeBufferPointer { old in
                // The same bits are the same cells; this is what most rows are.
                guard let fresh = new.baseAddress, let stale = old.baseAddress else { return nil }
                let stride = MemoryLayout<Cell>.stride
                if memcmp(fresh + start, stale + start, columns * stride) == 0 { return nil }
                var first = 0
                while first < columns, new[start + first] == old[start + first] { first += 1 }
                guard first < columns else { return nil }
                var end = columns
                while end > first, new[start + end - 1] == old[start + end - 1] { end -= 1 }
                // The style that a blank gets depends on the words around it.
                while end < columns, new[start + end].text == " " { end += 1 }
                while first > 0, new[start + first - 1].text == " " { first -= 1 }
                if first > 0, new[start + first].width == 0 { first -= 1 }
                if end < columns, new[start + end - 1].width == 2 { end += 1 }
                return first..<end
            }
        }
    }

    private func put(_ canvas: Canvas, row: Int, columns: Range<Int>) {
        line.removeAll(keepingCapacity: true)
        let start = row * canvas.size.columns
        let isOverlaid = canvas.metrics.ambiguousIsWide
        let chosen = RowStyles.chosen(canvas.cells[start..<start + canvas.size.columns])
        var style = chosen[columns.lowerBound]
        var entry = styles.entry(style)
        for column in columns {
            let cell = canvas.cells[start + column]
            // The right half of a wide character comes with the left one.
            if cell.width == 0 { continue }
            if chosen[column] != style {
                style = chosen[column]
                entry = styles.entry(style)
            }
            let isWhole = cell.width == 1 || column + 1 < columns.upperBound
            let isDrawn = isWhole && !(isOverlaid && isWideUnknownToCurses(cell.text, width: Int32(cell.width)))
            append(isDrawn ? cell.text : " ", width: isWhole ? Int32(cell.width) : 1, entry)
        }
        _ = line.withUnsafeBufferPointer { cells in
            mvwadd_wchnstr(
                spandrel_stdscr(), Int32(row), Int32(columns.lowerBound), cells.baseAddress, Int32(cells.count))
        }
    }

    private func append(_ text: String, width: Int32, _ entry: StyleCache.Entry) {
        var cell = cchar_t()
        var scalars: (wchar_t, wchar_t, wchar_t, wchar_t, wchar_t, wchar_t) = (0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &scalars) { raw in
            let scalars = raw.bindMemory(to: wchar_t.self)
            var count = 0
            for scalar in text.unicodeScalars where count < 5 {
                scalars[count] = wchar_t(scalar.value)
                count += 1
            }
            if count == 0 || scalars[0] >= 0x80 && columns(of: scalars[0]) != width {
                scalars[0] = count == 0 ? 0x20 : 0x3F
                scalars[1] = 0
            }
            _ = spandrel_set_cell(&cell, scalars.baseAddress, entry.attributes, entry.pair)
            line.append(cell)
            if scalars[0] < 0x80, width == 2 {
                scalars[0] = 0x20
                _ = spandrel_set_cell(&cell, scalars.baseAddress, entry.attributes, entry.pair)
                line.append(cell)
            }
        }
    }

    /// The columns that curses gives to a character, found by writing it on a window that is never shown.
    private func columns(of character: wchar_t) -> Int32 {
        let key = UInt32(bitPattern: character)
        if let known = measured[key] { return known }
        guard let pad = newpad(1, 8) else { return 1 }
        defer { delwin(pad) }
        var cell = cchar_t()
        let text: [wchar_t] = [character, 0]
        _ = spandrel_set_cell(&cell, text, 0, 0)
        let columns = wadd_wch(pad, &cell) == OK ? getcurx(pad) : 0
        if measured.count >= 65536 { measured.removeAll() }
        measured[key] = columns
        return columns
    }

    private func show(_ cursor: (column: Int, row: Int)?, _ window: UnsafeMutablePointer<WINDOW>?) {
        let isVisible = cursor != nil
        if isVisible != isCursorVisible {
            leaveok(window, !isVisible)
            curs_set(isVisible ? 1 : 0)
            isCursorVisible = isVisible
        }
        if let cursor {
            let column = min(max(0, cursor.column), Int(getmaxx(window)) - 1)
            let row = min(max(0, cursor.row), Int(getmaxy(window)) - 1)
            wmove(window, Int32(row), Int32(column))
        }
    }
}
