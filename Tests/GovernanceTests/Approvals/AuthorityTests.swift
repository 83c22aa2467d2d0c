import Documents
import Foundation
import Governance
import Testing

/// Who may decide, and in which words others hear why not.
@Suite struct AuthorityTests {
    private func authority(
        _ people: [Approver] = ApprovalExample.people, _ delegations: [Delegation] = []
    ) throws -> Authority {
        Authority(matrix: try ApprovalExample.matrix(), approvers: people, delegations: delegations)
    }

    private func lent(
        _ from: String, _ to: String, limit: Int64? = nil, days: Double = 7, kinds: Set<String>? = nil
    ) -> Delegation {
        Delegation(
            id: "1", from: from, to: to, kinds: kinds, limit: limit.map { Money(cents: $0 * 100) },
            starts: ApprovalExample.now, ends: ApprovalExample.now.addingTimeInterval(days * 86_400))
    }

    private func error(
        _ person: String, on state: ApprovalState, _ authority: Authority
    ) throws -> String {
        let error = #expect(throws: GovernanceError.self) {
            try state.applying(
                .approve(by: person, seen: state.contentHash), authority: authority, at: ApprovalExample.now)
        }
        return error?.description ?? ""
    }

    @Test func aManagerMayUpToTheLimitAndADirectorAbove() throws {
        let authority = try authority()
        #expect(
            try authority.mayDecide(on: ApprovalExample.state(5000), at: ApprovalExample.now)
                == ["ana", "bo", "cy", "di"])
        #expect(
            try authority.mayDecide(on: ApprovalExample.state(5001), at: ApprovalExample.now) == ["cy", "di"])
        #expect(
            try error("ana", on: ApprovalExample.state(5001), authority)
                == "You may not approve it: your authority for 'Refund to payer' ends at $5,000.00. cy and di may.")
        #expect(
            try error("rob", on: ApprovalExample.state(10), authority)
                == "You may not approve it: the role 'reviewer' does not decide approvals. ana, bo, cy and di may.")
        #expect(
            try error("ana", on: ApprovalExample.state(101, facility: "north"), authority)
                == "You may not approve it: nobody has authority for 'Refund to payer' of $101.00 at north. No one's authority covers it: it can be refused, or taken back by whoever asked for it."
        )
    }

    @Test func whatNobodyMayApproveEverybodyWhoDecidesMayRefuse() throws {
        let authority = try authority()
        let state = try ApprovalExample.state(
            101, facility: "north", involved: [Involvement(person: "cy", deed: .corrected)])
        for (name, may) in [("ana", true), ("bo", true), ("cy", false), ("rob", false), ("zoe", false)] {
            let event = ApprovalState.Event.refuse(by: name, seen: state.contentHash)
            let refused = try? state.applying(event, authority: authority, at: ApprovalExample.now).state
            #expect((refused?.status == .refused) == may, "\(name)")
        }
        #expect(authority.mayDecide(on: state, at: ApprovalExample.now).isEmpty)
    }

    @Test func aCostCentreThatNobodyNamesFallsToNoRow() throws {
        let text = ApprovalExample.text.replacing("- facilities: [north]", with: "- cost_centres: [radiology]")
        let authority = Authority(
            matrix: try ApprovalExample.matrix(text), approvers: ApprovalExample.people, delegations: [])
        var content = ApprovalContent(kind: "refund", amount: Money(cents: 9000))
        func names() throws -> [String] {
            let state = ApprovalState(
                content: content, contentHash: try content.sha256(), requestedBy: "rule:refunds", involved: [])
            return authority.mayDecide(on: state, at: ApprovalExample.now)
        }
        #expect(try names().isEmpty && authority.matrix.kind("refund")?.unnamed(in: content) == .costCentre)
        content.costCentre = "surgery"
        #expect(try names() == ["ana", "bo", "cy", "di"])
        content.costCentre = "radiology"
        #expect(try names() == ["ana"])
    }

    @Test func whoHadAHandInItMayNotNeitherForAnotherNorThroughAnother() throws {
        let involved = [Involvement(person: "ana", deed: .corrected), Involvement(person: "cy", deed: .confirmed)]
        let state = try ApprovalExample.state(100, involved: involved)
        #expect(
            try error("ana", on: state, authority())
                == "You may not approve it: you corrected the document. bo and di may.")
        #expect(
            try error("cy", on: state, authority(ApprovalExample.people, [lent("di", "cy")]))
                == "You may not approve it: you confirmed the document. bo and di may.")
        let large = try ApprovalExample.state(9000, involved: involved)
        #expect(
            try error("bo", on: large, authority(ApprovalExample.people, [lent("cy", "bo")]))
                == "You may not approve it: cy, for whom you stand in, confirmed the document. di may.")
    }

    @Test func twoAreTwoPeopleWithTheAuthorityOfTwo() throws {
        let lentToBo = try authority(ApprovalExample.people, [lent("cy", "bo")])
        let state = try ApprovalExample.state(60_000)
        let (first, warrant) = try state.applying(
            .approve(by: "bo", seen: state.contentHash), authority: lentToBo, at: ApprovalExample.now)
        #expect(first.status == .requested && warrant?.onBehalfOf == "cy")
        #expect(
            try error("cy", on: first, lentToBo)
                == "You may not approve it: it was approved on your behalf already, and it takes two people. di may.")
        let (second, _) = try first.applying(
            .approve(by: "di", seen: state.contentHash), authority: lentToBo, at: ApprovalExample.now)
        #expect(second.status == .approved)
    }

    @Test func theFirstOfTwoCountsOnlyWhileTheyMayStillDecide() throws {
        let before = try authority()
        let state = try ApprovalExample.state(60_000)
        let (first, _) = try state.applying(
            .approve(by: "cy", seen: state.contentHash), authority: before, at: ApprovalExample.now)
        #expect(first.missingCount(under: before, at: ApprovalExample.now) == 1)
        let others = ApprovalExample.people.filter { $0.name != "cy" }
        for cy in [
            ApprovalExample.person("cy", .director, isActive: false), ApprovalExample.person("cy", .approver),
        ] {
            let after = try authority(others + [cy])
            #expect(first.missingCount(under: after, at: ApprovalExample.now) == 2)
            let (second, _) = try first.applying(
                .approve(by: "di", seen: state.contentHash), authority: after, at: ApprovalExample.now)
            #expect(second.status == .requested)
        }
        let lentToBo = try authority(ApprovalExample.people, [lent("cy", "bo")])
        let (lentFirst, _) = try state.applying(
            .approve(by: "bo", seen: state.contentHash), authority: lentToBo, at: ApprovalExample.now)
        #expect(lentFirst.missingCount(under: lentToBo, at: ApprovalExample.now) == 1)
        #expect(lentFirst.missingCount(under: before, at: ApprovalExample.now) == 2, "Cy took it back")
    }

    @Test func aDelegateHasWhatTheDelegatorHasOfTheirOwnUpToTheLimitAndForTheTime() throws {
        func may(_ delegations: [Delegation], _ dollars: Int64, later: Double = 0) throws -> Bool {
            try authority(ApprovalExample.people, delegations).mayDecide(
                on: ApprovalExample.state(dollars), at: ApprovalExample.now.addingTimeInterval(later)
            ).contains("ana")
        }
        #expect(try may([lent("cy", "ana")], 9000))
        #expect(try !may([lent("cy", "ana", limit: 8000)], 9000))
        #expect(try !may([lent("cy", "ana", kinds: ["write_off"])], 9000))
        #expect(try !may([lent("cy", "ana")], 9000, later: 7 * 86_400))
        #expect(try !may([lent("cy", "ana")], 9000, later: -1))
        // From cy to bo to ana is a chain.
        #expect(try !may([lent("cy", "bo"), lent("bo", "ana")], 9000))
    }

    @Test(
        arguments: [
            ("ana", "ana", nil, 7.0, nil, "Nobody stands in for themselves."),
            ("ana", "rob", nil, 7, nil, "The role of rob does not decide approvals"),
            ("ana", "zoe", nil, 7, nil, "There is no person 'zoe'"),
            ("rob", "ana", nil, 7, nil, "rob decides no approvals"),
            ("ana", "bo", 5001, 7, nil, "The limit is more than that of ana, which is $5,000.00."),
            ("ana", "bo", 0, 7, nil, "The limit should be more than nothing"),
            ("ana", "bo", nil, -1, nil, "The last day is before the first"),
            ("ana", "bo", nil, 93, nil, "Nobody is away for more than 92 days."),
            ("ana", "bo", nil, 7, ["holiday"], "There is no kind of approval 'holiday'."),
        ] as [(String, String, Int64?, Double, Set<String>?, String)])
    func whatCannotBeDelegatedIsRefused(
        from: String, to: String, limit: Int64?, days: Double, kinds: Set<String>?, sentence: String
    ) throws {
        let authority = try authority()
        let error = #expect(throws: GovernanceError.self) {
            try authority.check(
                lent(from, to, limit: limit, days: days, kinds: kinds), at: ApprovalExample.now)
        }
        #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
    }

    @Test func itIsForTheLeastWhoMayAndThenForThoseItClimbsTo() throws {
        let authority = try authority()
        let state = try ApprovalExample.state(100)
        func asked(_ levels: Int) -> [String] {
            ApprovalExample.people.map(\.name).filter {
                authority.isAsked($0, on: state, climbed: levels, at: ApprovalExample.now)
            }
        }
        #expect(asked(0) == ["ana", "bo"])
        #expect(asked(1) == ["ana", "bo", "cy", "di"])
        let policy = try PolicyExample.policy(ApprovalExample.policy)
        let clock = authority.matrix.clock(for: state.content, from: ApprovalExample.now, policy: policy)
        #expect(clock.climbAt == ApprovalExample.now.addingTimeInterval(16 * 3600))
        #expect(clock.remindAt == ApprovalExample.now.addingTimeInterval(8 * 3600))
        #expect(clock.expiresAt == ApprovalExample.now.addingTimeInterval(80 * 3600))
        #expect(authority.matrix.climbHours(of: state.content, climbed: 1) == nil)
    }

    @Test func anApprovalHoldsForWhatWasSeen() throws {
        let authority = try authority()
        let state = try ApprovalExample.state(60_000)
        let (first, _) = try state.applying(
            .approve(by: "cy", seen: state.contentHash), authority: authority, at: ApprovalExample.now)
        var other = state.content
        other.amount = Money(cents: 7_000_000)
        other.revision += 1
        let (changed, _) = try first.applying(
            .change(other, hash: try other.sha256(), by: "rule:refunds", involved: []), authority: authority,
            at: ApprovalExample.now)
        #expect(changed.missingCount(under: authority, at: ApprovalExample.now) == 2)
        let stale = #expect(throws: GovernanceError.self) {
            try changed.applying(
                .approve(by: "di", seen: state.contentHash), authority: authority, at: ApprovalExample.now)
        }
        #expect(stale?.code == .contentChanged)
        let unknown = try ApprovalExample.state(nil)
        #expect(try error("cy", on: unknown, authority).hasPrefix("Nobody may approve it: the amount is not known."))
    }
}
