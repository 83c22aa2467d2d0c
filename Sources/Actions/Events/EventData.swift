package import Foundation

/// What an event says of its subject.
package enum EventData: Hashable, Sendable {
    case document(DocumentEventData)
    case approval(ApprovalEventData)
    case work(WorkEventData)

    /// The identifier of the document, the approval or the work.
    package var subject: String {
        switch self {
        case .document(let data): data.documentID
        case .approval(let data): data.approvalID
        case .work(let data): data.workID
        }
    }

    package var correlationID: String {
        switch self {
        case .document(let data): data.correlationID
        case .approval(let data): data.correlationID
        case .work(let data): data.correlationID
        }
    }

    /// The document that it is about, or that it came of; nil for an approval that another system asked for.
    package var documentID: String? {
        switch self {
        case .document(let data): data.documentID
        case .approval(let data): data.documentID
        case .work(let data): data.documentID
        }
    }

    /// The JSON, the same bytes for the same data.
    package func json() throws -> Data {
        switch self {
        case .document(let data): try EventData.json(data)
        case .approval(let data): try EventData.json(data)
        case .work(let data): try EventData.json(data)
        }
    }

    /// Reads what `json` wrote for an event of `type`.
    package init(json: Data, of type: EventType) throws {
        let decoder = JSONDecoder()
        self =
            switch type.subject {
            case .document: .document(try decoder.decode(DocumentEventData.self, from: json))
            case .approval: .approval(try decoder.decode(ApprovalEventData.self, from: json))
            case .work: .work(try decoder.decode(WorkEventData.self, from: json))
            }
    }

    private static func json(_ data: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(data)
    }
}
