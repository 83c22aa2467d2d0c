package import Foundation

/// The envelope of an event that leaves the house: CloudEvents 1.0, JSON event format, structured mode.
package struct CloudEvent: Hashable, Sendable {
    /// The media type of the bytes (CloudEvents HTTP protocol binding 3.2).
    package static let mediaType = "application/cloudevents+json; charset=utf-8"

    package var id: String
    /// Names the Mailroom that speaks; with `id` it is unique.
    package var source: String
    package var type: String
    /// The address of the JSON Schema of `data`; nil where nobody said under which address this Mailroom is reached.
    package var dataSchema: String?
    package var subject: String
    package var time: Date
    /// An extension attribute: the id that the file got on arrival.
    package var correlationID: String
    /// An extension attribute: the `webhook-id` of the message that this one takes back.
    package var compensates: String?
    /// The JSON of `data`.
    package var data: Data

    package init(
        id: String, source: String, type: String, dataSchema: String? = nil, subject: String, time: Date,
        correlationID: String,
        compensates: String? = nil, data: Data
    ) {
        self.id = id
        self.source = source
        self.type = type
        self.dataSchema = dataSchema
        self.subject = subject
        self.time = time
        self.correlationID = correlationID
        self.compensates = compensates
        self.data = data
    }

    /// The envelope of an event of the Mailroom that `source` names; `address` is where others reach it.
    package init(_ event: MailroomEvent, source: String, address: String? = nil) throws {
        self.init(
            id: event.id, source: source, type: event.type.rawValue,
            dataSchema: address.map { "\($0)/v1/schemas/\(event.type.rawValue).json" }, subject: event.subject,
            time: event.time,
            correlationID: event.correlationID, compensates: event.compensates, data: try event.data.json())
    }

    private struct Attributes: Encodable {
        var compensates: String?
        var correlationid: String
        var datacontenttype = "application/json"
        var dataschema: String?
        var id: String
        var source: String
        var specversion = "1.0"
        var subject: String
        var time: String
        var type: String
    }

    /// The bytes to send: the attributes in the order of their names, then `data` byte for byte.
    package func json() throws -> Data {
        let attributes = Attributes(
            compensates: compensates, correlationid: correlationID, dataschema: dataSchema, id: id, source: source,
            subject: subject,
            time: time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)), type: type)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(attributes).dropLast() + Data(#","data":"#.utf8) + data + Data("}".utf8)
    }
}
