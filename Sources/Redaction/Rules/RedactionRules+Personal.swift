extension RedactionRules {
    /// What tells who a person is; looked for on request.
    static let personal: [RedactionRule] = [
        RedactionRule(
            "EMAIL", .personal, "E-mail address", literals: ["@"],
            pattern: "[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,6}[A-Za-z]{2,24}", lookback: 64,
            boundary: .word, check: .mailbox),
        RedactionRule(
            "CARD", .personal, "Number of a payment card", literals: [],
            pattern: "(?:(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2}|6011|64[4-9]\\d|65\\d{2}|35[2-8]\\d|62\\d{2})"
                + "(?:[ -]?\\d{4}){3}(?:[ -]?\\d{1,3})?|4\\d{12}|3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5}"
                + "|3(?:0[0-5]|6\\d|8\\d|9\\d)\\d[ -]?\\d{6}[ -]?\\d{4})",
            boundary: .number, check: .luhn),
        RedactionRule(
            "IBAN", .personal, "Number of a bank account", literals: [], pattern: iban, boundary: .word, check: .iban),
        RedactionRule(
            "PHONE", .personal, "Telephone number with its country", literals: ["+"],
            pattern: "\\+[1-9]\\d{0,2}(?:[ .-]?\\(0?\\d{0,4}\\))?(?:[ ./-]?\\d{1,5}){2,7}", boundary: .number,
            check: .phone),
        RedactionRule(
            "PHONE", .personal, "Telephone number in a national form", literals: [],
            pattern: "(?:\\([2-9]\\d{2}\\) ?[2-9]\\d{2}-\\d{4}|[2-9]\\d{2}-[2-9]\\d{2}-\\d{4}"
                + "|[2-9]\\d{2}\\.[2-9]\\d{2}\\.\\d{4}|0[1-9](?: \\d{2}){4}|0[1-9](?:\\.\\d{2}){4}|0\\d{4} \\d{6}"
                + "|020 \\d{4} \\d{4}|0\\d{3} \\d{3} \\d{4}|0[1-9]\\d{1,3}/\\d{5,8})",
            boundary: .number, check: .phone),
        RedactionRule(
            "PHONE", .personal, "Telephone number, known by the word beside it",
            literals: ["phone", "mobile", "tel:", "tel.", "telefon", "handy", "fax"], ignoresCase: true,
            prefix: "(?:phone(?:[ _-]?(?:number|no))?|mobile(?:[ _-]?(?:number|phone))?|tel[:.]|telefon|handy|fax)"
                + "(?:\(RulePart.separator)|\\.?:? ?(?:is )?)",
            pattern: "\\(?\\d{2,5}\\)?(?:[ ./-]{0,2}\\d{2,8}){1,6}", boundary: .number, check: .phone),
    ]

    /// Accounts of each country in their length, in groups of four or in one piece.
    private static let iban: String = {
        let byLength = Dictionary(
            grouping: ibanLengths.flatMap { length, countries in
                countries.split(separator: " ").map { (length, String($0)) }
            }, by: \.0)
        let alternatives = byLength.keys.sorted().map { length in
            let countries = (byLength[length] ?? []).map(\.1).joined(separator: "|")
            let groups = String(repeating: " ?[A-Z0-9]{4}", count: (length - 4) / 4)
            let rest = (length - 4) % 4
            return "(?:\(countries))\\d{2}\(groups)" + (rest > 0 ? " ?[A-Z0-9]{\(rest)}" : "")
        }
        return "(?:\(alternatives.joined(separator: "|")))"
    }()

    /// Countries by the length of their numbers.
    ///
    /// Source: SWIFT, "IBAN registry", release 97.
    private static let ibanLengths: [(Int, String)] = [
        (15, "NO"), (16, "BE"), (18, "DK FI FO GL NL SD"), (19, "MK SI"), (20, "AT BA EE KZ LT LU MN XK"),
        (21, "CH HR LI LV"), (22, "BG BH CR DE GB GE IE ME RS VA"), (23, "AE GI IL IQ OM SO TL"),
        (24, "AD CZ ES MD PK RO SA SE SK TN VG"), (25, "LY PT ST"), (26, "IS TR"), (27, "BI DJ FR GR IT MC MR SM"),
        (28, "AL AZ BY CY DO GT HU LB NI PL SV"), (29, "BR EG PS QA UA"), (30, "JO KW MU"), (31, "MT SC"),
        (32, "LC"), (33, "RU"),
    ]
}
