import Governance
import TestSupport
import Testing

@Suite struct SuccessionTests {
    private let ana = Succession.Voice(actor: "user:ana", isPerson: true)
    private let bob = Succession.Voice(actor: "user:bob", isPerson: true)
    private let file = Succession.Voice(actor: "file:policy.yaml", isPerson: false)

    private func house() throws -> Succession {
        var succession = Succession(of: "policy")
        try succession.propose("first", number: 1, by: file)
        return succession
    }

    private func refusal(_ work: () throws -> Void) -> GovernanceError.Code? {
        #expect(throws: GovernanceError.self) { try work() }?.code
    }

    @Test func oneProposesAndAnotherConfirms() throws {
        var succession = try house()
        #expect(succession.inService?.hash == "first")
        try succession.propose("second", number: 2, by: ana)
        #expect(refusal { _ = try succession.confirm("second", by: ana) } == .personNeeded)
        #expect(refusal { _ = try succession.confirm("second", by: file) } == .personNeeded)
        #expect(try succession.confirm("second", by: bob) == .inService)
        #expect(succession.entries.map(\.state) == [.former, .inService])
    }

    @Test func whatAFileProposesTakesTwoPeople() throws {
        var succession = try house()
        try succession.propose("second", number: 2, by: file)
        #expect(try succession.confirm("second", by: ana) == .vouched)
        #expect(succession.inService?.hash == "first")
        #expect(refusal { _ = try succession.confirm("second", by: ana) } == .personNeeded)
        #expect(try succession.confirm("second", by: bob) == .inService)
    }

    @Test func aProposalIsBoundToThePolicyInService() throws {
        var succession = try house()
        try succession.propose("second", number: 2, by: ana)
        try succession.propose("third", number: 3, by: bob)
        _ = try succession.confirm("third", by: ana)
        #expect(refusal { _ = try succession.confirm("second", by: bob) } == .activationRefused)
        try succession.propose("second", number: 4, by: ana)
        #expect(try succession.confirm("second", by: bob) == .inService)
        #expect(refusal { try succession.propose("second", number: 5, by: ana) } == .activationRefused)
    }

    /// Random events from fixed seeds, by people and machines, on a few policies.
    @Test(arguments: UInt64(1)...100)
    func noSequencePutsAPolicyIntoServiceThatOnePersonAlonePutThere(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let voices = [ana, bob, file, Succession.Voice(actor: "key:robot", isPerson: false)]
        let hashes = ["first", "second", "third", "fourth"]
        var succession = try house()
        for number in 2..<80 {
            let former = succession
            let voice = voices[Int.random(in: 0..<voices.count, using: &generator)]
            let hash = hashes[Int.random(in: 0..<hashes.count, using: &generator)]
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: _ = try? succession.propose(hash, number: number, by: voice)
            case 1, 2: _ = try? succession.confirm(hash, by: voice)
            default: try? succession.refuse(hash, by: voice)
            }
            #expect(succession.entries.count { $0.state == .inService } == 1)
            let people = Set([ana, bob].map(\.actor))
            for entry in succession.entries.dropFirst() where [.inService, .former].contains(entry.state) {
                let (one, other) = (try #require(entry.vouchedBy), try #require(entry.confirmedBy))
                #expect(one != other && people.contains(one) && people.contains(other))
            }
            // Whatever came into service had been compared with what was in service then.
            if let now = succession.inService, now != former.inService { #expect(now.base == former.inService?.hash) }
            #expect(
                succession.entries.filter { $0.state == .proposed }.allSatisfy { $0.base == succession.inService?.hash }
            )
        }
    }

    @Test func aPolicyThatLocksEverybodyOutIsNoPolicy() throws {
        let policy = try PolicyExample.policy(
            PolicyExample.text.replacing("auditor: [view_audit]", with: "auditor: [manage_people, propose_policy]"))
        #expect(policy.lockedOut(roles: [.auditor], waiting: ["letters": 3]).count == 1)
        let problems = policy.lockedOut(roles: [.reviewer, .administrator], waiting: ["gone": 2, "empty": 0])
        #expect(problems.count == 4)
        #expect(problems.last?.hasPrefix("2 documents wait in the queue 'gone'") == true)
    }

    @Test func aMatrixThatLeavesAnApprovalToNobodyIsNoMatrix() throws {
        let matrix = try ApprovalExample.matrix()
        #expect(matrix.lockedOut(people: ApprovalExample.people, open: ["refund": 3], named: ["refund"]) == [])
        let problems = matrix.lockedOut(
            people: ApprovalExample.people, open: ["holiday": 1, "gone": 2, "empty": 0], named: ["bonus"])
        #expect(
            problems.map { $0.prefix { $0 != "." } } == [
                "2 open approvals are of the kind 'gone', which this matrix does not have",
                "1 open approval is of the kind 'holiday', which this matrix does not have",
                "Config/actions",
            ])
        let nobody = matrix.lockedOut(people: [], open: [:], named: [])
        let bands = matrix.kinds.flatMap(\.rows).flatMap(\.bands).count
        #expect(nobody.count == bands && nobody.allSatisfy { $0.contains("nobody can sign in") })
    }
}
