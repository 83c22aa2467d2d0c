import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import TestSupport
import Testing

/// An approval matrix from its proposal to the moment at which approvals are decided by it.
@Suite struct MatrixActivationTests {
    /// The shipped matrix, in which managers decide refunds up to another amount.
    private func text(refundsTo dollars: Int = 1000, _ change: (String) -> String = { $0 }) throws -> String {
        let shipped = try String(contentsOf: packageFolder.appending(path: "Config/approvals.yaml"), encoding: .utf8)
        return change(shipped.replacing("{up_to: 5000, roles: [app", with: "{up_to: \(dollars), roles: [app"))
    }

    private func house() async throws -> ApprovalsHouse {
        let house = try await ApprovalsHouse()
        for name in ["ana", "bob", "carl"] { try await house.fixture.addUser(name, .administrator) }
        return house
    }

    private func propose(_ text: String, by browser: WorkbenchClient) async throws -> TestResponse {
        try await browser.post(
            "/approval-matrix/new",
            [("text", text), ("reason", "The auditors asked."), ("action", "propose")], from: "/approval-matrix/new")
    }

    private func settle(_ hash: String, _ action: String, by browser: WorkbenchClient) async throws -> TestResponse {
        try await browser.post(
            "/approval-matrix/\(hash)", [("action", action), ("reason", "Agreed.")], from: "/approval-matrix/\(hash)")
    }

