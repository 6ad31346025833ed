import Basics

/// The time and the chance that all incidents share.
struct Stage: Sendable {
    /// When the last of them ends, nanoseconds since the Unix epoch.
    let end: Int64
    let seed: UInt64

    /// Begins a trace some minutes before the end.
    func recorder(
        _ name: String, minutesBefore minutes: Double, service: String, voice: Voice = .openTelemetry,
        session: String? = nil
    ) -> Recorder {
        Recorder(
            name, seed: seed, at: end - Int64(clamped: minutes * 60e9), service: service, voice: voice, session: session
        )
    }
}
