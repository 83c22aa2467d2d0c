import Crypto
import Documents
import Foundation

/// What the sender of a 275 (005010X211) has to know of an attachment: the JSON beside its PDF.
///
/// The names are those of the 275's own elements and of the 278 that it belongs to.
package struct AttachmentManifest: Codable, Hashable, Sendable {
    package struct File: Codable, Hashable, Sendable {
        package var name: String
        package var mediaType: String
        package var size: Int
        /// In hexadecimal.
        package var sha256: String
        package var pageCount: Int

        private enum CodingKeys: String, CodingKey {
            case name, size, sha256
            case mediaType = "media_type"
            case pageCount = "page_count"
        }
    }

    /// The 278 that announces it.
    package struct Request: Codable, Hashable, Sendable {
        package var fileName: String
        /// GS08.
        package var version: String
        /// BHT03.
        package var reference: String

        private enum CodingKeys: String, CodingKey {
            case fileName = "file_name"
            case version, reference
        }
    }

    package struct Payer: Codable, Hashable, Sendable {
        package var name: String
        package var id: String
    }

    package struct Provider: Codable, Hashable, Sendable {
        package var name: String
        package var npi: String?
        package var taxID: String?

        private enum CodingKeys: String, CodingKey {
            case name, npi
            case taxID = "tax_id"
        }
    }

    package struct Patient: Codable, Hashable, Sendable {
        package var name: String
        package var birthDate: String
        package var memberID: String
        package var groupNumber: String?

        private enum CodingKeys: String, CodingKey {
            case name
            case birthDate = "birth_date"
            case memberID = "member_id"
            case groupNumber = "group_number"
        }
    }

    package var attachmentControlNumber: String
    package var reportTypeCode: String
    package var transmissionCode: String
    package var file: File
    package var request: Request
    package var payer: Payer
    package var requester: Provider
    package var patient: Patient

    private enum CodingKeys: String, CodingKey {
        case attachmentControlNumber = "attachment_control_number"
        case reportTypeCode = "report_type_code"
        case transmissionCode = "transmission_code"
        case file, request, payer, requester, patient
    }

    init(
        _ attachment: AuthorizationAttachment, _ pages: BoundPages, file: String, of request: AuthorizationRequest,
        payerID: String, as reference: String, in requestFile: String
    ) {
        attachmentControlNumber = attachment.controlNumber
        reportTypeCode = attachment.reportType
        transmissionCode = attachment.transmission
        self.file = File(
            name: file, mediaType: "application/pdf", size: pages.pdf.count,
            sha256: SHA256.hash(data: pages.pdf).hexadecimal, pageCount: pages.pageCount)
        self.request = Request(fileName: requestFile, version: AuthorizationRequest.version, reference: reference)
        payer = Payer(name: request.payerName, id: payerID)
        requester = Provider(
            name: request.requester.name, npi: request.requester.npi, taxID: request.requester.taxID)
        patient = Patient(
            name: request.patientName, birthDate: request.birthDate.description, memberID: request.memberID,
            groupNumber: request.groupNumber)
    }

    func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
