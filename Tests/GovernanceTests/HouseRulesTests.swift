import Governance
import TestSupport
import Testing

@Suite struct HouseRulesTests {
    private let rules: HouseRules

    init() throws {
        rules = HouseRules(
            policy: try PolicyExample.policy(
                PolicyExample.text.replacing("auditor: [view_audit]", with: "auditor: [view_audit, manage_people]")))
    }

    private func person(
        _ id: String, _ role: Role?, isActive: Bool = true, isLimited: Bool = false
    ) -> HouseRules.Person {
        HouseRules.Person(id: id, role: role, isActive: isActive, isLimited: isLimited)
    }

    @Test func theLastWhoManagesPeopleStays() throws {
        let alone = [person("a", .auditor), person("b", .reviewer), person("c", .auditor, isActive: false)]
        #expect(throws: GovernanceError.self) { try rules.check(.disable, of: "a", by: "b", among: alone) }
        #expect(throws: GovernanceError.self) { try rules.check(.role(.reviewer), of: "a", by: nil, among: alone) }
        try rules.check(.role(.reviewer), of: "c", by: "a", among: alone)
        try rules.check(.disable, of: "a", by: "d", among: alone + [person("d", .auditor)])
    }

    @Test func nobodyChangesTheirOwnRole() {
        let two = [person("a", .auditor), person("b", .auditor)]
        #expect(throws: GovernanceError.self) { try rules.check(.role(.reviewer), of: "a", by: "a", among: two) }
        #expect(throws: GovernanceError.self) { try rules.check(.disable, of: "a", by: "a", among: two) }
        #expect(throws: GovernanceError.self) { try rules.check(.limit(false), of: "a", by: "a", among: two) }
    }

    /// Whatever is tried, in any order, somebody who manages people is left.
    @Test(arguments: UInt64(1)...50)
    func noSequenceLocksTheHouseOut(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var people = [person("a", .auditor), person("b", .auditor), person("c", .reviewer), person("d", nil)]
        for _ in 0..<60 {
            let index = Int.random(in: 0..<people.count, using: &generator)
            let actor = people[Int.random(in: 0..<people.count, using: &generator)].id
            let change: HouseRules.Change =
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: .disable
                case 1: .enable
                case 2: .role(.reviewer)
                case 3: .limit(true)
                case 4: .limit(false)
                default: .role(.auditor)
                }
            guard (try? rules.check(change, of: people[index].id, by: actor, among: people)) != nil else { continue }
            let former = people[index]
            people[index] =
                switch change {
                case .disable: person(former.id, former.role, isActive: false, isLimited: former.isLimited)
                case .enable: person(former.id, former.role, isLimited: former.isLimited)
                case .role(let role): person(former.id, role, isActive: former.isActive, isLimited: former.isLimited)
                case .limit(let isLimited):
                    person(former.id, former.role, isActive: former.isActive, isLimited: isLimited)
                }
            #expect(people.contains { $0.isActive && !$0.isLimited && $0.role == .auditor })
        }
    }
}
