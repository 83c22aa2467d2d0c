import Documents
import Foundation

/// What the resources of one document are about, and how they are called.
struct FHIRSubject {
    /// The event that the bundle tells of.
    let eventID: String
    let time: Date
    let data: DocumentEventData
    /// The event of the acceptance that the bundle tells of, or that it takes back: it names the resources, so that a
    /// document that is accepted anew has new ones.
    let acceptance: String
    let isRecall: Bool
    /// Where `/v1` of this Mailroom is, as others reach it; empty when nobody has said.
    let address: String

    var document: Document { data.document }
    var values: RowValues { RowValues(document.fields) }
    var instant: FHIRValue {
        .text(time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    /// The status that a resource has now, `status` unless it is taken back.
    func status(_ status: String) -> FHIRValue { .text(isRecall ? "entered-in-error" : status) }

    /// The document as a whole, by its type and subtype.
    var kind: String { [document.type, document.subtype].compactMap { $0 }.joined(separator: ".") }

    var insurer: FHIRValue? { .logicalReference("Organization", nil, display: values.text("payer_name")) }

    /// The provider that a remittance is paid to, or that a letter is written to.
    var provider: FHIRValue? {
        let identifier =
            FHIRValue.identifier(FHIRSystem.npi, values.text("payee_npi"))
            ?? .identifier(FHIRSystem.taxIdentifier, values.text("payee_tax_id"))
        return .logicalReference(
            "Organization", identifier, display: values.text("payee_name") ?? values.text("provider_name"))
    }

    /// A patient by what the paper calls them: the payer's member id, else the provider's account number, and the name.
    func patient(_ values: RowValues) -> FHIRValue? {
        let identifier =
            FHIRValue.identifier(kind: "MB", values.text("member_id"))
            ?? .identifier(kind: "AN", values.text("patient_control_number"))
        return .logicalReference("Patient", identifier, display: values.text("patient_name"))
    }

    /// The name of the resource called `part`: a ULID and a word, which need no escape in an address.
    func key(_ part: String) -> String { "\(acceptance)-\(part)" }

    func identifier(_ part: String) -> FHIRValue {
        .object(["system": .text(FHIRSystem.resource), "value": .text(key(part))])
    }
}
