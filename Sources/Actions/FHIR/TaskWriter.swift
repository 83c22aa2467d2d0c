import Documents

/// What a payer's letter asks of the provider as a Task (R4, 12.18) with the day by which it is due.
struct TaskWriter {
    let subject: FHIRSubject
    let documentURL: String

    private var values: RowValues { subject.values }

    func entry() -> FHIREntry {
        let isDenial = subject.document.subtype == "denial"
        return FHIREntry(
            "Task", called: "task", subject,
            children: [
                "identifier": .list([subject.identifier("task")]),
                "status": subject.status("requested"),
                "intent": .text("order"),
                "code": .concept(text: isDenial ? "Answer a denial" : "Send the information that the payer asks for"),
                "focus": .reference(to: documentURL),
                "for": subject.patient(values),
                "authoredOn": subject.instant,
                "requester": subject.insurer,
                "restriction": FHIRValue.period(nil, values.date("response_due_date")).map { .object(["period": $0]) },
                "input": .elements(inputs),
            ])
    }

    private var inputs: [FHIRValue?] {
        let requested = values.texts("requested_documents").map {
            input("Requested document", "valueString", .string($0))
        }
        let codes = values.texts("reason_codes").map {
            input("Reason code", "valueCodeableConcept", .adjustmentReason($0))
        }
        let reason = input("Reason", "valueString", .string(values.text("denial_reason")))
        let claim = input("Payer's claim number", "valueString", .string(values.text("payer_claim_number")))
        let amount = input("Charged", "valueMoney", .money(values.money("charge_amount")))
        return requested + codes + [reason, claim, amount]
    }

    private func input(_ type: String, _ name: String, _ value: FHIRValue?) -> FHIRValue? {
        value.map { .object(["type": .object(["text": .text(type)]), name: $0]) }
    }
}
