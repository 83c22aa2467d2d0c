import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// A letter that the corpus generator drew, through the whole pipeline to the appeal.
@Suite(.serialized) struct DrawnDenialTests {
    @Test func aScannedLetterBecomesAnAppealWithItsDeadline() async throws {
        // Ten days after the letter's date, as the clock goes on from there.
        let began = Date()
        let house = try await PipelineHouse(clock: {
            Date(timeIntervalSince1970: 1_788_350_400 + Date().timeIntervalSince(began))
        })
        let scan = try Data(contentsOf: packageFolder.appending(path: "Corpus/samples/000008.tif"))
        try await house.running {
            let sha256 = try await house.takeIn(scan, name: "letter.tif")
            _ = try await eventually("understanding") {
                try await house.store.read { try $0.file(sha256) }?.status == .understood ? true : nil
            }
            let record = try #require(try await house.store.read { try $0.documents(of: sha256) }.first)
            #expect(record.document.subtype == "denial")
            if record.status == .inReview {
                let task = try #require(try await house.store.read { try $0.task(ofDocument: record.id) })
                let reviewer = try await house.reviewer()
                let desk = ReviewDesk(context: house.context)
                try await desk.take(task.id, by: reviewer)
                try await desk.confirm(
                    task.id, edits: [FieldEdit(path: "letter_date", change: .correct("2026-08-23"))],
                    seen: record.version,
                    by: reviewer)
            }
            let (denials, work) = try await house.store.read {
                (try $0.denials(ofDocument: record.id), try $0.work(ofDocument: record.id))
            }
            // Its code, CO-202, goes before its words, which are about a number of visits.
            #expect(denials.map(\.category) == ["non_covered"])
            let denial = try #require(denials.first)
            // The letter names no day: the house's sixty count, from its date.
            #expect(denial.deadline?.description == "2026-10-22" && denial.deadlineSource == "standard")
            #expect(work.isEmpty, "nobody appeals by rule what a plan does not cover")
            let reviewer = try await house.reviewer(named: "ben")
            let appeal = try await WorkDesk(context: house.context).openAppeal(ofDenial: denial.id, by: reviewer)
            // Three working days before a Thursday.
            #expect(appeal.dueDate?.description == "2026-10-19")
        }
    }
}
