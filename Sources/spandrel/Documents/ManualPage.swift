/// The manual page in the mdoc language, made from the same definitions as the parser and the help.
struct ManualPage {
    private let tool: ToolDescription

    init(_ tool: ToolDescription) {
        self.tool = tool
    }

    var text: String {
        var lines = [
            ".Dd $Mdocdate$", ".Dt SPANDREL 1", ".Os", ".Sh NAME", ".Nm spandrel",
            ".Nd " + escaped(tool.command.abstract ?? ""), ".Sh SYNOPSIS", ".Nm",
        ]
        let open = tool.command.shownCommands.first { $0.commandName == "open" }
        lines += synopsis(open?.shownArguments ?? [])
        for command in tool.command.shownCommands where command.commandName != "open" {
            lines += [".Nm", ".Ar " + escaped(command.path)] + synopsis(command.shownArguments)
        }
        lines += [".Sh DESCRIPTION", escaped(tool.command.discussion ?? "")]
        lines += [".Sh COMMANDS"]
        for command in tool.command.shownCommands {
            lines += [".Ss " + escaped(command.path), escaped(command.abstract ?? "")]
            if let discussion = command.discussion { lines += [".Pp", escaped(discussion)] }
            lines += options(command.shownArguments)
        }
        lines += [".Sh ENVIRONMENT", ".Bl -tag -width Ds"]
        for variable in EnvironmentVariable.all { lines += [".It Ev " + variable.name, escaped(variable.help)] }
        lines += [".El", ".Sh EXIT STATUS", ".Bl -tag -width Ds"]
        for status in ExitStatus.allCases { lines += [".It \(status.rawValue)", escaped(status.help)] }
        lines += [".El"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func synopsis(_ arguments: [ToolDescription.Argument]) -> [String] {
        arguments.map { argument in
            let repeats = argument.isRepeating ? " ..." : ""
            guard argument.kind != "positional" else {
                return (argument.isOptional ? ".Op Ar " : ".Ar ") + escaped(argument.spelling) + repeats
            }
            let name = (argument.names ?? []).max { $0.text.count < $1.text.count }?.text ?? ""
            return ".Op Fl " + escaped(String(name.dropFirst())) + (argument.value.map { " Ar " + escaped($0) } ?? "")
                + repeats
        }
    }

    private func options(_ arguments: [ToolDescription.Argument]) -> [String] {
        guard !arguments.isEmpty else { return [] }
        var lines = [".Bl -tag -width Ds"]
        for argument in arguments {
            if argument.kind == "positional" {
                lines.append(".It Ar " + escaped(argument.spelling))
            } else {
                let names = (argument.names ?? []).sorted { $0.text.count < $1.text.count }
                let flags = names.map { "Fl " + escaped(String($0.text.dropFirst())) }.joined(separator: " , ")
                lines.append(".It " + flags + (argument.value.map { " Ar " + escaped($0) } ?? ""))
            }
            lines.append(escaped(argument.abstract ?? ""))
        }
        return lines + [".El"]
    }

    /// Text in which nothing is a request of the language.
    private func escaped(_ text: String) -> String {
        let line = text.replacing("\\", with: "\\e").replacing("\n", with: " ").replacing("-", with: "\\-")
        return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
