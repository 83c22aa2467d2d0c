import Actions
import Documents
import Foundation
import Settings
import Testing

@Suite struct ActionRulesPlanTests {
    private func connectors(_ document: Document, _ type: EventType = .documentAccepted) throws -> [String] {
        try ActionsExample.deliveries(ActionsExample.event(document, type: type)).map(\.connector)
    }

    private func changed(_ change: (inout Document) -> Void) -> Document {
        var document = ActionsExample.refundLetter
        change(&document)
        return document
    }

    @Test func eachWebhookIsCalledOnceForAnEvent() throws {
        let planned = try ActionsExample.deliveries()
        #expect(planned.map(\.connector) == ["engine", "archive"])
        #expect(planned.map(\.idempotencyKey) == ["01K8EVENT-engine", "01K8EVENT-archive"])
        #expect(planned[0].message == planned[1].message)
    }

    @Test func everyConditionMustHold() throws {
        #expect(try connectors(changed { $0.type = "remittance" }) == ["engine"])
        #expect(try connectors(changed { $0.subtype = "denial" }) == ["engine"])
        #expect(try connectors(changed { $0.subtype = nil }) == ["engine"])
        #expect(try connectors(changed { $0.fields["payer_name"] = .one(ActionsExample.field("Other")) }) == ["engine"])
        #expect(try connectors(changed { $0.fields["payer_name"] = nil }) == ["engine"])
        #expect(try connectors(changed { $0.fields["reason_codes"] = nil }) == ["engine"])
        #expect(try connectors(ActionsExample.refundLetter, .documentRejected) == [])
    }

    /// A phrase anywhere in one value of the field, whatever its case and spacing; where nothing is said, it is lacked.
    @Test(
        arguments: [
            ("Duplicate payment.", true), ("The amount WAS  offset on March 3.", false), (nil, true),
        ] as [(String?, Bool)])
    func aFieldThatHasAPhraseMayBeLeftOut(_ payer: String?, _ matches: Bool) throws {
        let text = ActionsExample.text.replacing("payers: [\"ACME  health\"]", with: "kinds: []")
            .replacing("      kinds: []\n", with: "")
            .replacing(
                "reason_codes: {any_of: [co-197, \"45\"]}", with: "payer_name: {lacks: [was offset, has been offset]}")
        let letter = changed { $0.fields["payer_name"] = payer.map { .one(ActionsExample.field($0)) } }
        let planned = try ActionsExample.rules(text).plan(ActionsExample.event(letter, type: .documentAccepted))
        #expect(planned.compactMap { $0.delivery?.connector }.contains("archive") == matches)
    }

    @Test(arguments: [("499.99", false), ("500.00", true), ("1000.00", true), ("1000.01", false), ("-750.00", false)])
    func amountsAreComparedAtBothEnds(amount: String, matches: Bool) throws {
        let document = changed { $0.fields["requested_amount"] = .one(ActionsExample.field(amount)) }
        #expect(try connectors(document).contains("archive") == matches)
    }

    @Test func thePayloadIsACloudEventWithTheDocument() throws {
        let payload = try #require(try ActionsExample.deliveries().first?.message.payload)
        let event = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        let attributes = event.compactMapValues { $0 as? String }
        #expect(
            attributes == [
                "specversion": "1.0", "id": "01K8EVENT", "source": "/mailroom/test",
                "type": "org.mailroom.document.accepted.v1", "subject": "01K8DOCUMENT",
                "time": "2027-01-15T08:00:00.250Z", "datacontenttype": "application/json",
                "correlationid": "01K8ARRIVAL",
            ])
        let data = try #require(event["data"] as? [String: Any])
        #expect(data["document_id"] as? String == "01K8DOCUMENT")
        #expect(data["href"] as? String == "/v1/documents/01K8DOCUMENT")
        #expect(data["correlation_id"] as? String == "01K8ARRIVAL")
        #expect(data["type"] as? String == "letter")
        #expect(data["subtype"] as? String == "overpayment")
        #expect(data["disposition"] as? String == "accept")
        #expect((data["fields"] as? [String: Any])?.count == 3)
    }

    @Test func whoKnowsItsAddressNamesTheSchema() throws {
        let rules = try ActionsExample.rules("address: https://mail.example/\n" + ActionsExample.text)
        let payload = try #require(try ActionsExample.deliveries(rules: rules).first?.message.payload)
        let event = try #require(try JSONSerialization.jsonObject(with: payload) as? [String: Any])
        #expect(
            event["dataschema"] as? String
                == "https://mail.example/v1/schemas/org.mailroom.document.accepted.v1.json")
        #expect(throws: SettingsError.self) { try ActionsExample.rules("address: here\n" + ActionsExample.text) }
    }

    @Test func theSameEventGivesTheSameBytes() throws {
        let event = ActionsExample.event()
        #expect(try ActionsExample.rules().plan(event) == ActionsExample.rules().plan(event))
        let data = try event.data.json()
        #expect(try EventData(json: data, of: event.type) == event.data)
    }

    @Test func waitsGrowToTheirLimitAndEnd() {
        let retry = RetryPolicy(attemptsMax: 6, firstDelaySeconds: 5, factor: 3, delaySecondsMax: 100, jitter: 0.2)
        let middle = (1...6).map { retry.delaySeconds(afterAttempt: $0, chance: 0.5) }
        #expect(middle == [5, 15, 45, 100, 100, nil])
        #expect(retry.delaySeconds(afterAttempt: 1, chance: 0) == 4)
        #expect(RetryPolicy(attemptsMax: 5000).delaySeconds(afterAttempt: 4000, chance: 0.5) == 3600)
    }
}
