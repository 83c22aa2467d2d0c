import Documents
import Governance
import Records
import Service

/// The installation's policy with the amounts of remittances keyed by two people.
enum KeyPolicy {
    static func text(_ shipped: String) -> String {
        shipped.replacing(
            "  eob:\n    queue: remittances\n",
            with: "  eob:\n    queue: remittances\n    double_blind: [payment_amount, claims.paid_amount]\n")
    }

    /// A remittance whose machine-read amounts stand nowhere else in it.
    static var remittance: Document {
        var document = SampleRemittance.document
        document.fields["payment_amount"] = .one(field("871.93", top: 300))
        document.claims[0].fields["paid_amount"] = .one(field("871.93", top: 900))
        document.claims[0].fields["patient_name"] = .one(
            Field(value: .text("Maria <b>Example</b>"), confidence: 0.99, page: 1))
        return document
    }

    /// Has two people key the document of a task differently.
    static func differ(on task: ReviewTask, in fixture: WebFixture) async throws {
        let keyDesk = KeyDesk(desk: fixture.desk)
        for (name, paid, version) in [("first", "160", 1), ("second", "180", 2)] {
            let person = try await fixture.person(name)
            try await fixture.desk.take(task.id, by: person)
            if version == 1 { try await fixture.desk.confirm(task.id, edits: [], seen: 1, by: person) }
            let answers = ["payment_amount": "160", "claims[0].paid_amount": paid]
            try await keyDesk.give(
                task.id, KeyForm(answers: answers.mapValues { .typed($0) }), seen: 2, by: person)
        }
    }

    private static func field(_ text: String, top: Double) -> Field {
        Field(
            value: .text(text), text: text, confidence: 0.97, page: 1,
            box: Box(left: 1500, top: top, right: 1700, bottom: top + 40), alternatives: [.text("811.93")])
    }
}
