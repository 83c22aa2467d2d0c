import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Reading
import Understanding

/// `/v1/classifications`: bytes in, type with confidence out; no more is read than that takes, and nothing is kept.
struct ClassificationsController: Sendable {
    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("classifications") { try await classify($0, context: $1) }
    }

    private func classify(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.caller(having: .submitDocuments)
        let upload = try await Upload(request, byteCountMax: self.context.readerLimits.fileBytesMax)
        let versions = self.context.versions
        return try Response.json(Answer(try await found(in: upload), model: versions.model, reader: versions.reader))
    }

    private func found(in upload: Upload) async throws -> Finding<Classification> {
        let understander = try await context.taughtUnderstander()
        do {
            return try await context.readers.readUntilSure(
                upload.bytes, pageCountMax: Classification.pageCountMax
            ) { understander.judge($0) }
        } catch let error as ReadingError {
            throw Problem(refusal: error)
        }
    }

    private struct Answer: Encodable {
        let type: String
        let subtype: String?
        let confidence: Confidence
        let subtypeConfidence: Confidence?
        let alternatives: [Classification.Alternative]
        /// What speaks for the type.
        let reasons: [Reason]
        /// How many pages the answer rests on.
        let pageCount: Int
        /// How much of them was read.
        let basis: ReadingBasis
        let versions: [String: String]

        init(_ finding: Finding<Classification>, model: String, reader: String) {
            let found = finding.answer
            type = found.type
            subtype = found.subtype
            confidence = found.confidence
            subtypeConfidence = found.subtypeConfidence
            alternatives = found.alternatives
            reasons = found.reasons
            pageCount = finding.pageCount
            basis = finding.basis
            versions = ["model": model, "reader": reader]
        }

        private enum CodingKeys: String, CodingKey {
            case type, subtype, confidence
            case subtypeConfidence = "subtype_confidence"
            case alternatives, reasons
            case pageCount = "page_count"
            case basis, versions
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
