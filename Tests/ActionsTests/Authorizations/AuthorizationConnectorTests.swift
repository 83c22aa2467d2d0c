import Actions
import Documents
import Foundation
import Records
import Testing

@Suite struct AuthorizationConnectorTests {
    @Test func aFormIsANumberedFileInTheFolder() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(AuthorizationRequestTests.form)
        try await house.accept(AuthorizationRequestTests.form)
        let files = try house.files().sorted { $0.key < $1.key }
        #expect(files.map { $0.key.hasSuffix("-authorizations.278") } == [true, true])
        #expect(files.map { $0.value.contains("*00000000") } == [true, true])
        let first = try #require(files.first?.value)
        #expect(
            first.contains("GS*HI*SPRINGFIELD*ACME*")
                && first.contains("*1*X*005010X217~\nST*278*0001*005010X217~\nBHT*"))
        // The balancer knows envelopes: of what it says only the lack of a payment is left.
        #expect(
            RemittanceBalancer.findings(in: Data(first.utf8)) == ["Transaction 0001: There is no BPR segment."])
        let delivery = try #require(
            try await house.store.read { transaction in
                let event = try transaction.events(subject: document)[0]
                return try transaction.deliveries(ofEvent: event.id).first { $0.action == "authorizations" }
            })
        let now = house.now
        try await house.store.write { try $0.replay(delivery.id, at: now) }
        try await house.deliver()
        #expect(try house.files().count == 2, "the same message once more is the same file")
        try await house.accept(AuthorizationRequestTests.form)
        #expect(try house.files().values.contains { $0.contains("*000000003*0*T*:~") }, "no number was left out")
    }

    @Test func aRecalledFormIsNotAskedForAndOneThatWasSentNotAgain() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(AuthorizationRequestTests.form)
        let asked = try #require(
            try await house.store.read { transaction in
                let event = try transaction.events(subject: document)[0]
                return try transaction.deliveries(ofEvent: event.id).first { $0.action == "authorizations" }
            })
        try await house.recall(document)
        let connector = try #require(house.rules.connectors["authorizations"])
        let late = await connector.send(
            OutgoingMessage(
                idempotencyKey: "late", payload: asked.payload, attempt: 1, sentAt: house.now, correlationID: "C"))
        #expect(late == .refused(status: nil, problem: "The form was recalled since: nothing is asked for it."))
        try await house.accept(AuthorizationRequestTests.form, as: document)
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }.compactMap(\.lastError)
        #expect(parked.count == 1 && parked.first?.contains("is asked for already") == true)
        #expect(try house.files().count == 1)
    }

    @Test func whatAFormLacksParksIt() async throws {
        let house = try await RemittanceHouse()
        var form = AuthorizationRequestTests.form
        form.fields["request_type"] = nil
        try await house.accept(form)
        form = AuthorizationRequestTests.form
        form.fields["payer_name"] = .one(RemittanceExample.field("Nobody"))
        try await house.accept(form)
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }.compactMap(\.lastError)
        #expect(parked.count == 2 && parked.contains { $0.contains("request_type") })
        #expect(try house.files().isEmpty)
    }
}
