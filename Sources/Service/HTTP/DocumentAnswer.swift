import Actions
import Foundation
import Records

/// The JSON of a single document: what its events say of it, with its state.
struct DocumentAnswer: Encodable {
    let data: DocumentEventData
    let status: String
    let version: Int
    let fileHref: String
    /// Whether a recall holds it: nothing more is to be done with it.
    let isHeld: Bool

    init(_ record: DocumentRecord, isHeld: Bool) {
        self.isHeld = isHeld
        data = DocumentEventData(
            documentID: record.id, correlationID: record.correlationID, document: record.document,
            mergedInto: record.mergedInto)
        status = record.status.rawValue
        version = record.version
        fileHref = "/v1/documents/\(record.sha256)"
    }

    private enum CodingKeys: String, CodingKey {
        case status, version
        case fileHref = "file_href"
        case isHeld = "held"
    }

    func encode(to encoder: any Encoder) throws {
        try data.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(version, forKey: .version)
        try container.encode(fileHref, forKey: .fileHref)
        try container.encode(isHeld, forKey: .isHeld)
    }
}
