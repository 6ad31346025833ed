#ifndef SPANDREL_CZLIB_SHIM_H
#define SPANDREL_CZLIB_SHIM_H
#include <zlib.h>

// A macro in the header, which is not imported.
static inline int spandrel_inflate_init(z_stream *stream, int window_bits) { return inflateInit2(stream, window_bits); }
#endif
