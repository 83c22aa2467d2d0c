import Documents
import Foundation
import Records
import TestSupport
import Testing

/// Nothing is lost and nothing is done twice, however often and whenever the service is killed.
@Suite struct CrashTests {
    private static let killCount = 20
    private static let seed: UInt64 = 20_261_121

    @Test(.timeLimit(.minutes(15))) func everyFileEndsOnceThroughTwentyKills() async throws {
        let house = try await CrashHouse()
        let bag = MailBag.fill(seed: Self.seed)
        try #require(bag.count == 200)
        let drop = MailDrop(inbox: house.inbox, elsewhere: house.elsewhere)
        async let dropped: Void = drop.drop(bag, seed: Self.seed)
        var dice = SeededGenerator(seed: Self.seed)
        for _ in 1...Self.killCount {
            let service = try house.serve()
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...6000, using: &dice)))
            #expect(service.isRunning, "The service ended by itself: \(house.lastWords)")
            try await service.killAtOnce()
        }
        try await dropped
        let service = try house.serve()
        try await house.settle(bag)
        #expect(try await service.stop() == 0, "\(house.lastWords)")

        let ends = try await house.ends()
        expectOneEnd(of: bag, ends)
        expectOneReading(of: bag, ends)
        expectDeliveries(ends, calls: house.listener.received)
        expectAgreement(ends)
        let left = try FileManager.default.subpathsOfDirectory(atPath: house.inbox.path)
        #expect(Set(left) == [".mailroom", ".mailroom/lock"])
    }

    /// One line in the ledger for each file; of the same bytes one is taken and the others are duplicates.
    private func expectOneEnd(of bag: [Mail], _ ends: CrashHouse.Ends) {
        #expect(ends.arrivals.count == bag.count)
        #expect(Set(ends.arrivals.map(\.name)) == Set(bag.map(\.name)))
        #expect(ends.unaccounted == 0)
        for (sha256, copies) in Dictionary(grouping: bag, by: { Originals.sha256(of: $0.content) }) {
            let arrivals = ends.arrivals.filter { $0.sha256 == sha256 }
            let first: ArrivalVerdict = copies[0].isWhole ? .taken : .quarantined
            #expect(arrivals.count == copies.count)
            #expect(arrivals.filter { $0.verdict == first }.count == 1)
            #expect(arrivals.filter { $0.verdict == .duplicate }.count == copies.count - 1)
        }
    }

    /// One file in custody for each distinct content, read and understood once when it is whole.
    private func expectOneReading(of bag: [Mail], _ ends: CrashHouse.Ends) {
        let contents = Dictionary(bag.map { (Originals.sha256(of: $0.content), $0) }, uniquingKeysWith: { $1 })
        #expect(ends.files.count == contents.count)
        for file in ends.files {
            let documents = ends.documents.filter { $0.sha256 == file.sha256 }
            guard contents[file.sha256]?.isWhole == true else {
                #expect(file.status == .quarantined && documents.isEmpty)
                continue
            }
            #expect(file.status == .understood, "\(file.detail ?? "")")
            #expect(!documents.isEmpty)
            #expect(documents.map(\.ordinal) == Array(1...max(1, documents.count)))
            #expect(Set(documents.flatMap { $0.document.pages }) == Set(1...max(1, file.pageCount ?? 0)))
        }
        for document in ends.documents where document.status == .inReview {
            #expect(ends.tasks.filter { $0.documentID == document.id }.count == 1)
        }
    }

    /// One delivery for each accepted document, which arrived; a repetition has the same key and the same bytes.
    private func expectDeliveries(_ ends: CrashHouse.Ends, calls: [WebhookListener.Call]) {
        let accepted = ends.documents.filter { $0.status == .accepted }
        #expect(accepted.count >= 20)
        #expect(ends.documents.contains { $0.status == .inReview })
        let bodies = Dictionary(grouping: calls, by: { $0.headers["webhook-id"] ?? "" })
        for document in accepted {
            let deliveries = ends.deliveries[document.id] ?? []
            #expect(deliveries.map(\.status) == [.delivered])
            for delivery in deliveries {
                let received = bodies[delivery.idempotencyKey] ?? []
                #expect(!received.isEmpty)
                #expect(received.allSatisfy { $0.body == delivery.payload })
            }
        }
        #expect(bodies.count == accepted.count)
    }

    /// The audit chain is whole and tells the same as the ledger.
    private func expectAgreement(_ ends: CrashHouse.Ends) {
        guard case .intact = ends.audit else {
            Issue.record("\(ends.audit)")
            return
        }
        for arrival in ends.arrivals {
            let told = ends.trail.filter { $0.subject == arrival.id }.map(\.action)
            #expect(told == ["arrival.\(arrival.verdict.rawValue)"])
        }
        for file in ends.files where file.status == .understood {
            #expect(ends.trail.filter { $0.subject == file.sha256 }.map(\.action) == ["file.read"])
        }
        for document in ends.documents {
            let decided = ends.trail.filter { $0.subject == document.id && $0.action == "document.decided" }
            #expect(decided.count == 1)
            #expect(decided.first?.detail["disposition"] == (document.status == .accepted ? "accept" : "review"))
        }
    }
}
