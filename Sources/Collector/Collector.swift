import AsyncHTTPClient
import Hummingbird
import NIOCore

/// Placeholder of the room; the recording proxy replaces it.
enum CollectorRoom {}
