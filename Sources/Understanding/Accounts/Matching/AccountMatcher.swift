package import Documents

/// Finds the account of the hospital's books that a document is about, or each claim of a remittance, by weighed
/// evidence, and lets it vouch for what was read.
///
/// A value that the account confirms gains confidence. A doubtful value that may be the account's value misread is put
/// right: its ink and what was read stay with it. A value that is surely another is left, and said to disagree. What was
/// done stands in the document's evidence, under the codes of `Finding`.
package struct AccountMatcher: Sendable {
    /// The codes of the evidence that matching leaves.
    package enum Finding: String, CaseIterable, Sendable {
        /// The account that it is about, and what agrees.
        case matches = "account_matches"
        /// Books are held, and none of their accounts is likely enough.
        case noAccount = "no_account"
        /// A doubtful value is the account's, too.
        case supports = "account_supports"
        /// A doubtful value was made the account's.
        case corrects = "account_corrects"
        /// A value is not the account's.
        case disagrees = "account_disagrees"
    }

    /// The fields that say whose document it is: with another value, what was matched by the old one is stale.
    package static let identifyingFields = Set(
        AccountFact.allCases.filter { $0.identifies || $0 == .birthDate }.flatMap(\.fieldNames))

    /// The least probability of an account that is said to match.
    package static let probabilityMin = 0.95
    /// The least probability of an account that is worth naming as the nearest.
    private static let nearMin = 0.01
    /// A value with less confidence than this is doubtful: support of it is worth telling, and it may be put right.
    package static let doubtfulMax = 0.9
    /// A key that more accounts have finds nobody.
    private static let keyCountMax = 60

    private let catalog: DocumentTypeCatalog

    package init(catalog: DocumentTypeCatalog) { self.catalog = catalog }

    /// The document with its account, or its claims' accounts, and what follows for its values; as it is when the books
    /// are empty.
    package func match(_ document: Document, in books: some AccountBooks) throws -> Document {
        guard try books.accountCount() > 0 else { return document }
        var matched = document
        if document.claims.isEmpty {
            let found = try find(document.fields, path: "", in: books)
            matched.accountMatch = found?.match
            if let found { matched.fields = found.fields }
            matched.evidence += found?.evidence ?? []
        }
        for (index, claim) in document.claims.enumerated() {
            let found = try find(claim.fields, shared: document.fields, path: "claims[\(index)]", in: books)
            matched.claims[index].accountMatch = found?.match
            if let found { matched.claims[index].fields = found.fields }
            matched.evidence += found?.evidence ?? []
        }
        if let type = catalog[document.type], matched.evidence.contains(where: { $0.code == Finding.corrects.rawValue })
        {
            matched.checks = Checker(type: type).checks(
                fields: matched.fields, claims: matched.claims, lineItems: matched.lineItems)
        }
        return matched
    }

    /// Nil when nothing that the books could be asked by was read.
    private func find(
        _ fields: Row, shared: Row = [:], path: String, in books: some AccountBooks
    ) throws -> AccountFinding? {
        let facts = AccountFacts(fields, shared: shared)
        guard facts.identify else { return nil }
        let candidates = try candidates(for: facts, in: books)
        let probabilities = candidates.probabilities()
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
        guard let best, probabilities[best] >= Self.nearMin else {
            return AccountFinding(fields: fields, path: path, noneNear: facts)
        }
        let candidate = candidates.candidates[best]
        guard probabilities[best] >= Self.probabilityMin, candidate.isToldApart else {
            return AccountFinding(
                fields: fields, path: path, nearest: candidate, probability: probabilities[best],
                rivalCount: probabilities.count { $0 > probabilities[best] / 2 } - 1)
        }
        var finding = AccountFinding(fields: fields, path: path, candidate, probability: probabilities[best])
        for fact in AccountFact.allCases {
            guard let said = facts.said[fact], let agreement = candidate.agreements[fact], fields[said.name] != nil
            else { continue }
            finding.settle(
                fact, said, agreement, candidate,
                probability: candidates.probabilities(without: fact)[best])
        }
        return finding
    }

    private func candidates(for facts: AccountFacts, in books: some AccountBooks) throws -> AccountCandidates {
        let counts = try books.counts(of: facts.keys)
        let keys = facts.keys.filter { (1...Self.keyCountMax).contains(counts[$0] ?? 0) }
        // Not in the order of a database, which sorts after its own collation.
        let found = keys.isEmpty ? [] : try books.accounts(having: keys)
        let accounts = found.sorted { $0.accountNumber < $1.accountNumber }
        let accountCount = try books.accountCount()
        return AccountCandidates(
            accounts.map { account in
                AccountCandidate(account, facts: facts) { account in
                    let count = nameCount(account, printed: facts.said[.patientName]?.value, counts)
                    return (count + 0.5) / (Double(accountCount) + 1000)
                }
            }, accountCount: accountCount)
    }

    /// How many accounts have the same surname and given name.
    private func nameCount(_ account: PatientAccount, printed: String?, _ counts: [String: Int]) -> Double {
        guard let printed,
            let parts = NameAgreement(book: PersonName(account.patientName), printed: PersonName(printed)).parts
        else { return 1 }
        return Double(max(1, counts[AccountKeys.name(parts.surname, parts.given)] ?? 1))
    }
}
