import Foundation
import TestSupport
import Testing

/// Four incidents of the demo, solved with commands by somebody who knows only what the user told.
@Suite(.blocking) struct IncidentStoryTests {
    private let program: Program

    init() throws {
        program = try Program()
        let outcome = try program.run(["demo", "--at", "1795000000000000000", "--db", program.home.path + "/demo.db"])
        #expect(outcome.code == 0)
    }

    /// The standard output of a command on the demo, which must succeed.
    private func output(_ arguments: [String], code: Int32 = 0) throws -> String {
        let outcome = try program.run(arguments + ["--db", program.home.path + "/demo.db"])
        #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
        return outcome.output
    }

    private func rows(_ arguments: [String]) throws -> [[String: Any]] {
        try output(arguments + ["--format", "ndjson"]).split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    /// The ids of the traces that a filter keeps, newest first.
    private func traces(_ filter: String) throws -> [String] {
        try rows(["traces", "--filter", filter]).compactMap { $0["trace_id"] as? String }
    }

    @Test func theNullThatBecameAFact() throws {
        let suspects = try rows(["findings", "--filter", "finding:joint.empty_result errors=0"])
        let trace = try #require(try traces("session:conv-7731-a").first)
        #expect(suspects.contains { $0["trace_id"] as? String == trace })

        let findings = try rows(["findings", trace, "--severity", "warning"])
        #expect(findings.compactMap { $0["rule"] as? String } == ["joint.empty_result"])
        #expect(findings.first?["certainty"] as? String == "proven")
        let claims = try rows(["findings", trace]).filter { $0["rule"] as? String == "joint.null_then_claimed" }
        #expect(claims.allSatisfy { $0["certainty"] as? String == "inferred" })
        #expect(try !output(["trace", trace]).contains("\"status\":\"error\""))

        let joint = try #require(try rows(["joints", trace]).first)
        let hops = try #require(joint["hops"] as? [[String: Any]])
        let returned = try #require(hops.first { $0["stage"] as? String == "returned" })
        #expect(returned["content"] as? String == "empty")
        #expect(returned["preview"] as? String == #"{"result": null}"#)
        let delivered = try #require(hops.first { $0["stage"] as? String == "delivered" })
        #expect(["equal", "equivalent"].contains(delivered["comparison"] as? String))
    }

    @Test func whichAgentDidIt() throws {
        let trace = try #require(try traces("root:answer_ticket spans=340").first)
        let retries = try rows(["agents", trace]).filter {
            $0["name"] as? String == "worker" && $0["attempt"] as? Int == 3
        }
        let culprit = try #require(retries.first)
        #expect(retries.count == 1)
        #expect(culprit["attempt_reason"] as? String == "critic")
        let label = try #require(culprit["agent"] as? String)
        #expect(label.hasPrefix("worker#") && label.hasSuffix(" ·try 3←critic"))
        #expect(try rows(["trace", trace]).contains { $0["agent_label"] as? String == label })
        #expect(try rows(["models"]).contains { $0["flip"] as? Bool == true })
        // One filter finds the second retry after the critic's objection, among all traces of the database.
        let filter = "agent:worker attempt:3 reason:critic kind:agent"
        #expect(try traces(filter) == [trace])
        let found = try rows(["trace", trace, "--filter", filter])
        #expect(found.map { $0["span_id"] as? String } == [culprit["span_id"] as? String])
    }

    @Test func whereTheThirtySecondsWent() throws {
        for trace in try traces("service:contract-analyst") {
            let steps = try rows(["steps", trace])
            #expect(!steps.isEmpty)
            for step in steps {
                let parts = step.filter { $0.key.hasSuffix("_ns") && $0.key != "duration_ns" }
                #expect(parts.count == 10)
                #expect(parts.values.compactMap { $0 as? Int }.reduce(0, +) == step["duration_ns"] as? Int)
            }
        }
        let bars = try rows(["findings", "--filter", "finding:latency.unattributed service:contract-analyst"])
        #expect(Set(bars.compactMap { $0["trace_id"] as? String }).count >= 2)
        let table = try output(["steps", "--filter", "service:contract-analyst", "--format", "table"])
        #expect(table.contains("do not add up"))
    }

    @Test func eightCallsShownFortySevenMade() throws {
        let trace = try #require(try traces("mark:missing_parent service:market-research").first)
        let ledger = try output(["ledger", trace, "--format", "table"])
        #expect(ledger.hasPrefix("8 of at least 47 calls recorded; 39 missing\n"))
        #expect(try rows(["ledger", trace]).first?["missing"] as? Int == 39)
    }

    @Test func aTestOfTracesFailsByItsExitCode() throws {
        let fault = try output(["findings", "--severity", "error", "--fail-on", "error"], code: 3)
        #expect(fault.contains("\"severity\":\"error\""))
        let trace = try #require(try traces("session:conv-7702-a").first)
        _ = try output(["findings", trace, "--fail-on", "error"])
    }
}
