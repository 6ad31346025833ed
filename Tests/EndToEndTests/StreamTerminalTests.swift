import Canvas
import Foundation
import TestSupport
import Testing

/// The stream view under a real terminal.
@Suite(.blocking) struct StreamTerminalTests {
    @Test func aSpanWithoutChunksSaysSoAndTheTreeStays() throws {
        let program = try Program()
        let database = program.home.path + "/demo.db"
        #expect(try program.run(["demo", "--db", database, "--at", "1795399900000000000"]).code == 0)
        let terminal = try TmuxSession(
            "\(Program.path) \(database) --filter root:answer_ticket", size: Size(columns: 100, rows: 30),
            environment: program.environment)
        _ = try terminal.wait(for: "? help")
        try terminal.send("Enter")
        _ = try terminal.wait(for: "total")
        // The root of the trace is no model call.
        try terminal.send("g", "p")
        let screen = try terminal.wait(for: "has no stream: no chunks of its response are stored")
        #expect(screen.contains("total"))
        try terminal.send("Space")
        _ = try terminal.wait(for: "1 tagged")
        try terminal.send("d")
        _ = try terminal.wait(for: "comparing takes two tagged spans (now 1)")
        try terminal.send("Q")
        #expect(try terminal.waitForExit() == 0)
    }
}
