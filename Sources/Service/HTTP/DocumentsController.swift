import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import Reading
import Records
import Understanding

/// `/v1/documents`: files in, results out.
///
/// The id of a submitted file is the SHA-256 of its bytes, so that the same bytes are the same resource whoever sends
/// them; each document found in it has an id of its own, which events name. Both are addresses here.
struct DocumentsController: Sendable {
    let context: ServiceContext
    let idempotency: IdempotencyKeys

    init(context: ServiceContext) {
        self.context = context
        idempotency = IdempotencyKeys(store: context.store, clock: context.clock)
    }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("documents") { try await submit($0, context: $1) }
        group.get("documents/{id}") { try await show($0, context: $1) }
        group.get("documents/{id}/pages/{number}/image") { try await image($0, context: $1) }
    }

    // MARK: Submitting

    private func submit(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .submitDocuments)
        let key = try IdempotencyKeys.key(of: request)
        let preference = WaitPreference(header: request.headers[.prefer])
        let facility = try caller.facility(named: request.headers[.mailroomFacility])
        let upload = try await Upload(request, byteCountMax: self.context.readerLimits.fileBytesMax)
        let answer: IdempotencyKeys.Answer
        if let key {
            let named = facility.map { " \($0)" } ?? ""
            let fingerprint = SecretText.digest("\(SecretText.digest(upload.bytes)) \(upload.name)\(named)")
            answer = try await idempotency.answer(key: "\(caller.actor) \(key)", fingerprint: fingerprint) {
                try await take(upload, for: facility, from: caller, preference: preference)
            }
        } else {
            answer = try await take(upload, for: facility, from: caller, preference: preference)
        }
        return response(answer)
    }

    private func take(
        _ upload: Upload, for facility: String?, from caller: Caller, preference: WaitPreference?
    ) async throws -> IdempotencyKeys.Answer {
        let taken: Intake.TakenIn
        do {
            taken = try await context.intake.takeIn(
                upload.bytes, name: upload.name, source: "http:\(caller.actor.split(separator: ":").last ?? "")",
                facility: facility)
        } catch let error as ServiceError {
            throw Problem(refusal: error)
        }
        let isOurs = try await context.store.read { transaction in
            caller.reach.includes(facility: try transaction.file(taken.fileSHA256)?.facility)
        }
        guard isOurs else {
            throw Problem(
                .conflict, "The same bytes came to another facility before, which has their documents. Ask there.")
        }
        if let preference {
            _ = try await context.documentWaiter.wait(
                sha256: taken.fileSHA256, until: context.clock().addingTimeInterval(TimeInterval(preference.seconds)))
        }
        let sight = Sight(context: context)
        let found = try await context.store.read { try FileRecord(taken.fileSHA256, seenBy: caller, sight, in: $0) }
        guard let record = found else {
            throw Problem(.unexpected, "The file was taken in and is not there. Send it again.")
        }
        let answer = FileAnswer(record, duplicate: taken.duplicateOf != nil)
        let isDone = answer.status != .processing
        return IdempotencyKeys.Answer(
            status: isDone && preference != nil ? .ok : .accepted, location: answer.href,
            body: try Response.encoded(answer), preferenceApplied: isDone ? preference?.applied : nil)
    }

    private func response(_ answer: IdempotencyKeys.Answer) -> Response {
        var response = Response.json(bytes: answer.body, status: answer.status)
        response.headers[.location] = answer.location
        response.headers[.preferenceApplied] = answer.preferenceApplied
        return response
    }

    // MARK: Showing

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDocuments)
        let id = try context.parameters.require("id")
        let explains = try request.flag("explain")
        guard let found = try await find(id, viewedBy: caller, explains: explains) else { throw Problem.noDocument }
        let etag = "\"\(SecretText.digest(found.body).prefix(32))\""
        if request.headers[.ifNoneMatch] == etag {
            return Response(status: .notModified, headers: [.eTag: etag])
        }
        var response = Response.json(bytes: found.body)
        response.headers[.eTag] = etag
        response.headers[.cacheControl] = "private, no-cache"
        response.headers[.correlationID] = found.correlationID
        return response
    }

    private struct Found: Sendable {
        let body: Data
        let correlationID: String
    }

    /// What an id names.
    private enum Named: Sendable {
        case document(DocumentRecord, isHeld: Bool, pages: [PageReading])
        case file(FileRecord, pages: [PageReading])
    }

    /// The answer for a file's or a document's id; a look at what was read is on record.
    ///
    /// Explanations are not stored: they are found again on the stored pages, outside of the transaction.
    private func find(_ id: String, viewedBy caller: Caller, explains: Bool) async throws -> Found? {
        let now = context.clock()
        let sight = Sight(context: context)
        let named = try await context.store.write { transaction -> Named? in
            func readings(of sha256: String) throws -> [PageReading] {
                explains ? try transaction.pages(of: sha256).map(\.reading) : []
            }
            if let record = try transaction.document(id, within: caller.reach) {
                try transaction.recordView(of: record.id, record.correlationID, by: caller, at: now)
                let seen = try sight.seen(record, by: caller, in: transaction)
                return .document(
                    seen.record, isHeld: try !seen.isPart && transaction.hold(of: record.id) != nil,
                    pages: try readings(of: record.sha256))
            }
            guard let record = try FileRecord(id, seenBy: caller, sight, in: transaction) else { return nil }
            if record.result != nil {
                try transaction.recordView(of: id, record.file.correlationID, by: caller, at: now)
            }
            return .file(record, pages: try readings(of: record.file.sha256))
        }
        switch named {
        case .document(let record, let isHeld, let pages):
            return Found(
                body: try Response.encoded(
                    DocumentAnswer(
                        explains ? try await explained(record, pages, to: caller) : record, isHeld: isHeld)),
                correlationID: record.correlationID)
        case .file(var record, let pages):
            if explains {
                var documents: [DocumentRecord] = []
                for document in record.documents { documents.append(try await explained(document, pages, to: caller)) }
                record.documents = documents
            }
            return Found(
                body: try Response.encoded(FileAnswer(record)), correlationID: record.file.correlationID)
        case nil: return nil
        }
    }

    /// The record with what speaks for each of its values; nothing where that could tell the caller one that they key.
    private func explained(
        _ record: DocumentRecord, _ pages: [PageReading], to caller: Caller
    ) async throws -> DocumentRecord {
        guard Sight(context: context).hiddenFields(of: record, from: caller).isEmpty else { return record }
        guard record.versions.model == context.understander.model.version else {
            throw Problem(
                .conflict,
                "Model \(record.versions.model) read the document and is not in service any more. Ask without 'explain'."
            )
        }
        var record = record
        record.document = try await context.taughtUnderstander().explained(record.document, pages: pages)
        return record
    }

    private func image(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDocuments)
        let id = try context.parameters.require("id")
        let number = try context.parameters.require("number", as: Int.self)
        return try await PageImages(context: self.context).response(
            request, fileOf: id, page: number, to: caller)
    }
}

extension Problem {
    static let noDocument = Problem(.notFound, "No file or document has this id. Check it, or submit the file.")

    /// Why a file handed in over HTTP was not taken.
    init(refusal error: ServiceError) {
        switch error.code {
        case .fileTooLarge: self.init(.bodyTooLarge, error.description)
        case .unknownFileKind: self.init(.unsupportedMediaType, error.description)
        case .emptyFile, .tornFile: self.init(.unreadableFile, error.description)
        default: self.init(.unexpected, "The file could not be taken in. Send it again.")
        }
    }
}

extension Transaction {
    /// Puts on record that `caller` saw what was read of a file or document.
    func recordView(
        of subject: String, _ correlationID: String, by caller: Caller, page: Int? = nil, at now: Date
    ) throws {
        try audit(
            actor: caller.actor, action: page == nil ? "document.viewed" : "page.viewed", subject: subject,
            detail: page.map { ["page": "\($0)"] } ?? [:], correlationID: correlationID, at: now)
    }
}
