import Actions
import Documents
import TestSupport

/// A remittance on several papers, as payers send one check's: each names the whole payment and some of the claims.
enum SplitRemittance {
    /// The document as papers, its claims and adjustments dealt out at random; as it is when it has only one claim.
    static func papers(of document: Document, using generator: inout SeededGenerator) -> [Document] {
        let count = min(document.claims.count, Int.random(in: 2...4, using: &generator))
        guard count > 1 else { return [document] }
        var papers = Array(repeating: document, count: count)
        for place in papers.indices {
            papers[place].claims = []
            papers[place].fields["provider_adjustments"] = nil
        }
        for (number, claim) in document.claims.enumerated() {
            // Each paper has one claim at least.
            let place = number < count ? number : Int.random(in: 0..<count, using: &generator)
            papers[place].claims.append(claim)
        }
        papers[Int.random(in: 0..<count, using: &generator)].fields["provider_adjustments"] =
            document.fields["provider_adjustments"]
        return papers
    }

    /// What the papers tell, each of them a part of the payment; nil where one of them tells all of it by itself, as others
    /// pay nothing, or more than all, as what was kept back stands on another.
    static func parts(_ papers: [Document]) -> [Remittance]? {
        let parts = papers.compactMap { paper -> Remittance? in
            if case .part(let part)? = try? RemittanceReader().paper(of: paper) { part } else { nil }
        }
        // A paper of nothing cannot be missed by any sum.
        guard parts.count == papers.count, paidCents(papers).allSatisfy({ $0 > 0 }) else { return nil }
        return parts
    }

    /// What the papers' claims were paid, each paper's in cents.
    private static func paidCents(_ papers: [Document]) -> [Int64] {
        papers.map { paper in
            paper.claims.reduce(0) { sum, claim in
                sum + (claim.fields["paid_amount"]?.fields.first.flatMap { Money($0.value.description)?.cents } ?? 0)
            }
        }
    }
}
