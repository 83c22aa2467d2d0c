import Documents
import Foundation
import Governance
import TestSupport
import Testing

/// Random histories of one approval under random matrices, people and delegations, judged beside `ApprovalHistory`.
@Suite struct ApprovalPropertyTests {
    @Test func noSequenceOfEventsComesToAnApprovalWithoutAuthority() async throws {
        let tallies = try await withThrowingTaskGroup(of: ApprovalRun.Tally.self) { group in
            for part in 0..<UInt64(8) {
                group.addTask {
                    var tally = ApprovalRun.Tally()
                    for number in 0..<UInt64(15_000) {
                        var run = ApprovalRun(seed: part << 32 | number)
                        try run.run(&tally)
                    }
                    return tally
                }
            }
            return try await group.reduce(into: ApprovalRun.Tally()) { $0.add($1) }
        }
        #expect(tallies.sequences == 120_000)
        // The histories are of use only when much of everything happens in them.
        #expect(tallies.approved > 9_000 && tallies.byTwo > 1_000 && tallies.forOthers > 1_800, "\(tallies)")
        #expect(tallies.refusedAttempts > 100_000 && tallies.voided > 1_000, "\(tallies)")
    }
}

/// One random history.
struct ApprovalRun {
    struct Tally: Sendable {
        var sequences = 0
        var approved = 0
        var byTwo = 0
        var forOthers = 0
        var refusedAttempts = 0
        var voided = 0

        mutating func add(_ other: Tally) {
            sequences += other.sequences
            approved += other.approved
            byTwo += other.byTwo
            forOthers += other.forOthers
            refusedAttempts += other.refusedAttempts
            voided += other.voided
        }
    }

    struct Broken: Error, CustomStringConvertible { let description: String }

    private static let people = ["ana", "bo", "cy", "di", "ed"]
    private let seed: UInt64
    private var random: SeededGenerator
    private var now = Date(timeIntervalSince1970: 1_790_000_000)
    private var history: ApprovalHistory
    private var state: ApprovalState
    private var standings: [String: ApprovalHistory.Standing] = [:]
    private var loans: [Delegation] = []
    private var matrix = ApprovalMatrix.none
    private var counter = 0

    init(seed: UInt64) {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        let expiresAt = now.addingTimeInterval(Double.random(in: 50...400, using: &random))
        history = ApprovalHistory(expiresAt: expiresAt)
        let content = ApprovalContent(kind: "refund", amount: .zero)
        state = ApprovalState(content: content, contentHash: "", requestedBy: "", involved: [])
        changeRules()
        for person in ApprovalRun.people { changeStanding(of: person, isFirst: true) }
        ask(expiresAt: expiresAt)
        for _ in 0..<Int.random(in: 0...5, using: &random) { lend() }
    }

    mutating func run(_ tally: inout Tally) throws {
        tally.sequences += 1
        for _ in 0..<Int.random(in: 4...18, using: &random) {
            switch Int.random(in: 0..<100, using: &random) {
            case ..<48: try attempt(isRefusal: false, &tally)
            case ..<51: try attempt(isRefusal: true, &tally)
            case ..<69: lend()
            case ..<70: touch()
            case ..<72: revoke()
            case ..<78: try change()
            case ..<81: changeRules()
            case ..<87: changeStanding(of: pick(ApprovalRun.people), isFirst: false)
            case ..<96: now += Double.random(in: -5...60, using: &random)
            case ..<98: try expire()
            default: try takeBack(&tally)
            }
            try checkWhoMay()
        }
    }

    private var authority: Authority {
        let approvers = ApprovalRun.people.compactMap { name in
            standings[name].map {
                Approver(name: name, role: $0.role, isActive: $0.isActive, mayDecide: $0.mayDecide)
            }
        }
        return Authority(matrix: matrix, approvers: approvers, delegations: loans)
    }

    private func broken(_ what: String) -> Broken { Broken(description: "seed \(seed): \(what)") }

    // MARK: Deciding

    private mutating func attempt(isRefusal: Bool, _ tally: inout Tally) throws {
        let delegates = loans.map(\.to)
        let person = pick(Bool.random(using: &random) && !delegates.isEmpty ? delegates : ApprovalRun.people)
        let isStale = Int.random(in: 0..<20, using: &random) == 0
        let seen = isStale ? "another" : state.contentHash
        let holders = isStale ? [] : history.holders(for: person, isRefusal: isRefusal, at: now)
        let event: ApprovalState.Event =
            isRefusal ? .refuse(by: person, seen: seen) : .approve(by: person, seen: seen)
        guard let (next, warrant) = try? state.applying(event, authority: authority, at: now) else {
            guard holders.isEmpty else { throw broken("\(person) may decide and could not") }
            tally.refusedAttempts += 1
            return
        }
        let holder = warrant?.onBehalfOf ?? person
        guard holders.contains(holder) else { throw broken("\(person) decided for \(holder) without authority") }
        state = next
        if isRefusal {
            guard state.status == .refused else { throw broken("refused and is \(state.status)") }
            history.facts.append(.ended)
            return
        }
        history.facts.append(.approved(by: person, holder: holder))
        if holder != person { tally.forOthers += 1 }
        try checkOutcome(&tally)
    }

