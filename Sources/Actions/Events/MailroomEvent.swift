package import Foundation
package import Records

/// Something that happened in Mailroom and that other systems may want to hear of.
package struct MailroomEvent: Hashable, Sendable {
    /// The event's own identifier (`Identifier.make`).
    package var id: String
    package var type: EventType
    package var time: Date
    /// The identifier of what it happened to: what is told of one subject is told in order.
    package var subject: String
    /// The correlation id that the file got on arrival.
    package var correlationID: String
    package var data: EventData
    /// The idempotency key of the message that this telling of the event takes back; nil for an event as it is raised.
    package var compensates: String?

    package init(
        id: String, type: EventType, time: Date, subject: String, correlationID: String, data: EventData,
        compensates: String? = nil
    ) {
        self.id = id
        self.type = type
        self.time = time
        self.subject = subject
        self.correlationID = correlationID
        self.data = data
        self.compensates = compensates
    }

    /// An event whose subject and correlation id are those of its data.
    package init(id: String, type: EventType, time: Date, data: EventData) {
        self.init(id: id, type: type, time: time, subject: data.subject, correlationID: data.correlationID, data: data)
    }
}

extension MailroomEvent {
    /// The event as the store has it; nil for one of a type that this version does not know.
    package init?(_ event: Event) throws {
        guard let type = EventType(rawValue: event.type) else { return nil }
        self.init(
            id: event.id, type: type, time: event.time, subject: event.subject, correlationID: event.correlationID,
            data: try EventData(json: Data(event.data.utf8), of: type))
    }
}
