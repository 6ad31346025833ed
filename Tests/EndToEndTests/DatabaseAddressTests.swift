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
        ("sqlite:", "PATH is missing"), ("", "name of the database is empty"),
        (":memory:", "a database in memory would be gone"), ("sqlite::memory:", "a database in memory would be gone"),
        ("file::memory:?cache=shared", "'file' is no kind of database"),
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

    @Test(arguments: ["/dev/null", "/dev/zero", "pipe"])
    func whatIsNoRegularFileIsRefused(path: String) throws {
        let program = try Program()
        #expect(mkfifo(program.home.path + "/pipe", 0o600) == 0)
        for (arguments, code) in [(["traces"], 66), (["import", "-"], 74)] {
            let outcome = try program.run(arguments + ["--db", path])
            #expect(outcome.code == code)
            #expect(outcome.errors.contains("\(path): not a regular file"), "\(outcome.errors)")
        }
    }

    @Test func theDatabaseCanBeNamedWithoutASubcommand() throws {
        let program = try Program()
        #expect(try program.run(["demo", "--at", "1795000000000000000", "--db", "own.db"]).code == 0)
        let listed = try program.run(["traces", "--db", "own.db"])
        #expect(try program.run(["--db", "own.db"]).output == listed.output && !listed.output.isEmpty)
        #expect(try program.run(["--db=sqlite:own.db", "--filter", "status:error"]).code == 0)
        let behind = try program.run(["--db", "own.db", "stats"])
        #expect(behind.code == 64 && behind.errors.contains("spandrel stats --db own.db"), "\(behind.errors)")
    }

    @Test func aColonInAPathIsNoScheme() throws {
        let program = try Program()
        for path in ["./run:1.db", "1:2.db", "x:1.db"] {
            #expect(try program.run(["demo", "--at", "1795000000000000000", "--db", path]).code == 0)
            #expect(FileManager.default.fileExists(atPath: program.home.path + "/" + path))
        }
    }
}
