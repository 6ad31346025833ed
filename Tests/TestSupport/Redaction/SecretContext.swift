/// A text that a secret stands in.
struct SecretContext: Sendable {
    var name: String
    var wrap: @Sendable (inout TextWriter, SecretText) -> SecretText

    /// Around whole texts, such as lines of configuration.
    static let outer: [SecretContext] = [
        SecretContext(name: "alone") { _, text in text },
        SecretContext(name: "lines of prose") { w, text in text.within(w.sentence() + "\n", "\n" + w.sentence()) },
        SecretContext(name: "JSON") { w, text in
            text.mapped { TextWriter.json($0) }.within(
                "{\"role\":\"user\",\"content\":\"\(w.sentence())\\n", "\\n\(w.sentence())\"}")
        },
        SecretContext(name: "JSON in JSON") { w, text in
            text.mapped { TextWriter.json(TextWriter.json($0)) }.within(
                #"{"arguments":"{\"path\":\"a.txt\",\"text\":\""#, #"\"}","id":"call_\#(w.alphanumeric(24))"}"#)
        },
        SecretContext(name: "JSON of tool arguments") { w, text in
            text.mapped { TextWriter.json($0) }.within(#"{"command": ""#, #"", "timeout": \#(w.number(1...600))}"#)
        },
        SecretContext(name: "JSON with escaped slashes") { w, text in
            text.mapped { TextWriter.json($0, slashes: true) }.within(#"{"output": ""#, #"", "ok": true}"#)
        },
        SecretContext(name: "JSON three deep") { w, text in
            text.mapped { TextWriter.json(TextWriter.json(TextWriter.json($0))) }.within(
                #"{"a":"{\"b\":\"{\\\"c\\\":\\\""#, #"\\\"}\"}"}"#)
        },
        SecretContext(name: "Markdown") { w, text in text.within("\(w.sentence())\n```\n", "\n```\n") },
        SecretContext(name: "log") { w, text in
            text.within("\(w.time()) INFO \(w.noun()) ", " (\(w.number(2...900)) ms)")
        },
    ]

    /// Around secrets that are known by themselves.
    static let inner: [SecretContext] = [
        SecretContext(name: "prose") { w, text in text.within("Please use ", " to open the \(w.noun()).") },
        SecretContext(name: "end of a sentence") { w, text in text.within("\(w.sentence()) It is ", ". \(w.sentence())")
        },
        SecretContext(name: "parentheses") { w, text in text.within("the \(w.noun()) (", ") of today") },
        SecretContext(name: "YAML") { w, text in text.within("\(w.noun()):\n  \(w.noun()): ", "\n  port: 80\n") },
        SecretContext(name: "shell") { w, text in text.within("export \(w.noun().uppercased())_ID=", " && make run") },
        SecretContext(name: "header") { w, text in text.within("X-\(w.capitalNoun())-Id: ", "\r\nAccept: */*\r\n") },
        SecretContext(name: "code") { w, text in text.within("\(w.noun()) = Client('", "', timeout=30)  # \(w.noun())")
        },
        SecretContext(name: "stack trace") { w, text in
            text.within(
                "Traceback (most recent call last):\n  File \"/app/\(w.noun()).py\", line \(w.number(1...400)), in run\n"
                    + "ValueError: cannot use ", ": it was refused")
        },
        SecretContext(name: "Markdown code") { w, text in text.within("\(w.sentence()) `", "` \(w.sentence())") },
        SecretContext(name: "XML") { w, text in text.within("<\(w.noun())>", "</\(w.noun())>") },
        SecretContext(name: "CSV") { w, text in text.within("\(w.digits(4)),\(w.noun()),", ",\(w.time())\n") },
        SecretContext(name: "list in JSON") { w, text in
            text.mapped { TextWriter.json($0) }.within(#"{"\#(w.noun())": [""#, #"", "\#(w.noun())"]}"#)
        },
        SecretContext(name: "colours of a terminal") { _, text in text.within("\u{1B}[32m", "\u{1B}[0m") },
        SecretContext(name: "text outside ASCII") { _, text in text.within("鍵は「", "」です。") },
    ]
}
