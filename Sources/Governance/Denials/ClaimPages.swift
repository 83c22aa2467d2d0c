package import Documents

/// Which pages of a paper tell of one of its claims, and of no other.
package struct ClaimPages: Hashable, Sendable {
    /// The pages that tell of the claim alone, in the paper's order.
    package let own: [Int]
    /// The claim's pages that tell of others too, or may: a claim of which no ink is known may be on any page.
    package let shared: [Int]

    /// The pages of the claim with this number, from 0; all pages where the paper has no other claim.
    package init(ofClaim number: Int, in document: Document) {
        guard document.claims.count > 1 else {
            own = document.pages
            shared = []
            return
        }
        let inked = document.claims.map(\.inkedPages)
        let mine = inked.indices.contains(number) ? inked[number] : []
        let others = inked.enumerated().filter { $0.offset != number }.map(\.element)
        let isSomewhere = others.contains(where: \.isEmpty)
        let pages = document.pages.filter { mine.isEmpty || mine.contains($0) }
        let alone = pages.filter { page in
            !mine.isEmpty && !isSomewhere && !others.contains { $0.contains(page) }
        }
        own = alone
        shared = pages.filter { !alone.contains($0) }
    }
}

extension Claim {
    /// The pages with ink of its values.
    fileprivate var inkedPages: Set<Int> {
        Set(([fields] + serviceLines).flatMap { $0.values.flatMap(\.fields) }.compactMap(\.page))
    }
}
