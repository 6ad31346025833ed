/// Families of texts in which a model loops.
enum LoopingTexts {
    struct Family: Sendable {
        var name: String
        var make: @Sendable (inout TextWriter) -> LoopingText
    }

    static let families: [Family] = [
        Family(name: "three sentences") { w in
            let fragment = w.sentences(3)
            return LoopingText(
                before: w.sentences(w.number(4...20)), period: fragment, repeats: w.number(3...9), cut: w.number(0...40)
            )
        },
        Family(name: "three short sentences, three times") { w in
            let fragment = "I \(w.word()). You \(w.word()) the \(w.noun()). We \(w.word()). "
            return LoopingText(before: w.sentences(6), period: fragment, repeats: 3)
        },
        Family(name: "one sentence") { w in
            LoopingText(before: w.sentences(5), period: w.sentence() + " ", repeats: w.number(4...20))
        },
        Family(name: "paragraph") { w in
            LoopingText(
                before: w.paragraphs(2), period: w.paragraphs(1), repeats: w.number(3...6), cut: w.number(0...99))
        },
        Family(name: "several paragraphs") { w in
            LoopingText(before: w.paragraphs(1), period: w.paragraphs(w.number(4...12)), repeats: 3)
        },
        Family(name: "short sentence") { w in
            let period = "I \(w.word()) the \(w.noun()). "
            return LoopingText(before: w.sentences(3), period: period, repeats: w.number(12...200))
        },
        Family(name: "one word") { w in
            LoopingText(before: w.sentences(3), period: w.noun() + " ", repeats: w.number(80...2000))
        },
        Family(name: "one character") { w in
            LoopingText(before: w.sentences(2), period: w.scalars("aeAZ!h", 1), repeats: w.number(4000...80_000))
        },
        Family(name: "counter") { w in
            let (first, second) = (w.sentences(2), w.sentence())
            let start = w.number(1...20)
            return LoopingText(before: w.sentences(4), repeats: w.number(4...20)) {
                "Attempt \(start + $0): \(first)\(second)\n"
            }
        },
        Family(name: "counter, told twice") { w in
            let fragment = w.sentences(2)
            return LoopingText(before: w.sentences(4), repeats: w.number(4...30)) {
                "Step \($0 + 1) failed. \(fragment)Now I try step \($0 + 2). "
            }
        },
        Family(name: "counter in words") { w in
            let fragment = w.sentences(2)
            let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
            return LoopingText(before: w.sentences(4), repeats: w.number(4...8)) {
                "For the \(words[$0]) time, let me look. \(fragment)"
            }
        },
        Family(name: "numbered list of one item") { w in
            let item = w.sentence()
            return LoopingText(before: "Here is the plan:\n", repeats: w.number(9...40)) { "\($0 + 1). \(item)\n" }
        },
        Family(name: "bullets of one item") { w in
            LoopingText(before: "Things to do:\n", period: "- \(w.sentence())\n", repeats: w.number(8...60))
        },
        Family(name: "code") { w in
            let (a, b) = (w.noun(), w.noun())
            let block = "    if (\(a).isReady()) {\n        \(b).\(w.word())(\(a));\n    }\n"
            return LoopingText(before: "```js\nfunction run() {\n", period: block, repeats: w.number(14...60))
        },
        Family(name: "Chinese") { w in
            let parts = ["我们需要检查日志。", "请稍等一下。", "系统正在处理您的请求。", "结果还没有返回。", "我会再试一次。"]
            let period = (0..<4).map { _ in w.pick(parts) }.joined() + "谢谢您的耐心等待。"
            return LoopingText(before: "您好，很高兴为您服务。", period: period, repeats: w.number(4...12))
        },
        Family(name: "blanks") { w in
            LoopingText(
                before: "{\"answer\": \"\(w.sentence())\"", period: w.pick(["\n", " \n", "\t", "\n  "]),
                repeats: w.number(5000...9000))
        },
        Family(name: "loop, then an end") { w in
            LoopingText(
                before: w.sentences(8), period: w.sentences(3), repeats: w.number(3...8),
                after: "\n\nSorry, I repeated myself. " + w.sentences(8))
        },
        Family(name: "apology") { w in
            let period =
                "I apologize for the confusion. Let me \(w.word()) the \(w.noun()) again. "
                + "The \(w.noun()) is not \(w.pick(["available", "ready", "there"])). "
            return LoopingText(before: w.sentences(2), period: period, repeats: w.number(3...25))
        },
    ]
}
