import Documents

/// What the books said of one document or claim: its account, its values thereafter, and the sentences that tell why.
struct AccountFinding {
    private(set) var match: AccountMatch?
    private(set) var fields: Row
    private(set) var evidence: [Reason] = []
    /// Where the fields stand in the document; empty for the document's own.
    private let path: String

    /// No weighing is surer than this.
    private static let probabilityMax = 0.9999
    /// Of readings that are wrong, how many agree with the account all the same: far more than by chance, for what misled
    /// the reader may mislead it towards a value printed elsewhere on the page.
    private static let chanceOfAgreement = 0.02
    /// How often the account's value is the one that is printed.
    private static let shareOfPrinted = 0.95
    /// Of misreadings, how many are of the kind that `Agreement.mayBeMisread` knows.
    private static let shareOfMisreadings = 0.5

    /// Of an account that matches.
    init(fields: Row, path: String, _ candidate: AccountCandidate, probability: Double) {
        self.fields = fields
        self.path = path
        let number = candidate.account.accountNumber
        let recorded = Confidence(min(probability, Self.probabilityMax))
        match = AccountMatch(accountNumber: number, probability: recorded)
        tell(
            .matches,
            "\(subject)account \(number) of the books matches (\(recorded.text)): \(AccountFinding.comparison(candidate))"
        )
    }

    /// Of one that is nearest and not near enough, or not told apart from the patient's others; `rivalCount` others are
    /// as near.
    init(
        fields: Row, path: String, nearest candidate: AccountCandidate, probability: Double, rivalCount: Int
    ) {
        self.fields = fields
        self.path = path
        let number = candidate.account.accountNumber
        let rivals = rivalCount == 0 ? "" : ", and \(rivalCount) more are as near"
        tell(
            .noAccount,
            "\(subject)no account of the books matches. The nearest is \(number) "
                + "(\(Confidence(min(probability, Self.probabilityMax)).text))\(rivals): "
                + AccountFinding.comparison(candidate)
                + (candidate.isToldApart ? "" : "; nothing agrees that is the account's own"))
    }

    /// Of books in which nothing is near.
    init(fields: Row, path: String, noneNear facts: AccountFacts) {
        self.fields = fields
        self.path = path
        let titles = facts.identifying.map(\.title)
        tell(
            .noAccount,
            "\(subject)no account of the books matches: none is likely by \(AccountFinding.list(titles, "or")) as read"
        )
    }

    /// Confirms the value of one fact, puts it right, or says that it disagrees.
    ///
    /// `probability` is that of the account without this fact.
    mutating func settle(
        _ fact: AccountFact, _ said: AccountFacts.Said, _ agreement: Agreement, _ candidate: AccountCandidate,
        probability: Double
    ) {
        guard let book = fact.value(in: candidate.account, candidate.claim) else { return }
        switch agreement {
        // The century of a birth date is not confirmed by another.
        case .same where fact == .birthDate && said.value != book:
            break
        case .same:
            support(fact, said, candidate, probability: probability)
        case .partial:
            break
        case .confused, .near, .family, .different:
            let isCorrected = correct(fact, said, agreement, book: book, candidate, probability: probability)
            // A letter more or less in a name that may be misread is no other name.
            let isDoubtful = said.field.confidence.probability < AccountMatcher.doubtfulMax
            let isSpelling = fact == .patientName && agreement.mayBeMisread && isDoubtful
            guard !isCorrected, candidate.mayDisagree(fact), !isSpelling else { return }
            tell(
                .disagrees, at: said.name,
                "\(fact.title.capitalizedFirst): \(said.value) here, \(book) in account "
                    + "\(candidate.account.accountNumber), which matches")
        }
    }

    private mutating func support(
        _ fact: AccountFact, _ said: AccountFacts.Said, _ candidate: AccountCandidate, probability: Double
    ) {
        let before = said.field.confidence.probability
        let right = before * (probability * Self.shareOfPrinted + (1 - probability) * Self.chanceOfAgreement)
        let wrong = (1 - before) * Self.chanceOfAgreement
        // No value is surer than the account that vouches for it, unless it was so before.
        let after = right + wrong > 0 ? max(before, min(probability, right / (right + wrong))) : before
        guard after > before else { return }
        var field = said.field
        field.confidence = Confidence(after)
        fields[said.name] = .one(field)
        guard before < AccountMatcher.doubtfulMax else { return }
        tell(
            .supports, at: said.name,
            "\(fact.title.capitalizedFirst): the same in account \(candidate.account.accountNumber), so that a "
                + "confidence of \(said.field.confidence.text) became \(field.confidence.text)")
    }

