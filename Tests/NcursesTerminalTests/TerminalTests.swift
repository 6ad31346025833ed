import TestSupport
import Testing

/// Curses has one screen at a time, and signal handlers belong to the whole process: one test after the other.
@Suite(.serialized, .blocking) struct TerminalTests {}
