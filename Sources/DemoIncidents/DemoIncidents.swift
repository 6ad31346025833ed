/// Traces of agents in trouble, and of many that are well: made up, yet as real producers write them.
package enum DemoIncidents {
    /// Builds the traces of the day before a time, in nanoseconds since the Unix epoch.
    ///
    /// The same time and seed give the same traces, ids included.
    package static func build(endingAt end: Int64, seed: UInt64 = 1) -> DemoData {
        let stage = Stage(end: end, seed: seed)
        return DemoData(
            TicketRun.record(stage) + LoopingStream.record(stage) + StreamTrouble.record(stage)
                + NullResult.record(stage) + FatBar.record(stage)
                + SampledAway.record(stage) + WrongVersion.record(stage) + ToolLoop.record(stage)
                + ProviderTrouble.record(stage) + LeakedSecrets.record(stage) + SkewedClocks.record(stage)
                + HostileText.record(stage) + BrokenTrees.record(stage)
                + LargePayload.record(stage) + EveryKind.record(stage) + HealthyTraffic.record(stage))
    }
}
