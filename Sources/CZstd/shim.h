#ifndef SPANDREL_CZSTD_SHIM_H
#define SPANDREL_CZSTD_SHIM_H
#include <zstd.h>
#endif
