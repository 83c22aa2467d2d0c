package import Documents

/// What an event says of a request for approval.
package struct ApprovalEventData: Codable, Hashable, Sendable {
    /// The request's identifier in this Mailroom.
    package var approvalID: String
    /// What is to be approved, as `Config/approvals.yaml` names it: `refund`.
    package var kind: String
    package var amount: Money
    package var facility: String?
    package var costCentre: String?
    package var legalEntity: String?
    package var payerName: String?
    /// What the money is about, such as a claim's number.
    package var reference: String?
    /// SHA-256 of what was asked, in hexadecimal: an approval holds for these contents and no others.
    package var contentSHA256: String
    package var status: String
    package var requestedBy: String
    /// Names of those who approved or refused, in order.
    package var decidedBy: [String]
    package var reason: String?
    /// The document that it came of; nil for a request of another system.
    package var documentID: String?
    /// The correlation id that the file got on arrival, or that the request brought.
    package var correlationID: String

    package init(
        approvalID: String, kind: String, amount: Money, facility: String? = nil, costCentre: String? = nil,
        legalEntity: String? = nil, payerName: String? = nil, reference: String? = nil, contentSHA256: String,
        status: String, requestedBy: String, decidedBy: [String] = [], reason: String? = nil,
        documentID: String? = nil, correlationID: String
    ) {
        self.approvalID = approvalID
        self.kind = kind
        self.amount = amount
        self.facility = facility
        self.costCentre = costCentre
        self.legalEntity = legalEntity
        self.payerName = payerName
        self.reference = reference
        self.contentSHA256 = contentSHA256
        self.status = status
        self.requestedBy = requestedBy
        self.decidedBy = decidedBy
        self.reason = reason
        self.documentID = documentID
        self.correlationID = correlationID
    }

    /// Where the HTTP interface has the request, relative to the service's address.
    package var href: String { "/v1/approvals/\(approvalID)" }

    private enum CodingKeys: String, CodingKey {
        case approvalID = "approval_id"
        case href, kind, amount, facility
        case costCentre = "cost_centre"
        case legalEntity = "legal_entity"
        case payerName = "payer_name"
        case reference
        case contentSHA256 = "content_sha256"
        case status
        case requestedBy = "requested_by"
        case decidedBy = "decided_by"
        case reason
        case documentID = "document_id"
        case correlationID = "correlation_id"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func optional(_ key: CodingKeys) throws -> String? { try container.decodeIfPresent(String.self, forKey: key) }
        self.init(
            approvalID: try container.decode(String.self, forKey: .approvalID),
            kind: try container.decode(String.self, forKey: .kind),
            amount: try container.decode(Money.self, forKey: .amount), facility: try optional(.facility),
            costCentre: try optional(.costCentre), legalEntity: try optional(.legalEntity),
            payerName: try optional(.payerName), reference: try optional(.reference),
            contentSHA256: try container.decode(String.self, forKey: .contentSHA256),
            status: try container.decode(String.self, forKey: .status),
            requestedBy: try container.decode(String.self, forKey: .requestedBy),
            decidedBy: try container.decode([String].self, forKey: .decidedBy), reason: try optional(.reason),
            documentID: try optional(.documentID),
            correlationID: try container.decode(String.self, forKey: .correlationID))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(approvalID, forKey: .approvalID)
        try container.encode(href, forKey: .href)
        try container.encode(kind, forKey: .kind)
        try container.encode(amount, forKey: .amount)
        try container.encodeIfPresent(facility, forKey: .facility)
        try container.encodeIfPresent(costCentre, forKey: .costCentre)
        try container.encodeIfPresent(legalEntity, forKey: .legalEntity)
        try container.encodeIfPresent(payerName, forKey: .payerName)
        try container.encodeIfPresent(reference, forKey: .reference)
        try container.encode(contentSHA256, forKey: .contentSHA256)
        try container.encode(status, forKey: .status)
        try container.encode(requestedBy, forKey: .requestedBy)
        try container.encode(decidedBy, forKey: .decidedBy)
        try container.encodeIfPresent(reason, forKey: .reason)
        try container.encodeIfPresent(documentID, forKey: .documentID)
        try container.encode(correlationID, forKey: .correlationID)
    }
}
