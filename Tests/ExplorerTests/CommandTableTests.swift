import Canvas
import Explorer
import Testing

@Suite struct CommandTableTests {
    @Test func noTwoCommandsShareAKeyInAView() {
        for view in View.allCases {
            var owners: [[Key]: String] = [:]
            for command in CommandTable.all where command.works(in: view) {
                for text in command.keys {
                    guard let sequence = Keymap.sequence(text) else {
                        Issue.record("“\(text)” of \(command.name) is no key")
                        continue
                    }
                    #expect(
                        owners[sequence] == nil, "\(text) is \(command.name) and \(owners[sequence] ?? "") in \(view)")
                    owners[sequence] = command.name
                }
            }
            // A key that acts at once cannot also begin a sequence.
            for sequence in owners.keys where sequence.count > 1 {
                #expect(owners[Array(sequence.prefix(1))] == nil)
            }
        }
    }

    @Test func everyCommandHasHelpAndAPlainName() {
        for command in CommandTable.all {
            #expect(!command.help.isEmpty)
            #expect(command.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        }
    }

    @Test func oneNameMeansOneCommandInAView() {
        for view in View.allCases {
            let names = CommandTable.all.filter { $0.works(in: view) }.map(\.name)
            #expect(Set(names).count == names.count)
        }
    }

    @Test func aUsersKeymapReplacesTheKeysOfTheCommandsThatItNames() {
        let (overrides, faults) = Keymap.parse(
            """
            # mine
            next-error = ^E, F3
            nonsense = x
            top = notakey
            just words
            """)
        #expect(faults.map(\.line) == [3, 4, 5])
        let keymap = Keymap(overrides: overrides)
        #expect(keymap.meaning(of: [.control("e")], in: .trace) == .command("next-error"))
        #expect(keymap.meaning(of: [.character("e")], in: .trace) == .nothing)
        #expect(keymap.meaning(of: [.character("g")], in: .trace) == .command("top"))
        #expect(keymap.keys(of: "next-error") == ["^E", "F3"])
    }

    @Test func configurationFaultsAreNamedWithTheirLine() {
        let (configuration, faults) = Configuration.parse(
            "theme = light\nmouse = on\nascii = maybe\n\n# note\ncolour = red\nwords\nambiguous-width = wide\n")
        #expect(configuration.theme == "light")
        #expect(configuration.usesMouse)
        #expect(configuration.usesASCII == nil)
        #expect(configuration.ambiguousIsWide)
        #expect(faults.map(\.line) == [3, 6, 7])
    }
}
