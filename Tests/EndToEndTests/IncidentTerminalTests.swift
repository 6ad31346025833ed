import Canvas
import Foundation
import TestSupport
import Testing

/// Four incidents of the demo, solved on a real terminal with the keys that the manual names.
@Suite(.serialized, .blocking) struct IncidentTerminalTests {
    /// The explorer on the demo's incidents.
    private struct Session {
        let program: Program
        let terminal: TmuxSession

        init() throws {
            program = try Program()
            let database = program.home.path + "/demo.db"
            #expect(try program.run(["demo", "--db", database, "--at", "1795399900000000000"]).code == 0)
            terminal = try TmuxSession(
                "\(Program.path) \(database)", size: Size(columns: 80, rows: 24), environment: program.environment)
            _ = try terminal.wait(for: "? help")
        }

        /// Filters the list, waits for the number of traces that are left, and opens the first.
        func open(_ filter: String, left: Int, older: Int = 0) throws {
            try terminal.send("\\")
            try terminal.type(filter)
            try terminal.send("Enter")
            _ = try terminal.wait(for: " \(left) of ")
            for _ in 0..<older { try terminal.send("j") }
            try terminal.send("Enter")
            // The header is there before the spans are.
            _ = try terminal.wait(for: "▾")
        }

        func press(_ keys: String..., until text: String) throws -> String {
            for key in keys { try terminal.send(key) }
            return try terminal.wait(for: text)
        }

        func end() throws {
            try terminal.send("Q")
            #expect(try terminal.waitForExit() == 0)
        }
    }

    @Test func theNullThatBecameAFact() throws {
        let session = try Session()
        try session.open("finding:joint.empty_result errors=0", left: 2, older: 1)
        _ = try session.press("w", until: "proven: track_order returned nothing and no error")
        let joints = try session.press("4", until: "joint.empty_result proven")
        #expect(joints.contains("{\"order\":\"7731\"}"))
        #expect(joints.contains("{\"result\": null}          empty"))
        #expect(joints.contains("next input"))
        #expect(joints.contains("Your order 7731 arrives"))
        // The page of findings of the span says what the rule cannot tell.
        _ = try session.press("1", "Enter", "7", until: "cannot tell")
        try session.end()
    }

    @Test func keysTypedAheadReachTheListThatWasAskedFor() throws {
        let session = try Session()
        try session.terminal.send("\\")
        try session.terminal.type("finding:joint.empty_result errors=0")
        // Nothing is waited for: the list may still be read when the last key arrives.
        try session.terminal.send("Enter", "j", "Enter")
        let tree = try session.terminal.wait(for: "▾")
        #expect(tree.contains("POST /support/messages"))
        let joints = try session.press("4", until: "joint.empty_result proven")
        #expect(joints.contains("7731"))
        try session.end()
    }

    @Test func whichAgentDidIt() throws {
        let session = try Session()
        try session.open("root:answer_ticket spans=340", left: 1)
        let agents = try session.press("2", until: "attempts 13")
        #expect(agents.contains("try 3 ←critic"))
        let attempt = try session.press("j", "j", "j", "j", "j", "j", "j", "j", "j", until: "10/13")
        #expect(attempt.contains("critic"))
        let difference = try session.press("d", until: "output differs in")
        #expect(difference.contains("prompt: the same"))
        #expect(difference.contains("Both"))
        _ = try session.press("Enter", until: "total 0s")
        // A capture may fall into the drawing, where one screen is half over the other.
        _ = try session.terminal.wait("the tree with the attempt") {
            $0.contains("total 0s") && $0.contains("worker#3 ·try 3←critic")
        }
        try session.end()
    }

    @Test func whereTheSecondsWent() throws {
        let session = try Session()
        try session.open("service:contract-analyst root:agent.run", left: 3)
        let steps = try session.press("3", until: "input assembly")
        for figure in ["780ms", "4.01s", "≤4.40s", "1.80s", "5.10s", "700ms", "1.90s"] {
            #expect(steps.contains(figure), "no \(figure)")
        }
        // The older trace is one fat bar: what nobody recorded is told as that.
        _ = try session.press("q", "q", "j", "Enter", until: "llm.invoke")
        _ = try session.press("w", until: "proven: No span says what 24.5s of the 28.8s of step 1 went into")
        _ = try session.press("3", until: "unattributed 24.5s 85%")
        try session.end()
    }

    @Test func eightCallsShownFortySevenMade() throws {
        let session = try Session()
        try session.open("mark:missing_parent service:market-research", left: 1)
        _ = try session.terminal.wait(for: "8 of ≥47 calls")
        let ledger = try session.press("5", until: "8 of ≥47 calls recorded")
        #expect(ledger.contains("39 missing"))
        _ = try session.press("G", "k", until: "children.expected")
        let tree = try session.press("Enter", until: "total 0s")
        #expect(tree.contains("lead#1"))
        #expect(tree.contains("missing parent"))
        try session.end()
    }
}
