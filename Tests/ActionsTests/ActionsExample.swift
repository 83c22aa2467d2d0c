import Actions
import Documents
import Foundation
import Governance
import Settings
import Testing

/// Rules, documents and events that the tests of this folder vary.
enum ActionsExample {
    /// The key of the Standard Webhooks libraries' own test.
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    static let vocabulary = Vocabulary(
        types: [
            "letter": [
                "payer_name": .init(title: "Payer", kind: .name),
                "reason_codes": .init(title: "Reasons", kind: .adjustmentReason, repeats: true),
                "requested_amount": .init(title: "Requested", kind: .money),
            ],
            "remittance": [
                "payer_name": .init(title: "Payer", kind: .name),
                "claims.paid_amount": .init(title: "Paid", kind: .money),
            ],
        ], subtypes: ["letter": ["denial", "overpayment"]])

    static let text = """
        source: /mailroom/test
        webhooks:
          - name: engine
            url_from: {environment: ENGINE_URL}
            secret_from: {environment: ENGINE_SECRET}
            private_addresses: allow
            timeout_seconds: 2
            retry: {attempts: 4, first_delay_seconds: 10}
          - name: archive
            url: https://archive.example/hook
            secret_from: {environment: ENGINE_SECRET}
        rules:
          - name: everything
            when:
              event: org.mailroom.document.accepted.v1
            then: [engine]
          - name: large refunds
            when:
              event: org.mailroom.document.accepted.v1
              types: [letter]
              subtypes: [overpayment]
              payers: ["ACME  health"]
              fields:
                reason_codes: {any_of: [co-197, "45"]}
                requested_amount: {at_least: 500, at_most: "1,000.00"}
            then: [engine, archive]
        """

    static let environment = ["ENGINE_URL": "http://127.0.0.1:9/hook", "ENGINE_SECRET": secret]

    static func rules(
        _ text: String = text, environment: [String: String] = environment
    ) throws(SettingsError) -> ActionRules {
        try ActionRules(text: text, path: "actions.yaml", vocabulary: vocabulary, environment: environment)
    }

    static func field(_ value: String) -> Field { Field(value: .text(value), text: value, confidence: 0.99) }

    /// A letter that asks back 750.00 dollars: both rules match it.
    static let refundLetter = Document(
        type: "letter", subtype: "overpayment", typeConfidence: 0.99, pages: [1],
        fields: [
            "payer_name": .one(field("Acme Health")), "reason_codes": .many([field("CO-50"), field("CO-197")]),
            "requested_amount": .one(field("750.00")),
        ], disposition: .accept)

    static func event(_ document: Document = refundLetter, type: EventType = .documentAccepted) -> MailroomEvent {
        MailroomEvent(
            id: "01K8EVENT", type: type, time: Date(timeIntervalSince1970: 1_800_000_000.25),
            data: .document(
                DocumentEventData(documentID: "01K8DOCUMENT", correlationID: "01K8ARRIVAL", document: document)))
    }

    /// The deliveries that `event` calls for.
    static func deliveries(
        _ event: MailroomEvent = event(), rules: ActionRules? = nil
    ) throws -> [PlannedDelivery] {
        try (rules ?? ActionsExample.rules()).plan(event).compactMap(\.delivery)
    }
}
