import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

@Suite(.serialized) struct PipelineTests {
    private let letter = SmallPDF.make(pages: [
        ["Harbor Point Health Plan", "March 14, 2026", "Notice of claim denial", "Member ID: W123456789"],
        ["You may appeal within 60 days of this letter."],
    ])

    @Test func aLetterGoesFromTheFolderToDecidedDocuments() async throws {
        let house = try await PipelineHouse()
        let sha256 = Originals.sha256(of: letter)
        try letter.write(to: house.inbox.appending(path: "letter.pdf"))
        try await house.running {
            _ = try await eventually("custody") { try await house.store.read { try $0.file(sha256) } }
            let file = try #require(try await house.finished(sha256))
            #expect(file.status == .understood)
            #expect(file.pageCount == 2)
            let documents = try await house.store.read { try $0.documents(of: sha256) }
            #expect(documents.map(\.ordinal) == Array(1...max(1, documents.count)))
            #expect(documents.flatMap { $0.document.pages } == [1, 2])
            let trail = try await house.store.read { try $0.auditTrail(correlationID: file.correlationID) }
            #expect(trail.prefix(2).map(\.action) == ["arrival.taken", "file.read"])
            #expect(trail.filter { $0.action == "document.decided" }.map(\.subject) == documents.map(\.id))
            #expect(trail.last?.detail["policy"] == house.context.policy.hash)
            for document in documents where document.status == .inReview {
                let task = try await house.store.read { try $0.task(ofDocument: document.id) }
                #expect(task?.reasons == document.document.reasons)
            }
            let page = try #require(try await house.store.read { try $0.page(of: sha256, number: 1) })
            let image = house.store.originals.pageImage(
                of: sha256, page: 1, mediaType: try #require(page.imageMediaType))
            #expect(FileManager.default.fileExists(atPath: image.path))
        }
    }

    @Test func whatCannotBeReadIsQuarantinedAndGivenBackWithItsReason() async throws {
        let house = try await PipelineHouse()
        let damaged = Data("%PDF-1.4\nThere is nothing here.\nstartxref\n5\n%%EOF\n".utf8)
        let sha256 = Originals.sha256(of: damaged)
        try damaged.write(to: house.inbox.appending(path: "damaged.pdf"))
        try await house.running {
            _ = try await eventually("custody") { try await house.store.read { try $0.file(sha256) } }
            let file = try #require(try await house.finished(sha256))
            #expect(file.status == .quarantined)
            let reason = try #require(file.detail)
            let copy = house.rejected.appending(path: "damaged.pdf")
            _ = try await eventually("the copy") { FileManager.default.fileExists(atPath: copy.path) ? true : nil }
            #expect(try Data(contentsOf: copy) == damaged)
            let note = try String(
                contentsOf: house.rejected.appending(path: "damaged.pdf.reason.txt"), encoding: .utf8)
            #expect(note.contains(reason))
            let trail = try await house.store.read { try $0.auditTrail(subject: sha256) }
            #expect(trail.map(\.action) == ["file.quarantined"])
        }
    }

    @Test func aBlankScanIsNotLost() async throws {
        let house = try await PipelineHouse()
        try await house.running {
            let sha256 = try await house.takeIn(SmallTIFF.make(seed: 1, barCount: 0), name: "blank.tif")
            let file = try #require(try await house.finished(sha256))
            #expect(file.status == .quarantined)
            #expect(file.detail?.contains("Nothing is on any page") == true)
        }
    }

    @Test func aPageWithInkAndNoWordsIsADocumentForReview() async throws {
        let house = try await PipelineHouse()
        try await house.running {
            let sha256 = try await house.takeIn(SmallTIFF.make(seed: 2), name: "bars.tif")
            #expect(try await house.finished(sha256)?.status == .understood)
            let documents = try await house.store.read { try $0.documents(of: sha256) }
            #expect(documents.map(\.document.pages) == [[1]])
            #expect(documents.map(\.status) == [.inReview])
        }
    }

    @Test func aStepOfADeadWorkerIsDoneByAnother() async throws {
        let house = try await PipelineHouse()
        let sha256 = try await house.takeIn(letter)
        let claimed = try await house.store.write {
            try $0.claim(kinds: [.read], owner: "a dead worker", now: Date(), leaseSeconds: 1)
        }
        #expect(claimed?.subject == sha256)
        try await house.running {
            #expect(try await house.finished(sha256)?.status == .understood)
            let steps = try await house.store.read { try $0.steps(subject: sha256) }
            #expect(steps.map(\.status) == [.done, .done])
            #expect(steps.map(\.attempts) == [2, 1])
        }
    }

    @Test func anInterruptedReadingGoesOnAfterThePagesThatWereKept() async throws {
        let house = try await PipelineHouse()
        let sha256 = try await house.takeIn(letter)
        let kept = PageReading(
            page: Page(number: 1, source: .text, width: 612, height: 792, dpi: 72),
            words: [
                Word(
                    text: "kept", box: Box(left: 10, top: 10, right: 40, bottom: 20), confidence: Confidence(1), line: 0
                )
            ])
        try await house.store.write { try $0.savePage(of: sha256, StoredPage(reading: kept)) }
        try await house.running {
            #expect(try await house.finished(sha256)?.status == .understood)
            let pages = try await house.store.read { try $0.pages(of: sha256) }
            #expect(pages.count == 2)
            #expect(pages.first?.reading == kept)
        }
    }

    @Test func aStepThatKeepsFailingIsParkedWithItsReasonAndHoldsUpNothing() async throws {
        let house = try await PipelineHouse(attemptsMax: 2)
        let lost = try await house.takeIn(SmallPDF.make(pages: [["Its bytes get lost."]]))
        try FileManager.default.removeItem(at: house.store.originals.custody(of: lost))
        let sound = try await house.takeIn(letter)
        try await house.running {
            #expect(try await house.finished(sound)?.status == .understood)
            let parked = try await eventually("the step to be parked") {
                try await house.store.read { try $0.steps(subject: lost) }.first { $0.status == .parked }
            }
            #expect(parked.attempts == 2)
            #expect(parked.lastError?.contains(lost) == true)
            let trail = try await house.store.read { try $0.auditTrail(subject: lost) }
            #expect(trail.map(\.action) == ["step.parked"])
        }
    }

    @Test func aDocumentIsMatchedToTheBooksBeforePolicyDecides() async throws {
        let house = try await PipelineHouse()
        let sample = try Data(contentsOf: packageFolder.appending(path: "Corpus/samples/000022.pdf"))
        let read = try await understood(sample, by: house)
        #expect(read.accountMatch == nil)
        #expect(!read.evidence.contains { $0.code.contains("account") }, "no accounts were imported yet")
        let other = try await PipelineHouse()
        func value(_ name: String) -> String? {
            guard case .one(let field)? = read.fields[name] else { return nil }
            return field.value.description
        }
        let account = PatientAccount(
            accountNumber: value("patient_control_number") ?? "40017723",
            patientName: try #require(value("patient_name")),
            claims: [
                AccountClaim(
                    memberID: value("member_id"), payerClaimNumber: value("payer_claim_number"),
                    serviceStart: value("service_start").flatMap { CalendarDate(printed: $0) })
            ])
        let stranger = PatientAccount(accountNumber: "77777777", patientName: "QUILL, PEREGRINE")
        _ = try await other.store.write { try $0.importAccounts([account, stranger], at: Date()) }
        let matched = try await understood(sample, by: other)
        #expect(matched.accountMatch?.accountNumber == account.accountNumber)
        #expect(matched.evidence.contains { $0.code == "account_matches" })
        #expect(!matched.reasons.contains { $0.code == "no_account" })
        let third = try await PipelineHouse()
        _ = try await third.store.write { try $0.importAccounts([stranger], at: Date()) }
        let unmatched = try await understood(sample, by: third)
        #expect(unmatched.accountMatch == nil)
        #expect(unmatched.disposition == .review)
        #expect(unmatched.reasons.contains { $0.code == "no_account" })
    }

    /// The only document of a file after it went through the pipeline.
    private func understood(_ bytes: Data, by house: PipelineHouse) async throws -> Document {
        var documents: [DocumentRecord] = []
        try await house.running {
            let sha256 = try await house.takeIn(bytes)
            #expect(try await house.finished(sha256)?.status == .understood)
            documents = try await house.store.read { try $0.documents(of: sha256) }
        }
        return try #require(documents.first).document
    }

    @Test func oneStoreIsServedByOneServiceOnly() async throws {
        let house = try await PipelineHouse()
        let error = await #expect(throws: ServiceError.self) {
            try await PipelineHouse.build(house.context.settings)
        }
        #expect(error?.code == .alreadyRunning)
        #expect(error?.description.contains(house.context.settings.store) == true)
    }
}
