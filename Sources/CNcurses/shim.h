#ifndef SPANDREL_CNCURSES_SHIM_H
#define SPANDREL_CNCURSES_SHIM_H
// Without this the wide-character API stays hidden.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#endif
