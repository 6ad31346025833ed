import TraceModel

/// Reads from the words of an error why an agent was tried again.
enum FailureWords {
    /// The first row with a word that occurs wins.
    private static let table: [(reason: AttemptReason, words: [String])] = [
        (.timeout, ["timeout", "timed out", "timed_out", "deadline"]),
        (.validation, ["validation", "schema", "parse", "decode", "malformed"]),
        (
            .transport,
            [
                "connect", "http", "ratelimit", "rate_limit", "rate limit", "toomanyrequests", "too_many_requests",
                "transport", "network", "socket", "unavailable", "overloaded", "throttl", "econn", "429", "502", "503",
                "504", "gateway",
            ]
        ),
    ]

    static func reason(of text: String) -> AttemptReason {
        let lowered = text.lowercased()
        return table.first { row in row.words.contains { lowered.contains($0) } }?.reason ?? .unknown
    }
}
