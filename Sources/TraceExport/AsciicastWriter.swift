import TraceModel

/// Placeholder of the room.
enum AsciicastRoom {}
