/// What a worker of the ticket run is to do.
struct TicketTask: Sendable {
    let instruction: String
    private let queries: [String]
    private let findings: [String]
    /// What the worker hands back, by its attempts; the last one stands for all that follow.
    private let outputs: [String]

    /// What a search of this task asks for.
    func query(_ number: Int) -> String {
        let page = number / queries.count
        return queries[number % queries.count] + (page == 0 ? "" : ", page \(page + 1)")
    }

    /// What the search finds.
    func finding(_ number: Int) -> String {
        if number < findings.count { return findings[number] }
        // Later pages bring little, and each its own.
        return #"{"hits":[{"doc":"note \#(1000 + number * 7)","text":"mentions the customer, not the charge"}]}"#
    }

    func output(attempt: Int) -> String { outputs[min(attempt, outputs.count) - 1] }

    static let charges = TicketTask(
        instruction: "Find all charges of October for this customer and say which card each went to.",
        queries: [
            "charges 2026-10 family plan", "payment attempts 2026-10", "settlement batch 10-28", "retry of charge",
        ],
        findings: [
            #"{"hits":[{"id":"ch_7Qd","amount":"34.90","card":"…0973","at":"2026-10-02T06:00:11Z"}]}"#,
            #"{"hits":[{"id":"ch_7Xk","amount":"34.90","card":"…4421","at":"2026-10-02T06:04:52Z"}]}"#,
            #"{"hits":[]}"#,
        ],
        outputs: ["Two charges of 34.90 € on 2 October: ch_7Qd on …0973, ch_7Xk on …4421."])

    static let refund = TicketTask(
        instruction: "Say how much can be refunded, to which card, and by which rule.",
        queries: ["refund rule double charge", "refund to other card", "refund limit family plan"],
        findings: [
            #"{"hits":[{"rule":"R-12","text":"A double charge is refunded in full to the card that was charged."}]}"#,
            #"{"hits":[{"rule":"R-15","text":"If that card is closed, refund to the default card after a check."}]}"#,
        ],
        outputs: [#"{"amount":"34.90","card":"…4421","rule":"R-12"}"#])

    static let cards = TicketTask(
        instruction: "List the customer's cards with the dates when each was added and removed.",
        queries: ["card added", "card removed", "card token 4421", "card token 0973", "default card changed"],
        findings: [
            #"{"hits":[{"card":"…4421","event":"removed","at":"2026-08-19"}]}"#,
            #"{"hits":[{"card":"…0973","event":"default since","at":"2026-08-19"}]}"#, #"{"hits":[]}"#,
        ],
        outputs: ["…4421 was removed on 19 August 2026; …0973 is the default since then."])

    static let answer = TicketTask(
        instruction: "Write the answer to the customer. Only state what the other workers proved.",
        queries: ["statement for a bank", "tone guide refunds", "double charge wording", "opening hours desk"],
        findings: [
            #"{"hits":[{"doc":"tone","text":"Say what happened, what we do, and by when. No blame."}]}"#,
            #"{"hits":[{"doc":"statement","text":"Name date, amount, last four digits and the reference."}]}"#,
        ],
        outputs: [
            "We have found two charges for October and will refund one of them to the card ending in 4421 within "
                + "five days.",
            "One of the two charges will be refunded. Our records show that the card ending in 4421 was removed in "
                + "August, so the charge should not have happened.",
            "Both October charges were correct: the second one is the fee for November, taken early because your "
                + "card was about to expire. A refund is therefore not possible. You can use this letter for your bank.",
        ])
}

/// One try of a worker.
struct Attempt: Sendable {
    /// How a try ends that does not succeed.
    enum Failure: Sendable {
        case transport, validation, cancelled
    }

    var worker: Int
    var task: TicketTask
    var number = 1
    /// Why it is tried again: `transport`, `validation` or `critic`; nil for the first try.
    var reason: String?
    var model: String
    var failure: Failure?
}
