import Documents
import Foundation

/// A payer's decision on an authorization as a ClaimResponse (R4, 13.2) with the extensions of Da Vinci PAS 2.2.1.
struct ClaimResponseWriter {
    private static let extensions = "http://hl7.org/fhir/us/davinci-pas/StructureDefinition/"

    let subject: FHIRSubject
    let isApproved: Bool

    private var values: RowValues { subject.values }

    func entry() -> FHIREntry {
        FHIREntry(
            "ClaimResponse", called: "decision", subject,
            children: [
                "extension": .elements([confirmation]),
                "identifier": .elements([
                    subject.identifier("decision"),
                    .identifier(
                        kind: "uc", of: FHIRSystem.carinIdentifierType, values.text("payer_claim_number")),
                ]),
                "status": subject.status("active"),
                "type": .absent,
                "use": .text("preauthorization"),
                "patient": subject.patient(values) ?? .absent,
                "created": subject.instant,
                "insurer": subject.insurer ?? .absent,
                "requestor": subject.provider,
                "outcome": .text("complete"),
                "disposition": disposition,
                "preAuthRef": .string(values.text("authorization_number")),
                "preAuthPeriod": isApproved ? .period(values.date("service_start"), values.date("service_end")) : nil,
                "adjudication": .elements([decision] + reasons),
                "processNote": note,
            ])
    }

    /// Whether a person here confirmed what was read of the letter; nothing where it is not known who accepted it.
    ///
    /// It is an extension of our own. The reviewer of PAS (`extension-claimResponseReviewer`) is whoever reviewed the
    /// request at the payer, and of that the letter says nothing.
    private var confirmation: FHIRValue? {
        subject.data.origin.map { origin in
            .object(["url": .text(FHIRSystem.confirmation), "valueBoolean": .flag(origin.confirmedBy != nil)])
        }
    }

    private var disposition: FHIRValue? {
        isApproved ? FHIRValue.text("The payer approved; whether all that was asked for is not known.") : nil
    }

    /// The review action of X12 278, HCR01: `A3`, not certified, of a denial.
    ///
    /// An approval has no code: whether it is of all that was asked for (`A1`) or of a part (`A2`) is in no field.
    private var decision: FHIRValue? {
        let code: FHIRValue? =
            isApproved
            ? nil
            : FHIRValue.object([
                "url": .text("\(Self.extensions)extension-reviewActionCode"),
                "valueCodeableConcept": .concept(FHIRSystem.reviewAction, "A3"),
            ])
        let number = FHIRValue.string(values.text("authorization_number")).map { number in
            FHIRValue.object(["url": .text("number"), "valueString": number])
        }
        let action = FHIRValue.elements([code, number]).map { parts in
            FHIRValue.list([
                .object(["url": .text("\(Self.extensions)extension-reviewAction"), "extension": parts])
            ])
        }
        return FHIRValue.element(["extension": action, "category": .concept(FHIRSystem.adjudication, "submitted")])
    }

    private var reasons: [FHIRValue?] {
        values.texts("reason_codes").map {
            .object([
                "category": .concept(FHIRSystem.carinDiscriminator, "denialreason"), "reason": .adjustmentReason($0),
            ])
        }
    }

    private var note: FHIRValue? {
        FHIRValue.string(values.text("denial_reason")).map {
            .list([.object(["number": .number(1), "type": .text("display"), "text": $0])])
        }
    }
}

extension FHIRValue {
    /// A claim adjustment reason code as paper prints it, with its group before it or without.
    static func adjustmentReason(_ printed: String) -> FHIRValue {
        let code = printed.split(separator: "-").last.map(String.init) ?? printed
        return concept(FHIRSystem.adjustmentReason, code)
    }
}
