import Documents

/// An account of the books that a document may be about, with all that speaks for and against it.
struct AccountCandidate {
    let account: PatientAccount
    /// The claim of the account that agrees best; nil where the books name none.
    let claim: AccountClaim?
    /// How far each fact that both say agrees.
    let agreements: [AccountFact: Agreement]
    fileprivate let weights: [AccountFact: FactWeight]
    fileprivate let weight: Double
    /// What all claims weigh in the mean as against the best: of many claims one agrees the more often by chance.
    fileprivate private(set) var claimShare = 1.0

    init(_ account: PatientAccount, facts: AccountFacts, nameShare: (PatientAccount) -> Double) {
        let share = nameShare(account)
        let claims: [AccountClaim?] = account.claims.isEmpty ? [nil] : account.claims
        let all = claims.map { AccountCandidate(account, $0, facts: facts, nameShare: share) }
        self = all.dropFirst().reduce(all[0]) { $1.weight > $0.weight ? $1 : $0 }
        if weight > 0 { claimShare = all.reduce(0) { $0 + $1.weight } / (weight * Double(all.count)) }
    }

    private init(_ account: PatientAccount, _ claim: AccountClaim?, facts: AccountFacts, nameShare: Double) {
        var agreements: [AccountFact: Agreement] = [:]
        var weights: [AccountFact: FactWeight] = [:]
        for fact in AccountFact.allCases {
            guard let said = facts.said[fact], let book = fact.value(in: account, claim),
                let agreement = Agreement.between(said.value, book, of: fact, stay: claim)
            else { continue }
            // Other readings are often other places of the page, and those of a remittance are other claims' values: a
            // doubtful value with the books' among them speaks neither for the account nor against it.
            if agreement != .same, said.field.confidence.probability < AccountMatcher.doubtfulMax,
                AccountCandidate.reading(of: said.field, thatIs: book, of: fact) != nil
            {
                agreements[fact] = .near
                continue
            }
            agreements[fact] = agreement
            // The last day of service says little that the first does not.
            if fact == .serviceEnd { continue }
            weights[fact] = FactWeight(
                fact, agreement, confidence: said.field.confidence.probability, book: book, nameShare: nameShare)
        }
        self.account = account
        self.claim = claim
        self.agreements = agreements
        self.weights = weights
        weight = AccountFact.allCases.reduce(1) { $0 * (weights[$1]?.account ?? 1) }
    }

    /// Whether something of the account's own agrees: what is the patient's is so at every visit, with accounts that the
    /// books may lack.
    var isToldApart: Bool {
        agreements.contains { fact, agreement in
            fact.isOfAccount && [.same, .confused, .partial].contains(agreement)
        }
    }

    /// Whether a value of the account's may stand for a misread one: of what is a claim's own, only where something else of
    /// the claim shows that it is this claim and no other of the account.
    func mayCorrect(_ fact: AccountFact) -> Bool {
        fact.isCorrectable
            && (!fact.isOfClaim || agreements.contains { $0.key.isOfClaim && $0.key != fact && $0.value == .same })
    }

    /// Whether another value is worth a reviewer's look: not what is a claim's own when nothing of the claim agrees, which
    /// is then another claim of the account.
    func mayDisagree(_ fact: AccountFact) -> Bool {
        let ofClaim = agreements.filter { $0.key.isOfClaim && $0.key != .serviceEnd }.values
        let isOtherClaim = ofClaim.count > 1 && ofClaim.allSatisfy { $0 == .different || $0 == .near }
        return fact.mustAgree && !(fact.isOfClaim && isOtherClaim)
    }

    /// The other reading of the field that is the books' value.
    static func reading(of field: Field, thatIs book: String, of fact: AccountFact) -> String? {
        (field.alternatives ?? []).map(\.description).first { Agreement.between($0, book, of: fact) == .same }
    }
}

/// The accounts that a document may be about, weighed against one another and against none of them.
struct AccountCandidates {
    let candidates: [AccountCandidate]
    private let accountCount: Double

    /// Fewer accounts than these are not all that a hospital has: others' mail comes too.
    private static let accountCountMin = 1000.0
    /// How likely a document is about an account of the books before anything of it is read.
    private static let bookShare = 0.5
    /// How likely it is about another visit of a patient, with an account that the books lack, as against a given one.
    private static let otherVisitShare = 0.04
    /// How likely it is about somebody of a patient's family whom the books lack, as against the patient.
    private static let relativeShare = 0.2

    init(_ candidates: [AccountCandidate], accountCount: Int) {
        self.candidates = candidates
        self.accountCount = Double(accountCount)
    }

    /// The probability of each candidate, in their order; what is left is that it is none of them.
    ///
    /// Without the fact `left`, where one is given: a value must not vouch for itself.
    func probabilities(without left: AccountFact? = nil) -> [Double] {
        let prior = Self.bookShare / max(accountCount, Self.accountCountMin)
        var own: [Double] = []
        var others = 1 - prior * accountCount
        for candidate in candidates {
            var (account, otherVisit, relative) = (prior, prior * Self.otherVisitShare, prior * Self.relativeShare)
            for fact in AccountFact.allCases where fact != left {
                guard let weight = candidate.weights[fact] else { continue }
                account *= weight.account
                otherVisit *= weight.otherVisit
                relative *= weight.relative
            }
            account *= candidate.claimShare
            own.append(account)
            others += otherVisit + relative
        }
        let all = own.reduce(others, +)
        return own.map { $0 / all }
    }
}
