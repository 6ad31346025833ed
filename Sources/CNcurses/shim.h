#ifndef SPANDREL_CNCURSES_SHIM_H
#define SPANDREL_CNCURSES_SHIM_H

// Without this the wide-character API stays hidden.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
#include <wchar.h>

// Swift 6 refuses C globals as shared mutable state; the explorer's one terminal thread reads them through these.
static inline WINDOW *spandrel_window(void) { return stdscr; }
static inline int spandrel_color_count(void) { return has_colors() ? COLORS : 0; }
static inline int spandrel_pair_count(void) { return COLOR_PAIRS; }

// The attribute constants are macros with casts, which Swift does not import.
static inline attr_t spandrel_bold(void) { return A_BOLD; }
static inline attr_t spandrel_dim(void) { return A_DIM; }
static inline attr_t spandrel_italic(void) { return A_ITALIC; }
static inline attr_t spandrel_underline(void) { return A_UNDERLINE; }
static inline attr_t spandrel_reverse(void) { return A_REVERSE; }

// One cell at a place. `cchar_t` differs between builds of ncurses, so it never reaches Swift; the pair goes through
// the last argument since the short one ends at 32,767.
static inline int spandrel_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
    cchar_t cell;
    if (setcchar(&cell, text, attributes, (short)(pair > 32767 ? 0 : pair), &pair) == ERR) return ERR;
    return mvwadd_wch(stdscr, row, column, &cell);
}

// `get_wch` is a macro over `stdscr`.
static inline int spandrel_read(wint_t *key) { return wget_wch(stdscr, key); }

// Mouse masks and button states are macros with shifts.
static inline void spandrel_set_mouse(int on) {
    mousemask(on ? (BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED) : 0, NULL);
    mouseinterval(0);
}
// 0 none, 1 left button, 4 wheel up, 5 wheel down.
static inline int spandrel_mouse(int *column, int *row) {
    MEVENT event;
    if (getmouse(&event) != OK) return 0;
    *column = event.x;
    *row = event.y;
    if (event.bstate & BUTTON1_PRESSED) return 1;
    if (event.bstate & BUTTON4_PRESSED) return 4;
    if (event.bstate & BUTTON5_PRESSED) return 5;
    return 0;
}

#endif
