import Foundation
import Testing

@Suite struct DatabaseAddressTests {
    @Test func anAddressAndAPathNameTheSameDatabase() throws {
        let program = try Program()
        #expect(try program.run(["demo", "--at", "1795000000000000000", "--db", "sqlite:own.db"]).code == 0)
        #expect(FileManager.default.fileExists(atPath: program.home.path + "/own.db"))
        let byPath = try program.run(["traces", "--db", "own.db"])
        let byAddress = try program.run(["traces", "--db", "sqlite:own.db"])
        #expect(byPath.code == 0 && !byPath.output.isEmpty)
        #expect(byAddress.output == byPath.output && byAddress.code == 0)
        #expect(try program.run(["SQLITE:own.db"]).output == byPath.output)
        #expect(try program.shell("SPANDREL_DB=sqlite:own.db spandrel traces").output == byPath.output)
    }

    @Test(arguments: [
        ("clickhouse://host/traces", "'clickhouse' is no kind of database; known are a path, sqlite:PATH"),
        ("sqlite:", "PATH is missing"),
    ])
    func otherAddressesAreRefused(address: String, words: String) throws {
        let program = try Program()
        for arguments in [["traces"], ["import", "-"], ["purge", "--older-than", "1d"]] {
            let outcome = try program.run(arguments + ["--db", address])
            #expect(outcome.code == 64)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: program.home.path).allSatisfy { !$0.contains(".db") })
    }

    @Test func aColonInAPathIsNoScheme() throws {
        let program = try Program()
        for path in ["./run:1.db", "1:2.db", "x:1.db"] {
            #expect(try program.run(["demo", "--at", "1795000000000000000", "--db", path]).code == 0)
            #expect(FileManager.default.fileExists(atPath: program.home.path + "/" + path))
        }
    }
}
