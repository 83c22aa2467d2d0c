package import Foundation

/// How a released document came by its value of one field: what tells which others the same cause may have spoilt.
package struct RecallFacts: Hashable, Sendable {
    /// What one reviewer confirmed so long before or after has the same cause.
    package static let reviewerSeconds: TimeInterval = 24 * 3600

    /// The document's type.
    package var type: String
    /// The field without places; nil where the document has no value of it.
    package var field: String?
    /// The file that the document came in.
    package var sha256: String
    /// The model that read it.
    package var model: String
    /// The payer's name, folded; nil where none was read.
    package var payer: String?
    /// The layout by which the field was read.
    package var layout: String?
    /// Whether a learned threshold let the value pass.
    package var isTrustedByLearning: Bool
    /// The account of the books that put the value in the place of what was read.
    package var account: String?
    /// Who vouched for the document, and when; nil when policy accepted it.
    package var confirmedBy: String?
    package var confirmedAt: Date?
    /// Whether that person put the value there, in the place of what was read.
    package var isTyped: Bool

    package init(
        type: String, field: String?, sha256: String, model: String, payer: String? = nil, layout: String? = nil,
        isTrustedByLearning: Bool = false, account: String? = nil, confirmedBy: String? = nil,
        confirmedAt: Date? = nil, isTyped: Bool = false
    ) {
        self.type = type
        self.field = field
        self.sha256 = sha256
        self.model = model
        self.payer = payer
        self.layout = layout
        self.isTrustedByLearning = isTrustedByLearning
        self.account = account
        self.confirmedBy = confirmedBy
        self.confirmedAt = confirmedAt
        self.isTyped = isTyped
    }
}

/// What may have made a value wrong, and others with it.
package enum RecallCause: String, Codable, Hashable, Sendable, CaseIterable {
    /// The person who typed or confirmed it.
    case reviewer
    /// The account of the hospital's books that it was corrected by.
    case account
    /// The layout that confirmed documents taught.
    case layout
    /// The threshold that reviews taught.
    case threshold
    /// The model, on paper of one payer.
    case model
    /// The file that it came in: one scan, one batch.
    case file
}

extension RecallFacts {
    /// What may have made the value wrong, the likeliest first.
    ///
    /// A value that a person typed is no machine's doing. One that the machine read comes of what is most its own: a
    /// single account, one layout, one threshold; the model reads all; the reviewer who overlooked it comes after those.
    package var causes: [RecallCause] {
        if isTyped { return [.reviewer, .file] }
        var causes: [RecallCause] = []
        if account != nil { causes.append(.account) }
        if layout != nil { causes.append(.layout) }
        if isTrustedByLearning { causes.append(.threshold) }
        causes.append(.model)
        if confirmedBy != nil { causes.append(.reviewer) }
        return causes + [.file]
    }

    /// Whether `other` is a document that `cause` of this one's wrong value may have spoilt too.
    package func shares(_ cause: RecallCause, with other: RecallFacts) -> Bool {
        let hasField = type == other.type && other.field != nil && field == other.field
        switch cause {
        case .reviewer:
            guard let confirmedBy, other.confirmedBy == confirmedBy, let confirmedAt, let at = other.confirmedAt else {
                return false
            }
            return abs(at.timeIntervalSince(confirmedAt)) <= RecallFacts.reviewerSeconds
        case .account: return hasField && account != nil && other.account == account
        case .layout: return hasField && layout != nil && other.layout == layout && !other.isTyped
        case .threshold: return hasField && isTrustedByLearning && other.isTrustedByLearning
        case .model:
            return hasField && other.model == model && !other.isTyped && (payer == nil || other.payer == payer)
        case .file: return other.sha256 == sha256
        }
    }

    /// The causes that this one's wrong value has in common with `other`, the likeliest first.
    package func sharedCauses(with other: RecallFacts) -> [RecallCause] { causes.filter { shares($0, with: other) } }
}