    private mutating func checkOutcome(_ tally: inout Tally) throws {
        let approvals = history.standingApprovals(at: now)
        guard let needed = history.neededCount else { throw broken("approved what nobody may") }
        // One that did not count for a while may count again: then there are more than it takes.
        guard (state.status == .approved) == (approvals.count >= needed) else {
            throw broken("\(approvals.count) of \(needed) approved and it is \(state.status)")
        }
        guard state.status == .approved else { return }
        let heads = approvals.flatMap { Set([$0.person, $0.holder]) }
        guard Set(heads).count == heads.count else { throw broken("one person counts twice") }
        guard history.involved.isDisjoint(with: heads) else { throw broken("who had a hand in it approved it") }
        tally.approved += 1
        if needed == 2 { tally.byTwo += 1 }
        history.facts.append(.ended)
    }

    /// Everybody who may decide by the one may by the other; whoever is asked may.
    private mutating func checkWhoMay() throws {
        guard Int.random(in: 0..<16, using: &random) == 0, state.status == .requested, now < history.expiresAt else {
            return
        }
        let authority = authority
        let names = authority.mayDecide(on: state, at: now)
        let expected =
            history.isCovered
            ? ApprovalRun.people.filter { !history.holders(for: $0, isRefusal: true, at: now).isEmpty } : []
        guard names == expected else { throw broken("\(names) may and \(expected) should") }
        for name in ApprovalRun.people where authority.isAsked(name, on: state, climbed: 1, at: now) {
            guard names.contains(name) else { throw broken("\(name) is asked and may not") }
        }
    }

    // MARK: What goes on around it

    private mutating func ask(expiresAt: Date) {
        let content = randomContent(revision: 1)
        let asker = pick(ApprovalRun.people)
        let involved = [Involvement(person: asker, deed: .requested)] + someInvolved()
        state = ApprovalState(
            content: content, contentHash: hash(), requestedBy: "user:\(asker)", involved: involved,
            expiresAt: expiresAt)
        history.facts.append(.asked(content, involved: Set(involved.map(\.person))))
    }

    private mutating func change() throws {
        let content = randomContent(revision: state.content.revision + 1)
        let involved = someInvolved()
        let isOthers = Int.random(in: 0..<5, using: &random) == 0
        let event = ApprovalState.Event.change(
            content, hash: hash(), by: isOthers ? "user:zoe" : state.requestedBy, involved: involved)
        guard let (next, _) = try? state.applying(event, authority: authority, at: now) else { return }
        guard !isOthers, state.status == .requested else { throw broken("changed by another or after its end") }
        state = next
        history.facts.append(.changed(content, involved: Set(involved.map(\.person))))
    }

    /// Somebody corrects the document while it is open.
    private mutating func touch() {
        let person = pick(ApprovalRun.people)
        state = ApprovalState(
            status: state.status, content: state.content, contentHash: state.contentHash,
            requestedBy: state.requestedBy,
            involved: state.involved + [Involvement(person: person, deed: .corrected)], votes: state.votes,
            expiresAt: state.expiresAt)
        history.facts.append(.touched(person))
    }

    private mutating func expire() throws {
        guard let (next, _) = try? state.applying(.expire, authority: authority, at: now) else { return }
        guard state.status == .requested, now >= history.expiresAt else { throw broken("expired before its time") }
        state = next
        history.facts.append(.ended)
    }

    private mutating func takeBack(_ tally: inout Tally) throws {
        let wasApproved = state.status == .approved
        let event: ApprovalState.Event =
            Bool.random(using: &random) ? .void : .withdraw(by: pick([state.requestedBy, "user:zoe"]))
        guard let (next, _) = try? state.applying(event, authority: authority, at: now) else { return }
        if wasApproved {
            guard case .void = event else { throw broken("who asked took back what was approved") }
        }
        guard next.status == .withdrawn else { throw broken("taken back and \(next.status)") }
        tally.voided += 1
        state = next
        history.facts.append(.ended)
    }

