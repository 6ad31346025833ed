import TraceExport

extension CommandTable {
    static let exporting: [Command] = [
        Command(
            "write", "write the file", group: .export, views: [.export], keys: ["Enter"], hint: ("write", 10)
        ) { state, _ in
            Exporting.write(&state)
        },
        Command(
            "next-field", "between what is exported and the format", group: .export, views: [.export],
            keys: ["Tab", "S-Tab"], hint: ("other list", 20)
        ) { state, _ in
            Exporting.nextField(&state)
        },
        Command(
            "path", "the name of the file", group: .export, views: [.export], keys: ["p"], argument: .text("PATH"),
            hint: ("path", 30)
        ) { state, text in
            text.isEmpty ? Prompting.open(&state, .exportPath) : Exporting.setPath(&state, text)
        },
        Command(
            "range", "a range of steps", group: .export, views: [.export], keys: ["s"], argument: .text("A..B")
        ) { state, text in
            text.isEmpty && state.export?.stepsIndex != nil
                ? Prompting.open(&state, .exportSteps) : Exporting.setSteps(&state, text)
        },
        Command(
            "rows", "what a table has a line for: spans, steps or streams", group: .export, views: [.export],
            keys: ["r"]
        ) { state, _ in
            Exporting.nextRows(&state)
        },
        Command(
            "unredacted", "export texts as they are stored, or redact them again", group: .export, views: [.export],
            keys: ["u"], hint: ("unredacted", 40)
        ) { state, _ in
            Exporting.toggleRedaction(&state)
        },
        Command(
            "overwrite", "write over the file that is there: y or n", group: .export, views: [.export],
            argument: .character
        ) { state, answer in
            Exporting.overwrite(&state, answer)
        },
        Command(
            "back", "close the dialog; an export under way goes on", group: .export, views: [.export], keys: ["q"],
            hint: ("close", 80)
        ) { state, _ in
            Navigation.back(&state)
        },
        Command(
            "cancel", "stop the export under way, or close the dialog", group: .export, views: [.export],
            keys: ["Esc"]
        ) { state, _ in
            Exporting.cancel(&state)
        },
    ]
}