    /// Whether the value was put right: only a doubtful one, only when the account is sure without it, and only when the
    /// account's value is likelier than what was read.
    private mutating func correct(
        _ fact: AccountFact, _ said: AccountFacts.Said, _ agreement: Agreement, book: String,
        _ candidate: AccountCandidate, probability: Double
    ) -> Bool {
        let before = said.field.confidence.probability
        // What only another reading has may stand elsewhere on the page: the text and box kept would not be its ink.
        let isInk = Agreement.between(said.value, book, of: fact)?.mayBeMisread == true
        guard candidate.mayCorrect(fact), agreement.mayBeMisread, isInk, before < AccountMatcher.doubtfulMax,
            probability >= AccountMatcher.probabilityMin
        else { return false }
        let misread = (1 - before) * Self.shareOfMisreadings * probability * Self.shareOfPrinted
        let asRead = before * (1 - probability * Self.shareOfPrinted)
        // No value is surer than that the account's is the one printed.
        let after = min(probability * Self.shareOfPrinted, misread / (misread + asRead))
        let value = AccountFinding.corrected(fact, said, book: book)
        guard after > 0.5, value != said.value else { return false }
        var field = said.field
        let others = (field.alternatives ?? []).filter { $0 != .text(value) && $0 != field.value }
        field.alternatives = Array(([field.value] + others).prefix(3))
        field.value = .text(value)
        field.confidence = Confidence(after)
        fields[said.name] = .one(field)
        tell(
            .corrects, at: said.name,
            "\(fact.title.capitalizedFirst): \(said.value) was read with a confidence of "
                + "\(said.field.confidence.text); account \(candidate.account.accountNumber), which matches, has \(value)"
        )
        return true
    }

    /// The books' value, in a name only for the words that were misread: the order is the paper's.
    private static func corrected(_ fact: AccountFact, _ said: AccountFacts.Said, book: String) -> String {
        guard fact == .patientName else { return book }
        return NameAgreement(book: PersonName(book), printed: PersonName(said.value)).mended(said.value)
    }

    /// `Claim 3: `, or nothing for the document as a whole.
    private var subject: String {
        guard let index = path.split(separator: "[").last.flatMap({ Int($0.dropLast()) }) else { return "" }
        return "Claim \(index + 1): "
    }

    private mutating func tell(_ finding: AccountMatcher.Finding, at name: String? = nil, _ sentence: String) {
        let place = [path, name ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        evidence.append(
            Reason(
                code: finding.rawValue, field: place.isEmpty ? nil : place, detail: sentence.capitalizedFirst))
    }

    /// What agrees and what does not, in words: `the account number and the patient agree; the payer differs`.
    private static func comparison(_ candidate: AccountCandidate) -> String {
        let levels: [(Agreement, one: String, many: String)] = [
            (.same, "agrees", "agree"),
            (.confused, "agrees but for signs that look alike", "agree but for signs that look alike"),
            (.near, "is nearly the same", "are nearly the same"), (.partial, "agrees in part", "agree in part"),
            (.family, "has the surname and another given name", "have the surname and another given name"),
            (.different, "differs", "differ"),
        ]
        return levels.compactMap { level, one, many in
            let titles = AccountFact.allCases.filter { candidate.agreements[$0] == level }.map(\.title)
            let isPlural = titles.count > 1 || titles == [AccountFact.chargeAmount.title]
            return titles.isEmpty ? nil : "\(list(titles, "and")) \(isPlural ? many : one)"
        }.joined(separator: "; ")
    }

    private static func list(_ titles: [String], _ conjunction: String) -> String {
        guard let last = titles.last, titles.count > 1 else { return titles.first ?? "" }
        return "\(titles.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
    }
}

extension Confidence {
    /// As it stands in sentences, with three decimals.
    fileprivate var text: String {
        let thousandths = Int((probability * 1000).rounded(.down))
        guard thousandths < 1000 else { return "1.000" }
        return "0." + String(repeating: "0", count: 3 - "\(thousandths)".count) + "\(thousandths)"
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
