package import Foundation

/// Something that happened to a document and that other systems may want to hear of.
package struct DocumentEvent: Hashable, Sendable {
    /// The event's own identifier (`Identifier.make`).
    package var id: String
    package var type: EventType
    package var time: Date
    package var data: DocumentEventData

    package init(id: String, type: EventType, time: Date, data: DocumentEventData) {
        self.id = id
        self.type = type
        self.time = time
        self.data = data
    }

    package var documentID: String { data.documentID }
    package var correlationID: String { data.correlationID }
}
