#ifndef SPANDREL_CSQLITE_SHIM_H
#define SPANDREL_CSQLITE_SHIM_H
#include <sqlite3.h>
#endif
