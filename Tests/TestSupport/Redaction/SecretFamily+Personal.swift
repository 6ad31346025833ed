extension SecretFamily {
    /// What tells who a person is.
    static let personalData: [SecretFamily] = [
        .personal("EMAIL") { w in
            let name = w.pick([
                "\(w.noun()).\(w.noun())", w.noun() + w.digits(2), "\(w.noun())+\(w.noun())", w.noun(),
                w.scalars("abcdefghij", 1) + "_" + w.noun(), "O.\(w.capitalNoun())",
            ])
            return name + "@" + w.pick(["mail.", "", "eu."]) + w.noun()
                + w.pick([".com", ".org", ".de", ".co.uk", ".io"])
        },
        .personal("PHONE") { w in
            w.pick([
                "+49 30 \(w.figure(7))", "+1 (\(area(&w))) \(area(&w))-\(w.digits(4))",
                "+44 20 \(w.figure(4)) \(w.digits(4))",
                "+33 6 12 \(w.digits(2)) \(w.digits(2)) \(w.digits(2))", "+1\(area(&w))\(area(&w))\(w.digits(4))",
                "+49-171-\(w.figure(7))", "+81 3-\(w.figure(4))-\(w.digits(4))",
            ])
        },
        .personal("PHONE") { w in
            w.pick([
                "(\(area(&w))) \(area(&w))-\(w.digits(4))", "\(area(&w))-\(area(&w))-\(w.digits(4))",
                "01 \(w.digits(2)) \(w.digits(2)) \(w.digits(2)) \(w.digits(2))", "07700 9\(w.digits(5))",
                "020 7\(w.digits(3)) \(w.digits(4))",
            ])
        },
        SecretFamily(label: "PHONE", group: "personal", isFree: false) { w in
            SecretText(
                w.pick(["Phone: ", "Tel.: ", "mobile: ", "Telefon: ", "\"phone\": \""]),
                w.pick(["030 \(w.figure(7))", "0171 \(w.figure(7))", "\(area(&w)) \(area(&w)) \(w.digits(4))"]),
                w.pick(["\"", "\n", ", "]))
        },
        .personal("IBAN") { account(&$0) },
        .personal("CARD") { card(&$0) },
        .personal("CARD") { card(&$0) },
    ]

    private static func area(_ w: inout TextWriter) -> String { w.scalars("23456789", 1) + w.digits(2) }

    /// An account with right check digits.
    ///
    /// Source: ISO 13616-1.
    private static func account(_ w: inout TextWriter) -> String {
        let (country, body) = w.pick([
            ("DE", w.digits(18)), ("NL", "ABNA" + w.digits(10)), ("FR", w.digits(23)), ("GB", "WEST" + w.digits(14)),
            ("ES", w.digits(20)), ("NO", w.digits(11)), ("CH", w.digits(17)), ("PL", w.digits(24)),
            ("BE", w.digits(12)),
        ])
        let check = 98 - remainder(body + country + "00")
        let account = country + (check < 10 ? "0\(check)" : "\(check)") + body
        guard w.chance(50) else { return account }
        return stride(from: 0, to: account.count, by: 4).map { account.dropFirst($0).prefix(4) }.joined(separator: " ")
    }

    private static func remainder(_ text: String) -> Int {
        text.reduce(0) { remainder, character in
            let value = character.wholeNumberValue ?? Int(character.asciiValue ?? 55) - 55
            return (remainder * (value > 9 ? 100 : 10) + value) % 97
        }
    }

    private static func card(_ w: inout TextWriter) -> String {
        let (start, count) = w.pick([
            ("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15), ("6011", 16), ("3530", 16),
            ("36", 14),
        ])
        let digits = withCheckDigit(start + w.digits(count - start.count - 1))
        guard count == 16, w.chance(60) else { return digits }
        let separator = w.pick([" ", "-"])
        return stride(from: 0, to: 16, by: 4).map { digits.dropFirst($0).prefix(4) }.joined(separator: separator)
    }

    /// The digits with the one behind that makes them right.
    ///
    /// Source: ISO/IEC 7812-1, annex B.
    static func withCheckDigit(_ digits: String, wrongBy error: Int = 0) -> String {
        var sum = 0
        for (place, character) in digits.reversed().enumerated() {
            let digit = (character.wholeNumberValue ?? 0) * (place % 2 == 0 ? 2 : 1)
            sum += digit > 9 ? digit - 9 : digit
        }
        return digits + "\((10 - sum % 10 + error) % 10)"
    }
}
