import Actions
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// A recall of many documents is carried out once on each, whenever the service is killed.
@Suite struct RecallCrashTests {
    private static let letterCount = 400
    private static let killCount = 5
    private static let seed: UInt64 = 20_261_123

    @Test(.timeLimit(.minutes(5))) func killsInTheMiddleOfARecallLoseNothingAndDoNothingTwice() async throws {
        let fixture = try await WebFixture()
        let store = fixture.context.store
        let letters = try await ReleasedLetters.put(Self.letterCount, into: fixture.context)
        let desk = RecallDesk(context: fixture.context)
        let sam = try await fixture.person("sam", .seniorReviewer)
        let recall = try await desk.begin(
            document: letters[0], field: "member_id", right: "", reason: "The payer called", by: sam)
        var dice = SeededGenerator(seed: Self.seed)
        try await serveAndKill(fixture, times: 2, &dice)
        try await finish(fixture)
        #expect(try await desk.look(at: recall.id, by: sam).count == Self.letterCount)
        #expect(try await desk.order(.review, .cause("file"), of: recall.id, by: sam) == Self.letterCount - 1)
        try await serveAndKill(fixture, times: Self.killCount, &dice)
        try await finish(fixture)

        for id in letters.dropFirst() {
            let (record, events) = try await store.read { (try $0.document(id), try $0.events(subject: id)) }
            #expect(record?.status == .inReview && record?.version == 2)
            #expect(events.map(\.type).filter { $0 == EventType.documentRecalled.rawValue }.count == 1)
        }
        let counts = try await store.read { try $0.recalledCounts(of: [recall.id]) }[recall.id]
        #expect(counts == [.listed: 1, .done: Self.letterCount - 1])
        guard case .intact = try await store.read({ try $0.verifyAudit() }) else {
            Issue.record("the audit chain is broken")
            return
        }
    }

    private func serveAndKill(_ fixture: WebFixture, times: Int, _ dice: inout SeededGenerator) async throws {
        for _ in 1...times {
            let service = try ServeProcess(on: fixture)
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...1600, using: &dice)))
            try await service.killAtOnce()
        }
    }

    private func finish(_ fixture: WebFixture) async throws {
        let service = try ServeProcess(on: fixture)
        try await fixture.context.store.settle()
        #expect(try await service.stop() == 0)
    }
}
