import Crypto
package import Documents
import Foundation

/// Where the ink stands that says what an approval is asked for.
package struct ApprovalEvidence: Codable, Hashable, Sendable {
    /// The value's place in its document, as `requested_amount`.
    package var field: String
    /// The page, from 1 within the file.
    package var page: Int
    package var box: Box?

    package init(field: String, page: Int, box: Box?) {
        self.field = field
        self.page = page
        self.box = box
    }
}

/// What an approval is asked for.
///
/// An approval holds for exactly this: whoever changes it voids what was approved.
package struct ApprovalContent: Codable, Hashable, Sendable {
    /// The name of one of the kinds of `Config/approvals.yaml`.
    package var kind: String
    /// The money it is about; nil where a document should have said it and did not.
    package var amount: Money?
    package var facility: String?
    package var costCentre: String?
    package var legalEntity: String?
    package var payerName: String?
    /// What the money is about, such as a claim number.
    package var reference: String?
    package var documentID: String?
    package var evidence: [ApprovalEvidence]
    /// Grows by one with each change, so that no two states of one request have the same hash.
    package var revision = 1

    package init(
        kind: String, amount: Money?, facility: String? = nil, costCentre: String? = nil, legalEntity: String? = nil,
        payerName: String? = nil, reference: String? = nil, documentID: String? = nil,
        evidence: [ApprovalEvidence] = []
    ) {
        self.kind = kind
        self.amount = amount
        self.facility = facility
        self.costCentre = costCentre
        self.legalEntity = legalEntity
        self.payerName = payerName
        self.reference = reference
        self.documentID = documentID
        self.evidence = evidence
    }

    /// A place in the house's books on which authority may depend, by its name in JSON.
    package enum Place: String, Hashable, Sendable, CaseIterable {
        case costCentre = "cost_centre"
        case legalEntity = "legal_entity"

        /// As people call it.
        package var words: String { rawValue.replacing("_", with: " ") }
    }

    private enum CodingKeys: String, CodingKey {
        case kind, amount, facility
        case costCentre = "cost_centre"
        case legalEntity = "legal_entity"
        case payerName = "payer_name"
        case reference
        case documentID = "document_id"
        case evidence, revision
    }

    /// The content as JSON with sorted keys: the same text for the same content, which its hash is of.
    package func canonicalJSON() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// SHA-256 of `canonicalJSON`, in hexadecimal: what a decision is bound to.
    package func sha256() throws -> String { ApprovalContent.sha256(ofJSON: try canonicalJSON()) }

    /// SHA-256 of a stored content, by which is seen whether it is still what was hashed.
    package static func sha256(ofJSON text: String) -> String { SHA256.hash(data: Data(text.utf8)).hexadecimal }
}
