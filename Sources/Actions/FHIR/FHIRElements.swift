import Documents

/// The data types of R4 that the resources are made of.
extension FHIRValue {
    static func coding(_ system: String, _ code: String) -> FHIRValue {
        .object(["system": .text(system), "code": .text(code)])
    }

    /// A CodeableConcept of one code.
    static func concept(_ system: String, _ code: String) -> FHIRValue {
        .object(["coding": .list([coding(system, code)])])
    }

    /// A CodeableConcept in words.
    static func concept(text: String) -> FHIRValue? { element(["text": string(text)]) }

    static func identifier(_ system: String, _ value: String?) -> FHIRValue? {
        string(value).map { .object(["system": .text(system), "value": $0]) }
    }

    /// An identifier of a kind (`http://terminology.hl7.org/CodeSystem/v2-0203` unless said) whose system nobody knows.
    static func identifier(
        kind: String, of system: String = "http://terminology.hl7.org/CodeSystem/v2-0203", _ value: String?
    ) -> FHIRValue? {
        string(value).map { .object(["type": concept(system, kind), "value": $0]) }
    }

    /// A reference by what is printed: an identifier, a name, or both; nil when neither is.
    static func logicalReference(_ type: String, _ identifier: FHIRValue?, display: String?) -> FHIRValue? {
        let display = string(display)
        guard identifier != nil || display != nil else { return nil }
        return element(["type": .text(type), "identifier": identifier, "display": display])
    }

    static func reference(to fullURL: String) -> FHIRValue { .object(["reference": .text(fullURL)]) }

    /// A Money of United States dollars.
    static func money(_ amount: Money?) -> FHIRValue? {
        amount.map { .object(["value": .amount($0), "currency": .text("USD")]) }
    }

    static func date(_ date: CalendarDate?) -> FHIRValue? { date.map { .text("\($0)") } }

    static func period(_ start: CalendarDate?, _ end: CalendarDate?) -> FHIRValue? {
        // A period that ends before it starts (per-1) is a misprint: it is told without its end.
        let end = start.flatMap { start in end.map { $0 < start ? nil : $0 } } ?? (start == nil ? end : nil)
        return element(["start": date(start), "end": date(end)])
    }
}

/// Code systems and identifier systems, each named by its canonical address.
enum FHIRSystem {
    static let adjudication = "http://terminology.hl7.org/CodeSystem/adjudication"
    static let carinAdjudication = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
    static let carinDiscriminator = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudicationDiscriminator"
    static let carinCareTeamRole = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
    static let carinIdentifierType = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBIdentifierType"
    static let carinSupportingInfo = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBSupportingInfoType"
    static let adjustmentReason = "https://x12.org/codes/claim-adjustment-reason-codes"
    static let adjustmentGroup = "https://x12.org/codes/claim-adjustment-group-codes"
    static let remark = "https://x12.org/codes/remittance-advice-remark-codes"
    static let paymentType = "http://terminology.hl7.org/CodeSystem/payment-type"
    static let payeeType = "http://terminology.hl7.org/CodeSystem/payeetype"
    static let dataOperation = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
    static let participant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
    static let npi = "http://hl7.org/fhir/sid/us-npi"
    /// The object identifier of the Employer Identification Number.
    static let taxIdentifier = "urn:oid:2.16.840.1.113883.4.4"
    /// X12 data element 306, the action codes of HCR01.
    static let reviewAction = "https://codesystem.x12.org/005010/306"

    /// A resource that Mailroom made of an accepted document.
    static let resource = "urn:mailroom:resource"
    static let document = "urn:mailroom:document"
    static let documentType = "urn:mailroom:document-type"
    static let fileDigest = "urn:mailroom:file-sha256"
    static let model = "urn:mailroom:model"
    /// The extension that says whether a person here confirmed what was read.
    static let confirmation = "urn:mailroom:confirmed-by-person"

    /// The system of a procedure code: CPT begins with a digit, HCPCS Level II with a letter, of which D is CDT's.
    static func procedure(_ code: String) -> String {
        code.first == "D" ? "http://www.ada.org/cdt" : modifier(code)
    }

    /// The system of a modifier: CPT's begin with a digit, HCPCS Level II's with a letter.
    static func modifier(_ code: String) -> String {
        code.first?.isLetter == true
            ? "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets" : "http://www.ama-assn.org/go/cpt"
    }
}
