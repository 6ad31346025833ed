import FastJSON
import Headless
import Testing
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceTables

@Suite struct AnalysisContractTests {
    @Test(arguments: AnalysisForm.allCases) func csvHasTheKeysOfJSON(form: AnalysisForm) async throws {
        let csv = try await form.written(by: AnalysisFixture.backend, .csv)
        let line = try #require(
            try await form.written(by: AnalysisFixture.backend, .ndjson).split(separator: "\n").first)
        guard case .object(let members) = try JSONValue(parsing: String(line)) else {
            Issue.record("no object")
            return
        }
        #expect(csv.split(separator: "\n").first.map(String.init) == members.map(\.key).joined(separator: ","))
    }

    @Test(arguments: AnalysisForm.allCases) func jsonHoldsTheLinesOfNDJSON(form: AnalysisForm) async throws {
        let lines = try await form.written(by: AnalysisFixture.backend, .ndjson).split(separator: "\n")
        let expected = form == .ledger ? lines[0] + "\n" : "[\n" + lines.joined(separator: ",\n") + "\n]\n"
        #expect(try await form.written(by: AnalysisFixture.backend, .json) == expected)
    }

    @Test(arguments: AnalysisForm.allCases, OutputFormat.allCases)
    func nothingSteersATerminal(form: AnalysisForm, format: OutputFormat) async throws {
        for width in [40, 80, 200] {
            let text = try await form.written(by: AnalysisFixture.backend, format, terminal: width)
            let isSafe = text.unicodeScalars.allSatisfy {
                $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x202E)
            }
            #expect(isSafe, "\(form) \(format) \(width)")
        }
    }

    @Test func theKnownPartsOfAStepSumToItsDuration() async throws {
        let text = try await AnalysisForm.steps.written(by: AnalysisFixture.backend, .ndjson)
        for line in text.split(separator: "\n") {
            guard case .object(let members) = try JSONValue(parsing: String(line)) else {
                Issue.record("no object")
                return
            }
            var (sum, duration): (Int64, Int64) = (0, -1)
            for member in members {
                guard case .int(let nanos) = member.value, member.key.hasSuffix("_ns") else { continue }
                if member.key == "duration_ns" { duration = nanos } else { sum += nanos }
            }
            #expect(sum == duration)
        }
    }

    @Test func runsInACircleAreEachWrittenOnce() async throws {
        var topology = AnalysisFixture.topology
        topology.runs[0].parent = 3
        topology.runs[1].parent = 2
        var backend = AnalysisFixture.backend
        backend.agents = TraceAgents(summary: Fixture.summary, topology: topology)
        let rows = try await AnalysisForm.agents.written(by: backend, .csv).split(separator: "\n").dropFirst()
        #expect(rows.map { $0.prefix { $0 != "," } } == ["worker#1", "lead#1", "worker#1 ·try 2←critic"])
    }

    @Test func aSpanSaysWhoseItIs() async throws {
        var structure = Fixture.structure
        structure.agents = AnalysisFixture.topology
        structure.spans[2].agentRun = 3
        structure.spans[2].step = 2
        var detail = Fixture.detail
        detail.findings = [AnalysisFixture.findings[1]]
        let backend = FakeBackend(structure: structure, detail: detail)
        let page = try await Written.by(backend, .table, terminal: 200) { (reader) async throws(HeadlessError) in
            try await reader.span(trace: "7f3a", span: "b1")
        }
        #expect(page.contains("identity  ~worker#1 ·try 2←critic (ok), attempt proven: verdict ␛[31mno"))
        #expect(page.contains("step      2"))
        #expect(page.contains("finding   joint.empty_result (warning, proven): track_order gave"))
        #expect(page.contains("  result: {\"result\":␊ null}  [00000000000000e1]"))
        let row = try await Written.by(backend, .ndjson) { (reader) async throws(HeadlessError) in
            try await reader.span(trace: "7f3a", span: "b1")
        }
        let end =
            #""agent_label":"worker#1 ·try 2←critic","agent_run":3,"attempt":2,"attempt_reason":"critic","step":2}"#
        #expect(row.hasSuffix(end + "\n"))
    }

    @Test func findingsComeInPages() async throws {
        var next: PageCursor?
        let text = try await Written.by(AnalysisFixture.backend, .csv) { (reader) async throws(HeadlessError) in
            next = try await reader.findings(FindingListRequest(), limit: 1)
        }
        #expect(text.split(separator: "\n").count == 2)
        #expect(next == PageCursor(text: "1"))
    }

    @Test func aLimitHidesNoFindingFromTheVerdict() async throws {
        var isFound: [FindingSeverity: Bool] = [:]
        for severity in FindingSeverity.allCases {
            _ = try await Written.by(AnalysisFixture.backend, .csv) { (reader) async throws(HeadlessError) in
                let request = FindingListRequest(limit: 1, after: PageCursor(text: "9"))
                isFound[severity] = try await reader.hasFindings(request, atLeast: severity)
            }
        }
        #expect(isFound == [.hint: true, .warning: true, .error: false])
    }

    @Test func everyRuleIsListed() throws {
        let written = Written.sink()
        let writer = RowWriter(
            RuleColumns.all, presentation: Presentation(format: .csv), output: written.output)
        try writer.writeAll(FindingRules.all)
        let lines = written.collected.text.split(separator: "\n")
        #expect(lines.first == "rule,title,severity,proves,cannot_tell,limits")
        #expect(lines.count == FindingRules.all.count + 1)
        for rule in FindingRules.all { #expect(lines.contains { $0.hasPrefix(rule.id + ",") }) }
    }
}
