package import Documents

/// The claims that other remittances paid, to find those that a remittance pays again.
package struct EarlierPayments: Sendable {
    private struct Paid: Sendable {
        let document: Int
        let payer: PayerName?
        let claim: Claim
        let identity: ClaimIdentity
    }

    private var paid: [Paid] = []
    private var byKey: [String: [Int]] = [:]

    package init(_ documents: [Document]) {
        for (index, document) in documents.enumerated() where EarlierPayments.isPayment(document) {
            let payer = document.text("payer_name").map { PayerName($0) }
            for claim in document.claims {
                let identity = ClaimIdentity(claim)
                for key in identity.keys { byKey[key, default: []].append(paid.count) }
                paid.append(Paid(document: index, payer: payer, claim: claim, identity: identity))
            }
        }
    }

    /// What `document` pays that one of the documents, named by its place among them, paid already.
    ///
    /// What was taken back since, here or there, is no longer paid.
    package func repeated(in document: Document) -> [(payment: RepeatedPayment, document: Int)] {
        guard EarlierPayments.isPayment(document) else { return [] }
        let payer = document.text("payer_name").map { PayerName($0) }
        let identities = document.claims.map(ClaimIdentity.init)
        let reversals = identities.filter { ($0.paid ?? .zero) < .zero }
        return identities.enumerated().compactMap { index, identity in
            guard let now = identity.paid, now > .zero else { return nil }
            let before = earlier(like: identity, payer: payer)
            let takenBack = reversals.filter { $0.isSame(as: identity) || $0.isOfSameStay(as: identity) }
            let standing = (before.map(\.identity) + takenBack).compactMap(\.paid).reduce(.zero, +)
            guard standing > .zero else { return nil }
            return before.lazy.compactMap { earlier in
                RepeatedPayment.of(
                    document.claims[index], identity, paidBefore: earlier.claim, earlier.identity, at: index
                ).map { ($0, earlier.document) }
            }.first
        }
    }

    private func earlier(like identity: ClaimIdentity, payer: PayerName?) -> [Paid] {
        Set(identity.keys.flatMap { byKey[$0] ?? [] }).sorted().map { paid[$0] }.filter { earlier in
            let isOnePayer = payer.flatMap { mine in earlier.payer.map { mine.mayBe($0) } } ?? true
            return isOnePayer && (identity.isSame(as: earlier.identity) || identity.isOfSameStay(as: earlier.identity))
        }
    }

    /// A copy for the member tells of the payment and is none.
    private static func isPayment(_ document: Document) -> Bool {
        document.type == "eob" && document.subtype != "member_eob"
    }
}
