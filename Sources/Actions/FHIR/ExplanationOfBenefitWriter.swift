import Documents
import Foundation

/// One claim of an explanation of benefits as an ExplanationOfBenefit (R4, 13.10), in CARIN Blue Button's words where it
/// has words for what is printed.
struct ExplanationOfBenefitWriter {
    let subject: FHIRSubject
    let claim: Claim
    /// The claim's place in the document, from 1.
    let number: Int

    private var values: RowValues { RowValues(claim.fields) }

    func entry() -> FHIREntry {
        FHIREntry(
            "ExplanationOfBenefit", called: "claim-\(number)", subject,
            children: [
                "identifier": .elements([
                    subject.identifier("claim-\(number)"),
                    .identifier(kind: "uc", of: FHIRSystem.carinIdentifierType, values.text("payer_claim_number")),
                ]),
                "status": subject.status("active"),
                "type": .absent,
                "use": .text("claim"),
                "patient": subject.patient(values) ?? .absent,
                "billablePeriod": .period(values.date("service_start"), values.date("service_end")),
                "created": subject.instant,
                "insurer": subject.insurer ?? .absent,
                "provider": subject.provider ?? .absent,
                "payee": payee,
                "outcome": .text("complete"),
                "careTeam": careTeam,
                "supportingInfo": accountNumber,
                "insurance": .list([.object(["focal": .flag(true), "coverage": coverage])]),
                "item": .elements(claim.serviceLines.enumerated().map { item($0.element, number: $0.offset + 1) }),
                "total": .elements(totals),
                "payment": payment,
            ])
    }

    private var coverage: FHIRValue {
        .logicalReference("Coverage", .identifier(kind: "MB", values.text("member_id")), display: nil) ?? .absent
    }

    private var payee: FHIRValue? {
        guard subject.document.subtype == "remittance_advice", let party = subject.provider else { return nil }
        return .object(["type": .concept(FHIRSystem.payeeType, "provider"), "party": party])
    }

    private var careTeam: FHIRValue? {
        FHIRValue.logicalReference("Practitioner", nil, display: values.text("rendering_provider_name")).map {
            .list([
                .object([
                    "sequence": .number(1), "provider": $0,
                    "role": .concept(FHIRSystem.carinCareTeamRole, "rendering"),
                ])
            ])
        }
    }

    private var accountNumber: FHIRValue? {
        FHIRValue.string(values.text("patient_control_number")).map {
            .list([
                .object([
                    "sequence": .number(1), "valueString": $0,
                    "category": .concept(FHIRSystem.carinSupportingInfo, "patientaccountnumber"),
                ])
            ])
        }
    }

    private var payment: FHIRValue? {
        FHIRValue.money(claim.paidAmount).flatMap {
            .element([
                "amount": $0, "date": .date(subject.values.date("payment_date")),
                "identifier": .string(subject.values.text("payment_number")).map { .object(["value": $0]) },
            ])
        }
    }

    private var totals: [FHIRValue?] {
        let amounts: [(FHIRValue, Money?)] = [
            (.concept(FHIRSystem.adjudication, "submitted"), values.money("charge_amount")),
            (.concept(FHIRSystem.adjudication, "eligible"), values.money("allowed_amount")),
            (.concept(FHIRSystem.adjudication, "benefit"), claim.paidAmount),
            (.concept(FHIRSystem.carinAdjudication, "memberliability"), values.money("patient_responsibility")),
        ]
        return amounts.map { category, amount in
            FHIRValue.money(amount).map { .object(["category": category, "amount": $0]) }
        }
    }

    private func item(_ line: Row, number: Int) -> FHIRValue? {
        let line = RowValues(line)
        let procedure = line.text("procedure_code").map { FHIRValue.concept(FHIRSystem.procedure($0), $0) }
        let modifiers = line.texts("modifiers").map { modifier in
            FHIRValue.object([
                "coding": .list([.coding(FHIRSystem.modifier(modifier), modifier)])
            ])
        }
        return .element([
            "sequence": .number(Decimal(number)),
            "productOrService": procedure ?? .absent,
            "modifier": modifiers.isEmpty ? nil : .list(modifiers),
            "servicedDate": .date(line.date("service_date")),
            "quantity": line.text("units").flatMap { Decimal(string: $0) }.map { .object(["value": .number($0)]) },
            "adjudication": .elements(amounts(line) + adjustments(line) + remarks(line)),
        ])
    }

    private func amounts(_ line: RowValues) -> [FHIRValue?] {
        let amounts: [(system: String, code: String, field: String)] = [
            (FHIRSystem.adjudication, "submitted", "charge_amount"),
            (FHIRSystem.adjudication, "eligible", "allowed_amount"),
            (FHIRSystem.adjudication, "deductible", "deductible_amount"),
            (FHIRSystem.carinAdjudication, "coinsurance", "coinsurance_amount"),
            (FHIRSystem.adjudication, "copay", "copay_amount"),
            (FHIRSystem.adjudication, "benefit", "paid_amount"),
        ]
        return amounts.map { system, code, field in
            FHIRValue.money(line.money(field)).map {
                .object(["category": .concept(system, code), "amount": $0])
            }
        }
    }

    /// The reason and the amount of each adjustment; its group (X12 835, CAS01) is the category's second code.
    private func adjustments(_ line: RowValues) -> [FHIRValue?] {
        line.groups("adjustments").map { parts in
            let printed = (parts["reason"] ?? "").split(separator: "-").map(String.init)
            let group = parts["group"] ?? (printed.count > 1 ? printed.first : nil)
            let codes = [
                FHIRValue.coding(FHIRSystem.carinDiscriminator, "denialreason"),
                group.flatMap(AdjustmentGroup.init).map { .coding(FHIRSystem.adjustmentGroup, $0.rawValue) },
            ]
            return .element([
                "category": .element(["coding": .elements(codes)]),
                "reason": printed.last.map { .concept(FHIRSystem.adjustmentReason, $0) },
                "amount": .money(parts["amount"].flatMap { Money($0) }),
            ])
        }
    }

    private func remarks(_ line: RowValues) -> [FHIRValue?] {
        line.texts("remark_codes").map {
            .object([
                "category": .concept(FHIRSystem.carinDiscriminator, "denialreason"),
                "reason": .concept(FHIRSystem.remark, $0),
            ])
        }
    }

    /// X12 835, CAS01; CR is on old paper.
    private enum AdjustmentGroup: String {
        case contractual = "CO"
        case other = "OA"
        case payer = "PI"
        case patient = "PR"
        case correction = "CR"
    }
}
