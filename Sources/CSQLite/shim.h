#ifndef SPANDREL_CSQLITE_SHIM_H
#define SPANDREL_CSQLITE_SHIM_H
#include <sqlite3.h>

/* Swift cannot call functions with a variable number of arguments. */
static inline int spandrel_configure(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}
#endif
