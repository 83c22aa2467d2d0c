package import Documents

/// What an event says of its document: the document as the result has it, with the keys to find it again.
package struct DocumentEventData: Codable, Hashable, Sendable {
    /// The document's identifier in this Mailroom.
    package var documentID: String
    /// The correlation id that the file got on arrival.
    package var correlationID: String
    package var document: Document
    /// The document that it became part of; nil for one that stands by itself.
    package var mergedInto: String?
    /// The value that was found wrong; nil unless the event is of a recall.
    package var recall: RecallNotice?

    package init(
        documentID: String, correlationID: String, document: Document, mergedInto: String? = nil,
        recall: RecallNotice? = nil
    ) {
        self.documentID = documentID
        self.correlationID = correlationID
        self.document = document
        self.mergedInto = mergedInto
        self.recall = recall
    }

    /// Where the HTTP interface has the document, relative to the service's address.
    package var reference: String { "/v1/documents/\(documentID)" }

    private enum CodingKeys: String, CodingKey {
        case documentID = "document_id"
        case correlationID = "correlation_id"
        case reference = "href"
        case mergedInto = "merged_into"
        case recall
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            documentID: try container.decode(String.self, forKey: .documentID),
            correlationID: try container.decode(String.self, forKey: .correlationID),
            document: try Document(from: decoder),
            mergedInto: try container.decodeIfPresent(String.self, forKey: .mergedInto),
            recall: try container.decodeIfPresent(RecallNotice.self, forKey: .recall))
    }

    package func encode(to encoder: any Encoder) throws {
        try document.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(documentID, forKey: .documentID)
        try container.encode(correlationID, forKey: .correlationID)
        try container.encode(reference, forKey: .reference)
        try container.encodeIfPresent(mergedInto, forKey: .mergedInto)
        try container.encodeIfPresent(recall, forKey: .recall)
    }
}
