import Documents
import Foundation
import Records
import Testing

/// Records for tests, with only what a test is about to say.
enum Sample {
    static func sha256(_ number: Int = 1) -> String { Originals.sha256(of: Data("file \(number)".utf8)) }

    static func file(_ number: Int = 1, at time: Date = start) -> CustodyFile {
        CustodyFile(
            sha256: sha256(number), name: "scan-\(number).pdf", mediaType: "application/pdf", size: 1000,
            correlationID: "C\(number)", takenAt: time)
    }

    static func arrival(_ id: String, path: String? = nil, at time: Date = start) -> Arrival {
        Arrival(
            id: id, source: "folder:mail", name: "scan.pdf", path: path, size: 10, firstSeenAt: time,
            correlationID: "C-\(id)")
    }

    static func step(_ number: Int, kind: StepKind = .read, at time: Date = start) -> Step {
        Step(id: "S\(number)", kind: kind, subject: sha256(number), availableAt: time, correlationID: "C\(number)")
    }

    static func document(
        _ id: String, file: Int = 1, ordinal: Int = 1, status: DocumentStatus = .inReview, type: String = "eob"
    ) -> DocumentRecord {
        DocumentRecord(
            id: id, sha256: sha256(file), ordinal: ordinal, status: status,
            document: Document(
                type: type, subtype: "denial", typeConfidence: 0.9, pages: [1],
                fields: ["member_id": .one(Field(value: .text("W123"), confidence: 0.75))],
                reasons: [Reason(code: "low_confidence", field: "member_id")]),
            versions: Versions(model: "m", policy: "p", reader: "r"), createdAt: start, correlationID: "C\(file)")
    }

    static func task(
        _ id: String, document: String, queue: String = "letters", priority: Int = 0
    ) -> ReviewTask {
        ReviewTask(
            id: id, documentID: document, queue: queue, createdAt: start, priority: priority,
            reasons: [Reason(code: "low_confidence", field: "member_id", detail: "0.75 is below 0.90.")])
    }

    static func event(_ id: String, subject: String = "D1") -> Event {
        Event(
            id: id, type: "document.accepted", subject: subject, time: start, correlationID: "C1",
            data: #"{"id":"\#(subject)"}"#, documentID: subject)
    }

    static func delivery(_ id: String, event: String, at time: Date = start) -> Delivery {
        Delivery(
            id: id, eventID: event, action: "engine", idempotencyKey: "key-\(id)", availableAt: time,
            payload: Data([0, 0xFF, 0x0A]))
    }
}

/// The code of the store's error that `body` throws, or nil when it throws none.
func code(_ body: () throws -> Void) -> RecordsError.Code? {
    do {
        try body()
    } catch let error as RecordsError {
        return error.code
    } catch {
        Issue.record(error)
    }
    return nil
}
