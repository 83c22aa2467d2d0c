import Actions
import Documents
import Foundation
import Governance
import Records
import Service
import Testing

struct ClockSweepTests {
    /// A service of which nothing runs, its letters due within four hours of any day.
    private static func house(escalating: Bool = true) async throws -> PipelineHouse {
        try await PipelineHouse { text in
            let calendar = text.range(of: "\ncalendar:").map { text[$0.lowerBound...].prefix { $0 != "#" } } ?? ""
            return text.replacing(calendar, with: "\n\n").replacing(
                "service_level_hours: 8",
                with: "service_level_hours: 4\(escalating ? "\n    escalate_to: general" : "")")
        }
    }

    /// Puts a letter before reviewers that came so many seconds ago.
    private static func seed(_ house: PipelineHouse, age: Double) async throws -> ReviewTask {
        let (record, first) = try await SampleLetter.seed(house.context)
        let task = ReviewTask(
            id: Identifier.make(), documentID: record.id, queue: "letters", createdAt: Date() - age,
            reasons: record.document.reasons)
        try await house.store.write { transaction in
            try transaction.finishTask(first.id, expecting: 1, at: Date())
            try transaction.openTask(task)
        }
        return task
    }

    private static func overdue(_ task: ReviewTask, in house: PipelineHouse) async throws -> [AuditEntry] {
        try await house.store.read { try $0.auditTrail(subject: task.documentID) }
            .filter { $0.action == "task.overdue" }
    }

    @Test func aTaskWithoutAClockGetsOne() async throws {
        let house = try await Self.house()
        let task = try await Self.seed(house, age: 3600)
        try await ClockSweep(context: house.context).sweep()
        let clock = try #require(try await house.store.read { try $0.clock(of: task.id) })
        #expect(clock.terms.map(\.name) == [.deadline, .age, .effort])
        #expect(clock.dueAt?.timeIntervalSince(task.createdAt).rounded() == 14_400.0)
        #expect(clock.breachedAt == nil)
        #expect(try await Self.overdue(task, in: house).isEmpty)
    }

    @Test func whatIsOverdueEscalatesOnceHoweverManySweep() async throws {
        let house = try await Self.house()
        let task = try await Self.seed(house, age: 5 * 3600)
        let sweep = ClockSweep(context: house.context)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await sweep.sweep() } }
            try await group.waitForAll()
        }
        try await sweep.sweep()
        let entries = try await Self.overdue(task, in: house)
        #expect(entries.map(\.detail["escalated_to"]) == ["general"])
        #expect(entries.map(\.detail["queue"]) == ["letters"])
        try await house.store.read { transaction in
            #expect(try transaction.task(task.id)?.queue == "general")
            let clock = try #require(try transaction.clock(of: task.id))
            #expect(clock.terms.filter { $0.name == .breach }.map(\.points) == [25])
            #expect(clock.isOverdue(at: Date()))
            let events = try transaction.events(subject: task.documentID).map(\.type)
            #expect(events.filter { $0 == EventType.documentReviewOverdue.rawValue }.count == 1)
        }
    }

    @Test func whatSomebodyHoldsStaysWithThemUntilTheyGiveItBack() async throws {
        let house = try await Self.house()
        let task = try await Self.seed(house, age: 5 * 3600)
        let reviewer = try await house.reviewer()
        let desk = ReviewDesk(context: house.context)
        let sweep = ClockSweep(context: house.context)
        try await desk.take(task.id, by: reviewer)
        try await sweep.sweep()
        #expect(try await house.store.read { try $0.task(task.id)?.queue } == "letters")
        #expect(try await Self.overdue(task, in: house).map(\.detail["escalated_to"]) == [nil])
        try await desk.release(task.id, by: reviewer)
        try await sweep.sweep()
        try await sweep.sweep()
        #expect(try await house.store.read { try $0.task(task.id)?.queue } == "general")
        let trail = try await house.store.read { try $0.auditTrail(subject: task.documentID) }
        #expect(trail.filter { $0.action == "task.escalated" }.map(\.detail["escalated_to"]) == ["general"])
        #expect(try await Self.overdue(task, in: house).count == 1)
    }

    @Test func anotherPolicySetsEveryClockAndKeepsWhatASupervisorSaid() async throws {
        let house = try await Self.house(escalating: false)
        let task = try await Self.seed(house, age: 60)
        let supervisor = try await house.reviewer()
        try await PriorityDesk(context: house.context).override(
            task.id, points: 40, reason: " The patient \n waits ", by: supervisor)
        try await house.store.write { transaction in
            var clock = try #require(try transaction.clock(of: task.id))
            clock.basis = "an older policy/letters"
            clock.terms =
                clock.terms.filter { $0.name == .override } + [PriorityTerm(.amount, value: "1.00", points: 1)]
            try transaction.keepClock(clock, priority: 0)
        }
        try await ClockSweep(context: house.context).sweep()
        let (clock, now) = try await house.store.read { (try $0.clock(of: task.id), try $0.task(task.id)) }
        #expect(clock?.terms.map(\.name) == [.deadline, .age, .effort, .override])
        #expect(clock?.terms.last?.value == "The patient waits")
        #expect(now?.priority == clock.map { Policy.rank($0.terms, arrival: task.createdAt) })
    }
}
