import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing
import Understanding

/// What a confirmed document teaches reaches the others that wait, whenever the service is killed.
@Suite struct LayoutCrashTests {
    private static let killCount = 6
    private static let seed: UInt64 = 20_261_122

    @Test(.timeLimit(.minutes(5))) func killsBetweenLearningAndReadingAgainLoseNothing() async throws {
        let fixture = try await WebFixture()
        let store = fixture.context.store
        let letters = (1...12).map(TaughtLetter.init)
        for letter in letters { try await letter.put(into: store) }
        var service = try ServeProcess(on: fixture)
        try await store.settle()
        #expect(try await service.stop() == 0)

        let key = try await fixture.accounts.addKey(name: "maria", role: .seniorReviewer, by: "test")
        let maria = try #require(try await fixture.accounts.caller(withKey: key))
        try await letters[0].confirm(at: ReviewDesk(context: fixture.context), in: store, by: maria)
        var dice = SeededGenerator(seed: Self.seed)
        var interruptedCount = 0
        for _ in 1...Self.killCount {
            service = try ServeProcess(on: fixture)
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...1600, using: &dice)))
            try await service.killAtOnce()
            let left = try await store.read { try $0.stepCounts() }.values.flatMap(\.keys).contains { $0 != .done }
            if left { interruptedCount += 1 }
        }
        #expect(interruptedCount > 0)
        service = try ServeProcess(on: fixture)
        try await store.settle()
        #expect(try await service.stop() == 0)

        for letter in letters.dropFirst() {
            let record = try await letter.record(in: store)
            #expect(letter.isRight(record.document) && record.version == 2)
            let again = try await store.read { try $0.auditTrail(subject: record.id) }
                .filter { $0.action == "document.understood_again" }
            #expect(again.count == 1, "read again once, however often it was begun")
        }
        let layouts = try await LayoutDesk(context: fixture.context).layouts()
        #expect(layouts.map(\.memory?.confirmationCount) == [1])
        #expect(layouts.first?.useCount == letters.count - 1)
        guard case .intact = try await store.read({ try $0.verifyAudit() }) else {
            Issue.record("the audit chain is broken")
            return
        }
    }
}
