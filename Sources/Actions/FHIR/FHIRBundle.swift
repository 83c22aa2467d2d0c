import Documents

/// A FHIR R4 transaction bundle (R4, 3.1.0.11) of what one accepted document says, or of what a recall takes back.
///
/// Nothing that the paper does not say is in it: what R4 asks for all the same has a data-absent-reason, and a resource that
/// would be worth nothing without it is left out, which the DocumentReference's description says. Patients, payers and
/// providers are referred to by what is printed (logical references): whether they have resources, the server knows.
package struct FHIRBundle: Sendable {
    package let value: FHIRValue

    /// The bundle of an event of acceptance or recall; throws `UnsuitableEvent` for another event.
    ///
    /// - Parameter address: where `/v1` of this Mailroom is as others reach it (`https://mailroom.example`).
    package init(_ event: MailroomEvent, address: String) throws(UnsuitableEvent) {
        guard case .document(let data) = event.data, [.documentAccepted, .documentRecalled].contains(event.type) else {
            throw UnsuitableEvent(
                "FHIR resources are made of documents that are accepted or recalled; this is \(event.type.rawValue).")
        }
        let isRecall = event.type == .documentRecalled
        guard let acceptance = data.origin?.acceptance ?? (isRecall ? nil : event.id) else {
            throw UnsuitableEvent(
                "The event does not say which acceptance it takes back: mark the document's resources by hand.")
        }
        let subject = FHIRSubject(
            eventID: event.id, time: event.time, data: data, acceptance: acceptance, isRecall: isRecall,
            address: address)
        let entries = FHIRBundle.entries(subject)
        value = .object([
            "resourceType": .text("Bundle"), "type": .text("transaction"),
            "identifier": .object(["system": .text("urn:mailroom:event"), "value": .text(event.id)]),
            "timestamp": subject.instant,
            "entry": .list(entries.map(\.value)),
        ])
    }

    private static func entries(_ subject: FHIRSubject) -> [FHIREntry] {
        var (entries, leftOut) = content(subject)
        let document = DocumentReferenceWriter(subject: subject, leftOut: leftOut).entry()
        if subject.document.type == "payer_letter",
            ["denial", "information_request"].contains(subject.document.subtype)
        {
            entries.append(TaskWriter(subject: subject, documentURL: document.fullURL).entry())
        }
        entries.append(document)
        return entries + [ProvenanceWriter(subject: subject, targets: entries).entry()]
    }

    /// What the document says, and the sentences that tell what it has too little for.
    private static func content(_ subject: FHIRSubject) -> (entries: [FHIREntry], leftOut: [String]) {
        switch (subject.document.type, subject.document.subtype) {
        case ("eob", let subtype):
            let claims = subject.document.claims.enumerated().map {
                ExplanationOfBenefitWriter(subject: subject, claim: $0.element, number: $0.offset + 1).entry()
            }
            guard subtype == "remittance_advice" else { return (claims, []) }
            do {
                return (claims + [try PaymentReconciliationWriter(subject: subject, claims: claims).entry()], [])
            } catch {
                return (claims, ["There is no PaymentReconciliation: \(error.problem)"])
            }
        case ("payer_letter", "authorization_approval"):
            return ([ClaimResponseWriter(subject: subject, isApproved: true).entry()], [])
        case ("payer_letter", "authorization_denial"):
            return ([ClaimResponseWriter(subject: subject, isApproved: false).entry()], [])
        default:
            return ([], [])
        }
    }
}