    @Test func whatOneProposesAnotherConfirmsAndOpenApprovalsAreDecidedByIt() async throws {
        let house = try await house()
        let (_, small) = try await house.refund("4200.00")
        let (_, large) = try await house.refund("60000.00", file: 1)
        let proposed = try text()
        let hash = ApprovalMatrix.hash(of: proposed)
        let former = house.fixture.context.approvalMatrix.hash
        try await house.fixture.test { client in
            let (ana, bob) = (try await WorkbenchClient.at(client, "ana"), try await WorkbenchClient.at(client, "bob"))
            let mia = try await WorkbenchClient.at(client, "mia")
            let dora = try await WorkbenchClient.at(client, "dora")
            #expect(try await dora.decide("approve", on: large.id).status == .seeOther)
            #expect(try await propose(proposed, by: ana).headers[.location] == "/approval-matrix/\(hash)")
            let page = try await ana.get("/approval-matrix/\(hash)").text
            #expect(page.contains("5000</td><td class=\"words\">1000"), "what is said otherwise")
            #expect(page.contains("Would go to other people first: 1."), "what was asked for is judged anew")
            #expect(page.contains("does not count any more"), "what becomes of open approvals")
            #expect(try await settle(hash, "confirm", by: ana).status == .conflict)
            #expect(try await mia.get("/approval-matrix/new").status == .forbidden)
            #expect(try await mia.get("/approval-matrix").text.contains("ana stands for it"))
            #expect(house.fixture.context.approvalMatrix.hash == former)

            #expect(try await settle(hash, "confirm", by: bob).status == .seeOther)
            #expect(house.fixture.context.approvalMatrix.hash == hash)
            let refused = try await mia.decide("approve", on: small.id)
            #expect(refused.text.contains("ends at $1,000.00"))
            #expect(try await dora.get("/approvals/\(large.id)").text.contains("does not count any more"))
            #expect(try await dora.decide("approve", on: large.id).status == .seeOther)
            #expect(try await house.approval(large.id).status == .requested, "the second has to approve as well")
            let dirk = try await WorkbenchClient.at(client, "dirk")
            #expect(try await dirk.decide("approve", on: large.id).status == .seeOther)
        }
        #expect(try await house.approval(large.id).status == .approved)
        #expect(try await house.decisions(on: large.id).map(\.matrixHash) == [former, hash, hash])
        let told = try await house.fixture.context.store.read { try $0.events(subject: large.id).last?.data }
        let data = try JSONSerialization.jsonObject(with: Data(try #require(told).utf8)) as? [String: Any]
        #expect(data?["decided_by"] as? [String] == ["dora", "dirk"], "those whose approval counts")
        let store = house.fixture.context.store
        let trail = try await store.read { try $0.auditTrail(subject: "approval_matrix:\(hash)") }
        #expect(trail.map(\.action) == ["approval_matrix.proposed", "approval_matrix.in_service"])
        #expect(trail.map(\.actor) == ["user:ana", "user:bob"])
        // What was confirmed is there whatever happens to the process.
        let shelf = GovernedShelf<ApprovalMatrix>(store: store, ground: house.fixture.context.policy)
        #expect(try await shelf.inService(orFile: "/nonexistent", at: house.clock.now).current.hash == hash)
    }

    @Test func whoHeldAFormerMatrixDecidesNothingByIt() async throws {
        let house = try await house()
        let desk = ApprovalDesk(context: house.fixture.context)
        let machine = try await house.fixture.person("engine", .service)
        let proposed = try text()
        try await house.fixture.test { client in
            _ = try await propose(proposed, by: try await WorkbenchClient.at(client, "ana"))
            let bob = try await WorkbenchClient.at(client, "bob")
            _ = try await settle(ApprovalMatrix.hash(of: proposed), "confirm", by: bob)
        }
        let content = ApprovalContent(kind: "write_off", amount: Money(cents: 100))
        let error = await #expect(throws: ReviewError.self) {
            try await desk.request(content, key: nil, by: machine)
        }
        #expect(error?.code == .changedMeanwhile)
        _ = try await ApprovalDesk(context: house.fixture.context).request(content, key: nil, by: machine)
    }

    @Test func ofThoseWhoConfirmAtOnceOneDoesAndWhatWasComparedWithAnotherIsOutdated() async throws {
        let house = try await house()
        let texts = [try text(), try text(refundsTo: 2000)]
        let hashes = texts.map { ApprovalMatrix.hash(of: $0) }
        let statuses = try await house.fixture.test { client in
            let ana = try await WorkbenchClient.at(client, "ana")
            for text in texts { #expect(try await propose(text, by: ana).status == .seeOther) }
            return try await withThrowingTaskGroup(of: Int.self) { group in
                for (name, hash) in [("bob", hashes[0]), ("carl", hashes[0]), ("bob", hashes[1]), ("carl", hashes[1])] {
                    group.addTask {
                        try await settle(hash, "confirm", by: try await WorkbenchClient.at(client, name)).status.code
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(statuses.sorted() == [303, 409, 409, 409])
        let records = try await house.fixture.context.store.read { try $0.governed(.approvalMatrix) }
        #expect(Set(records.map(\.status)) == [.inService, .outdated, .former])
        #expect(records.first { $0.status == .inService }?.hash == house.fixture.context.approvalMatrix.hash)
    }

    @Test func whatWouldLeaveApprovalsToNobodyIsNotProposed() async throws {
        let house = try await house()
        let machine = try await house.fixture.person("engine", .service)
        let asked = try await ApprovalDesk(context: house.fixture.context).request(
            ApprovalContent(kind: "invoice", amount: Money(cents: 100)), key: nil, by: machine)
        try await house.fixture.test { client in
            let ana = try await WorkbenchClient.at(client, "ana")
            let dropped = try await propose(try text { $0.replacing("name: invoice", with: "name: bill") }, by: ana)
            #expect(dropped.status == .unprocessableContent)
            #expect(dropped.text.contains("1 open approval is of the kind &#39;invoice&#39;"))
            let named = try await propose(try text { $0.replacing("name: refund", with: "name: return") }, by: ana)
            #expect(named.text.contains("Config/actions.yaml names the kind &#39;refund&#39;"))
            let nobody = try await propose(try text { $0.replacing("[director]", with: "[senior_reviewer]") }, by: ana)
            #expect(nobody.text.contains("takes two people, and of those whom the matrix names nobody can sign in"))
            let wrong = try await propose(try text { $0.replacing("name: invoice", with: "name: In voice") }, by: ana)
            #expect(wrong.text.contains(#/approvals\.yaml:\d+/#) && wrong.text.contains("cannot name a kind"))
            #expect(try await propose(try text(refundsTo: 5000), by: ana).text.contains("is in service already"))
            // It was proposed while nobody was asked; one who asks meanwhile keeps it from service.
            let mia = try await WorkbenchClient.at(client, "mia")
            _ = try await mia.decide("refuse", on: asked.id, because: "Not ours.")
            let renamed = try text { $0.replacing("name: invoice", with: "name: bill") }
            #expect(try await propose(renamed, by: ana).status == .seeOther)
            _ = try await ApprovalDesk(context: house.fixture.context).request(
                ApprovalContent(kind: "invoice", amount: Money(cents: 200)), key: nil, by: machine)
            let late = try await settle(
                ApprovalMatrix.hash(of: renamed), "confirm", by: try await WorkbenchClient.at(client, "bob"))
            #expect(late.status == .conflict && late.text.contains("1 open approval is of the kind"))
        }
        #expect(try await house.fixture.context.store.read { try $0.governed(.approvalMatrix).count } == 2)
    }

    @Test func aMachineProposesAndPeopleConfirmAndGoBack() async throws {
        let house = try await house()
        let key = try await house.fixture.keyHeader(.administrator, name: "robot")
        let (proposed, former) = (try text(), try text(refundsTo: 5000))
        let hash = ApprovalMatrix.hash(of: proposed)
        let body = ByteBuffer(
            bytes: try JSONSerialization.data(withJSONObject: ["text": proposed, "reason": "Audit."]))
        try await house.fixture.test { client in
            let made = try await client.execute(
                uri: "/v1/approval-matrices", method: .post, headers: key, body: body)
            #expect(made.status == .created && made.headers[.location] == "/v1/approval-matrices/\(hash)")
            #expect((try made.json()["report"] as? String)?.contains("were asked for") == true)
            let refused = try await client.execute(
                uri: "/v1/approval-matrices/\(hash)/confirm", method: .post, headers: key,
                body: ByteBuffer(string: #"{"reason": "ok"}"#))
            #expect(refused.status == .forbidden && refused.text.contains("on the page Approval matrix"))
            let (ana, bob) = (try await WorkbenchClient.at(client, "ana"), try await WorkbenchClient.at(client, "bob"))
            for browser in [ana, bob] { #expect(try await settle(hash, "confirm", by: browser).status == .seeOther) }
            #expect(house.fixture.context.approvalMatrix.hash == hash)
            let list = try await client.execute(uri: "/v1/approval-matrices", method: .get, headers: key).json()
            let statuses = (list["approval_matrices"] as? [[String: Any]])?.map { $0["status"] as? String }
            #expect(statuses == ["in_service", "former"])
            let again = try await ana.get("/approval-matrix/new?from=\(ApprovalMatrix.hash(of: former))").text
            #expect(again.contains("{up_to: 5000, roles: [approver]"))
            #expect(try await propose(former, by: ana).status == .seeOther)
            #expect(try await settle(ApprovalMatrix.hash(of: former), "confirm", by: bob).status == .seeOther)
        }
        #expect(house.fixture.context.approvalMatrix.hash == ApprovalMatrix.hash(of: former))
    }

    @Test func aFileThatDiffersAtALaterStartBecomesAProposal() async throws {
        let fresh = try FreshHouse()
        func start(_ text: String, hire: Bool = false) async throws -> (inService: String, statuses: [GovernedStatus]) {
            let service = try await fresh.start(with: text, in: "approvals.yaml")
            if hire {
                for (name, role) in [("mia", Role.approver), ("dora", .director), ("dirk", .director)] {
                    try await service.accounts.addUser(
                        name: name, role: role, password: WorkbenchClient.password, by: "test")
                }
            }
            let statuses = try await service.context.store.read { try $0.governed(.approvalMatrix).map(\.status) }
            let hash = service.context.approvalMatrix.hash
            try await service.context.store.close()
            return (hash, statuses)
        }
        let first = try text(refundsTo: 3000)
        #expect(try await start(first).statuses == [.inService])
        #expect(try await start(try text()).statuses == [.inService], "nobody is there who could decide")
        #expect(try await start(first, hire: true).statuses == [.inService])
        let other = try await start(try text())
        #expect(other.inService == ApprovalMatrix.hash(of: first) && other.statuses == [.proposed, .inService])
        #expect(try await start(try text()).statuses == [.proposed, .inService], "it is proposed once")
        let broken = try await start("kinds: 7\n")
        #expect(broken.inService == ApprovalMatrix.hash(of: first) && broken.statuses == [.proposed, .inService])
    }

    /// What was kept would come back at every start, whatever the file says.
    @Test func aFirstMatrixThatTheRulesCannotUseIsNotKept() async throws {
        let fresh = try FreshHouse()
        let renamed = try text { $0.replacing("name: refund", with: "name: refnud") }
        let error = await #expect(throws: (any Error).self) {
            try await fresh.start(with: renamed, in: "approvals.yaml")
        }
        #expect("\(try #require(error))".contains("refund"), "\(String(describing: error))")
        let mended = try text(refundsTo: 3000)
        let service = try await fresh.start(with: mended, in: "approvals.yaml")
        #expect(service.context.approvalMatrix.hash == ApprovalMatrix.hash(of: mended))
        try await service.context.store.close()
    }
}
