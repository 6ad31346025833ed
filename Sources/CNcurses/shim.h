#ifndef SPANDREL_CNCURSES_SHIM_H
#define SPANDREL_CNCURSES_SHIM_H
// Without this the wide-character API stays hidden.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>
// Swift's own Glibc module leaves this out, since GNU declares it on request only.
int memfd_create(const char *name, unsigned int flags);

// Globals of curses are mutable C variables, which Swift 6 refuses to read; hence functions.
static inline WINDOW *spandrel_stdscr(void) { return stdscr; }
static inline WINDOW *spandrel_curscr(void) { return curscr; }
static inline int spandrel_colors(void) { return COLORS; }
static inline int spandrel_color_pairs(void) { return COLOR_PAIRS; }

// Attributes are macros with casts, which are not imported.
static inline attr_t spandrel_attribute_bold(void) { return A_BOLD; }
static inline attr_t spandrel_attribute_dim(void) { return A_DIM; }
static inline attr_t spandrel_attribute_italic(void) { return A_ITALIC; }
static inline attr_t spandrel_attribute_underline(void) { return A_UNDERLINE; }
static inline attr_t spandrel_attribute_reverse(void) { return A_REVERSE; }

// tigetstr tells "not a string" by the pointer -1, which Swift cannot compare; it takes a mutable name in old headers.
static inline const char *spandrel_capability(const char *name) {
  const char *value = tigetstr((NCURSES_CONST char *)name);
  return value == (const char *)-1 ? 0 : value;
}
// tiparm is variadic.
static inline const char *spandrel_scroll_region(int top, int bottom) {
  const char *region = spandrel_capability("csr");
  return region ? tiparm(region, top, bottom) : 0;
}
static inline int spandrel_flag(const char *name) { return tigetflag((NCURSES_CONST char *)name) > 0; }

static inline int spandrel_number(const char *name) { return tigetnum((NCURSES_CONST char *)name); }

// Passes the pair as an int, since a short cannot name more than 32767.
static inline int spandrel_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, (short)0, &pair);
}
#endif
