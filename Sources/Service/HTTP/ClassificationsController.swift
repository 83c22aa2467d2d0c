import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Reading
import Synchronization
import Understanding

/// `/v1/classifications`: bytes in, type with confidence out; nothing is kept.
struct ClassificationsController: Sendable {
    /// Only the first pages are looked at: they say what a document is.
    static let pageCountMax = 5

    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("classifications") { try await classify($0, context: $1) }
    }

    private func classify(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.caller(having: .submitDocuments)
        let upload = try await Upload(request, byteCountMax: self.context.readerLimits.fileBytesMax)
        let pages = try await read(upload)
        let versions = self.context.versions
        return try Response.json(
            Answer(
                self.context.understander.classify(pages), pageCount: pages.count, model: versions.model,
                reader: versions.reader))
    }

    private func read(_ upload: Upload) async throws -> [PageReading] {
        let pages = Mutex<[PageReading]>([])
        do {
            _ = try await context.readers.read(
                upload.bytes, wantImages: false, pages: 0..<ClassificationsController.pageCountMax
            ) { page in
                pages.withLock { $0.append(page.reading) }
            }
        } catch let error as ReadingError {
            throw Problem(refusal: error)
        }
        return pages.withLock { $0 }
    }

    private struct Answer: Encodable {
        let type: String
        let subtype: String?
        let confidence: Confidence
        let subtypeConfidence: Confidence?
        let alternatives: [Classification.Alternative]
        /// How many pages the answer rests on.
        let pageCount: Int
        let versions: [String: String]

        init(_ found: Classification, pageCount: Int, model: String, reader: String) {
            type = found.type
            subtype = found.subtype
            confidence = found.confidence
            subtypeConfidence = found.subtypeConfidence
            alternatives = found.alternatives
            self.pageCount = pageCount
            versions = ["model": model, "reader": reader]
        }

        private enum CodingKeys: String, CodingKey {
            case type, subtype, confidence
            case subtypeConfidence = "subtype_confidence"
            case alternatives
            case pageCount = "page_count"
            case versions
        }
    }
}

extension Problem {
    /// Why a file's pages could not be read.
    init(refusal error: ReadingError) {
        switch error.code {
        case .tooLarge: self.init(.bodyTooLarge, error.description)
        case .unknownKind: self.init(.unsupportedMediaType, error.description)
        case .empty, .torn, .encrypted, .damaged, .tooManyPages: self.init(.unreadableFile, error.description)
        case .readerFailed:
            self.init(.unavailable, "No reader process can be started. Try again later.", retryAfterSeconds: 30)
        }
    }
}
