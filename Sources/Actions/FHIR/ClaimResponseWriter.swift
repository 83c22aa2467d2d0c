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
                "extension": .elements([reviewer]),
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
                "preAuthRef": .string(values.text("authorization_number")),
                "preAuthPeriod": isApproved ? .period(values.date("service_start"), values.date("service_end")) : nil,
                "adjudication": .elements([decision] + reasons),
                "processNote": note,
            ])
    }

    /// Whether a person stands between the paper and this resource.
    ///
    /// `wasHumanReviewedFlag` is true when somebody here confirmed the document, false when policy accepted it unseen;
    /// nothing is known of who decided at the payer. Where it is not known who accepted the document, there is no flag.
    private var reviewer: FHIRValue? {
        subject.data.origin.map { origin in
            .object([
                "url": .text("\(Self.extensions)extension-claimResponseReviewer"),
                "extension": .list([
                    .object([
                        "url": .text("wasHumanReviewedFlag"), "valueBoolean": .flag(origin.confirmedBy != nil),
                    ])
                ]),
            ])
        }
    }

    /// The review action of X12 278, HCR01: `A1` certified in total, `A3` not certified.
    private var decision: FHIRValue {
        let code = FHIRValue.object([
            "url": .text("\(Self.extensions)extension-reviewActionCode"),
            "valueCodeableConcept": .concept(FHIRSystem.reviewAction, isApproved ? "A1" : "A3"),
        ])
        let number = FHIRValue.string(values.text("authorization_number")).map { number in
            FHIRValue.object(["url": .text("number"), "valueString": number])
        }
        let action = FHIRValue.object([
            "url": .text("\(Self.extensions)extension-reviewAction"),
            "extension": .list([code] + [number].compactMap { $0 }),
        ])
        return .object([
            "extension": .list([action]), "category": .concept(FHIRSystem.adjudication, "submitted"),
        ])
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
