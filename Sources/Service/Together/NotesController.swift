import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records

/// `/v1/documents/{id}/notes`: what people wrote on a document.
struct NotesController: Sendable {
    private static let bodyByteCountMax = 64 << 10
    /// So many notes are in one answer, the latest.
    private static let noteCountMax = 500

    let context: ServiceContext

    private var desk: NoteDesk { NoteDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("documents/{id}/notes") { _, context in
            let caller = try context.caller(having: .viewDocuments)
            let notes = try await problems {
                try await desk.notes(
                    on: try context.parameters.require("id"), limit: NotesController.noteCountMax, by: caller)
            }
            return try Response.json(List(notes: notes.map(Answer.init)))
        }
        group.post("documents/{id}/notes") { try await write($0, context: $1) }
    }

    private struct List: Encodable {
        let notes: [Answer]
    }

    private struct Answer: Encodable {
        let id: String
        let by: String
        let at: Date
        let text: String

        init(_ note: DocumentNote) {
            id = note.id
            by = note.writtenBy
            at = note.writtenAt
            text = note.body
        }
    }

    private struct Writing: Decodable {
        let text: String
    }

    private func write(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let bytes = try await request.body.collect(upTo: NotesController.bodyByteCountMax)
        guard let writing = try? JSONDecoder().decode(Writing.self, from: Data(buffer: bytes)) else {
            throw Problem(.malformedRequest, "The body should be {\"text\": \"…\"}.")
        }
        let note = try await problems {
            try await desk.write(writing.text, on: try context.parameters.require("id"), by: caller)
        }
        return try Response.json(Answer(note), status: .created)
    }

    private func problems<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as ReviewError { throw Problem(error) }
    }
}
