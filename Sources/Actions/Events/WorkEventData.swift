package import Documents

/// What an event says of work that a document asks of people.
package struct WorkEventData: Codable, Hashable, Sendable {
    /// The work's identifier in this Mailroom.
    package var workID: String
    /// `appeal`, `information_request` or `authorization_number`.
    package var kind: String
    package var status: String
    package var dueDate: CalendarDate?
    package var documentID: String
    /// The correlation id that the file got on arrival.
    package var correlationID: String
    /// What is lost when nobody does it, in dollars.
    package var amountAtStake: Money?
    /// The payer's number of the authorization that the work is to write to an account.
    package var authorizationNumber: String?

    package init(
        workID: String, kind: String, status: String, dueDate: CalendarDate? = nil, documentID: String,
        correlationID: String, amountAtStake: Money? = nil, authorizationNumber: String? = nil
    ) {
        self.workID = workID
        self.kind = kind
        self.status = status
        self.dueDate = dueDate
        self.documentID = documentID
        self.correlationID = correlationID
        self.amountAtStake = amountAtStake
        self.authorizationNumber = authorizationNumber
    }

    /// Where the HTTP interface has the work, relative to the service's address.
    package var href: String { "/v1/work/\(workID)" }

    private enum CodingKeys: String, CodingKey {
        case workID = "work_id"
        case href, kind, status
        case dueDate = "due_date"
        case documentID = "document_id"
        case correlationID = "correlation_id"
        case amountAtStake = "amount_at_stake"
        case authorizationNumber = "authorization_number"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            workID: try container.decode(String.self, forKey: .workID),
            kind: try container.decode(String.self, forKey: .kind),
            status: try container.decode(String.self, forKey: .status),
            dueDate: try container.decodeIfPresent(CalendarDate.self, forKey: .dueDate),
            documentID: try container.decode(String.self, forKey: .documentID),
            correlationID: try container.decode(String.self, forKey: .correlationID),
            amountAtStake: try container.decodeIfPresent(Money.self, forKey: .amountAtStake),
            authorizationNumber: try container.decodeIfPresent(String.self, forKey: .authorizationNumber))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(workID, forKey: .workID)
        try container.encode(href, forKey: .href)
        try container.encode(kind, forKey: .kind)
        try container.encode(status, forKey: .status)
        try container.encodeIfPresent(dueDate, forKey: .dueDate)
        try container.encode(documentID, forKey: .documentID)
        try container.encode(correlationID, forKey: .correlationID)
        try container.encodeIfPresent(amountAtStake, forKey: .amountAtStake)
        try container.encodeIfPresent(authorizationNumber, forKey: .authorizationNumber)
    }
}