    private mutating func changeStanding(of person: String, isFirst: Bool) {
        let isFit = Int.random(in: 0..<10, using: &random) > 0
        let standing = ApprovalHistory.Standing(
            role: pick([Role.approver, .director, .seniorReviewer, .auditor]),
            isActive: isFit || isFirst, mayDecide: isFit || Bool.random(using: &random))
        standings[person] = standing
        history.facts.append(.standing(person, standing))
    }

    private mutating func lend() {
        counter += 1
        let starts = now.addingTimeInterval(Double.random(in: -20...20, using: &random))
        let loan = ApprovalHistory.Loan(
            id: "d\(counter)", from: pick(ApprovalRun.people), to: pick(ApprovalRun.people),
            kinds: pick([nil, ["refund"], ["write_off"]]),
            cents: Bool.random(using: &random) ? nil : Int64.random(in: 1...4000, using: &random),
            starts: starts, ends: starts.addingTimeInterval(Double.random(in: 1...300, using: &random)))
        let delegation = Delegation(
            id: loan.id, from: loan.from, to: loan.to, kinds: loan.kinds, limit: loan.cents.map(Money.init(cents:)),
            starts: loan.starts, ends: loan.ends)
        // What the rules of making one refuse does no harm where it was made all the same.
        let isAllowed = (try? authority.check(delegation, at: now)) != nil
        guard isAllowed || Bool.random(using: &random), loan.from != loan.to else { return }
        loans.append(delegation)
        history.facts.append(.lent(loan))
    }

    private mutating func revoke() {
        guard let index = loans.indices.randomElement(using: &random) else { return }
        let loan = loans[index]
        loans[index] = Delegation(
            id: loan.id, from: loan.from, to: loan.to, kinds: loan.kinds, limit: loan.limit, starts: loan.starts,
            ends: loan.ends, isRevoked: true)
        history.facts.append(.revoked(loan.id))
    }

    private mutating func changeRules() {
        counter += 1
        let facilities: [String?] = Bool.random(using: &random) ? ["north", nil] : [pick([nil, nil, "north"])]
        let rows = facilities.map { facility in
            var limits = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Optional(Int64.random(in: 1...4000, using: &random))
            }.sorted { $0 ?? 0 < $1 ?? 0 }
            if Int.random(in: 0..<3, using: &random) > 0 { limits.append(nil) }
            return ApprovalHistory.Rules.Row(facility: facility, bands: limits.map { band(limit: $0) })
        }
        let rules = ApprovalHistory.Rules(
            hash: "m\(counter)", kind: Int.random(in: 0..<30, using: &random) == 0 ? "write_off" : "refund", rows: rows)
        matrix = ApprovalMatrix(rules)
        history.facts.append(.rules(rules))
    }

    private mutating func band(
        limit: Int64?
    ) -> (limit: Int64?, roles: Set<Role>, people: Set<String>, count: Int) {
        let roles: Set<Role> = pick([[.approver], [.director], [.approver, .director], []])
        let people: Set<String> =
            roles.isEmpty || Int.random(in: 0..<4, using: &random) == 0
            ? [pick(ApprovalRun.people), pick(ApprovalRun.people)] : []
        return (limit, roles, people, Int.random(in: 1...2, using: &random))
    }

    // MARK: Parts

    private mutating func randomContent(revision: Int) -> ApprovalContent {
        var content = ApprovalContent(
            kind: "refund",
            amount: Int.random(in: 0..<20, using: &random) == 0
                ? nil : Money(cents: Int64.random(in: 0...4500, using: &random)),
            facility: pick([nil, "north", "south"]))
        content.revision = revision
        return content
    }

    private mutating func hash() -> String {
        counter += 1
        return "c\(counter)"
    }

    private mutating func someInvolved() -> [Involvement] {
        guard Int.random(in: 0..<3, using: &random) == 0 else { return [] }
        return [Involvement(person: pick(ApprovalRun.people), deed: pick(Involvement.Deed.allCases))]
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
}

extension ApprovalMatrix {
    fileprivate init(_ rules: ApprovalHistory.Rules) {
        let rows = rules.rows.map { row in
            AuthorityRow(
                facilities: row.facility.map { [$0] },
                bands: row.bands.map {
                    AuthorityBand(
                        upTo: $0.limit.map(Money.init(cents:)), roles: $0.roles, people: $0.people,
                        approverCount: $0.count)
                })
        }
        self.init(
            hash: rules.hash,
            kinds: [
                ApprovalKind(name: rules.kind, title: "Refund", remindHours: nil, expireHours: nil, rows: rows)
            ])
    }
}
