import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Reading
import Records
import Service
import TestSupport
import Testing

/// A page that a person turns is read again from the original, by the real reader.
struct TurnedPageTests {
    private func refusal(_ work: () async throws -> Void) async -> ReviewError? {
        do {
            try await work()
            return nil
        } catch {
            return error as? ReviewError
        }
    }

    @Test func aPageThatWasReadOnItsHeadIsReadInItsNewDirection() async throws {
        let fixture = try await WebFixture(limits: TurnedLetter.limits)
        let context = fixture.context
        let letter = try await TurnedLetter.seed(context)
        let wrong = try await letter.page(in: context)
        #expect(wrong.reading.page.rotation == 0 && !wrong.text.contains(TurnedLetter.words))
        let (ana, ben) = (try await fixture.person("ana"), try await fixture.person("ben"))
        let id = letter.task.id
        try await fixture.desk.take(id, by: ana)
        // Ana types one value and points at the ink of another.
        let frame = wrong.reading.page
        let box = Box(left: 100, top: 200, right: 400, bottom: 260)
        let edits = [
            FieldEdit(path: "patient_name", change: .correct("Jane Q. Public")),
            FieldEdit(path: "member_id", change: .correct("W555555555"), page: TurnedLetter.page, box: box),
        ]
        let saved = try await fixture.desk.save(id, edits: edits, seen: 1, by: ana)
        let version = saved.record.version
        try await fixture.desk.readTurned(id, page: TurnedLetter.page, by: 180, seen: version, by: ana)

        #expect(try await fixture.desk.isBeingRead(id, by: ana))
        let refused = await refusal { try await fixture.desk.confirm(id, edits: [], seen: version, by: ana) }
        #expect(refused?.description.contains("Page 2 is being read again") == true)
        try await fixture.desk.release(id, by: ana)
        #expect(await refusal { try await fixture.desk.take(id, by: ben) }?.code == .taken)
        #expect(try await fixture.desk.takeNext(in: letter.task.queue, by: ben) == nil)
        try await context.work()

        let right = try await letter.page(in: context)
        #expect(right.text.contains(TurnedLetter.words))
        #expect(right.reading.page.rotation == 180 && right.handling.readTurn == 180)
        #expect(right.reading.page.sourceReason == .turnedByPerson)
        let image = context.store.originals.pageImage(
            of: letter.sha256, page: TurnedLetter.page, turn: 180, mediaType: try #require(right.imageMediaType))
        #expect(FileManager.default.fileExists(atPath: image.path))
        let record = try await letter.document(in: context)
        #expect(record.version == version + 1 && record.document.fields["payer_name"] != nil)
        let member = try #require(record.document.fields["member_id"]?.fields.first)
        #expect(member.value == .text("W555555555"), "Ana's own value stays")
        let moved = try #require(member.box)
        let scale = right.reading.page.width / frame.width
        #expect(abs(moved.left - (frame.width - box.right) * scale) < 1)
        #expect(abs(moved.bottom - (frame.height - box.top) * right.reading.page.height / frame.height) < 1)
        #expect(
            await refusal { try await fixture.desk.confirm(id, edits: [], seen: version, by: ana) } != nil,
            "who saw the former words confirms nothing")
        #expect(try await letter.trail(in: context).map(\.action).suffix(1) == ["page.reread"])
        let (address, key) = ("/v1/documents/\(record.id)/pages/2/image", try await fixture.keyHeader())
        try await fixture.test { client in
            let former = try await client.execute(uri: address, method: .get, headers: key)
            #expect(former.status == .ok && former.headers[.cacheControl] == "private, no-store")
            let current = try await client.execute(uri: "\(address)?rotation=180", method: .get, headers: key)
            #expect(current.headers[.cacheControl] == "private, max-age=86400, immutable")
        }

        // Turned back it says what it said before, and nothing is read for that.
        try await fixture.desk.take(id, by: ana)
        try await fixture.desk.readTurned(id, page: TurnedLetter.page, by: 180, seen: record.version, by: ana)
        try await context.work()
        #expect(try await letter.page(in: context).reading == wrong.reading)
        #expect(try await letter.page(in: context).handling.readTurn == nil)
        #expect(try await letter.trail(in: context).last?.detail["was_kept"] == "true")
        let back = try #require(try await letter.document(in: context).document.fields["member_id"]?.fields.first?.box)
        #expect(abs(back.left - box.left) < 1 && abs(back.top - box.top) < 1)
    }

    @Test func whatCannotBeReadStaysAsItWasAndSaysWhy() async throws {
        var settings = ServiceSettings()
        settings.pipeline.attemptsMax = 2
        settings.pipeline.retrySeconds = 0.1
        let fixture = try await WebFixture(limits: TurnedLetter.limits, settings: settings)
        let letter = try await TurnedLetter.seed(fixture.context)
        let ana = try await fixture.person("ana")
        let id = letter.task.id
        try await fixture.desk.take(id, by: ana)
        #expect(
            await refusal { try await fixture.desk.readTurned(id, page: 1, by: 90, seen: 1, by: ana) }?.code
                == .notPossible)
        #expect(
            await refusal { try await fixture.desk.readTurned(id, page: 2, by: 0, seen: 1, by: ana) }?.description
                .contains("Turn it first") == true)
        let former = try await letter.page(in: fixture.context)
        try await fixture.context.store.write { transaction in _ = try transaction.beginLayoutChange() }
        try FileManager.default.removeItem(at: fixture.context.store.originals.custody(of: letter.sha256))
        try await fixture.desk.readTurned(id, page: 2, by: 180, seen: 1, by: ana)
        let working = Task { try await Pipeline(context: fixture.context, workerCount: 1).run() }
        defer { working.cancel() }
        _ = try await eventually("the end of trying") {
            try await fixture.desk.isBeingRead(id, by: ana) ? nil : true
        }
        #expect(try await letter.page(in: fixture.context) == former)
        let seen = try await fixture.desk.look(at: id, by: ana)
        #expect(seen.turn?.status == .failed && seen.turn?.detail?.isEmpty == false)
        #expect(seen.turn?.documentVersion == 1, "who changes the document is told no more of it")
        let steps = try await fixture.context.store.read { try $0.steps(subject: letter.record.id) }
        #expect(steps.filter { $0.kind == .readTurned }.map(\.status) == [.parked])
        #expect(steps.contains { $0.kind == .understandAgain }, "what was learned meanwhile is not lost on it")
        // The reviewer goes on with what there is.
        #expect(try await fixture.desk.confirm(id, edits: [], seen: 1, by: ana))
    }

    @Test func whatLeftReviewMeanwhileIsToldOfNoTurn() async throws {
        let fixture = try await WebFixture(limits: TurnedLetter.limits)
        let letter = try await TurnedLetter.seed(fixture.context)
        let ana = try await fixture.person("ana")
        try await fixture.desk.take(letter.task.id, by: ana)
        try await fixture.desk.readTurned(letter.task.id, page: 2, by: 180, seen: 1, by: ana)
        try await fixture.context.store.write { transaction in
            var record = letter.record
            record.status = .rejected
            _ = try transaction.updateDocument(record, at: Date())
        }
        try await fixture.context.work()
        let left = try await fixture.context.store.read { try $0.latestTurn(ofDocument: letter.record.id) }
        #expect(left == nil)
        #expect(try await letter.trail(in: fixture.context).last?.action == "page.not_reread")
    }

    /// However often the service is killed, a page is read again once, and its document changes once.
    @Test(.timeLimit(.minutes(5))) func killsLoseNothingAndDoNothingTwice() async throws {
        let fixture = try await WebFixture(limits: TurnedLetter.limits)
        let letter = try await TurnedLetter.seed(fixture.context)
        let ana = try await fixture.person("ana")
        try await fixture.desk.take(letter.task.id, by: ana)
        try await fixture.desk.readTurned(letter.task.id, page: 2, by: 180, seen: 1, by: ana)
        var dice = SeededGenerator(seed: 20_261_122)
        for _ in 1...4 {
            let service = try ServeProcess(on: fixture)
            try await Task.sleep(for: .milliseconds(Int.random(in: 400...1800, using: &dice)))
            try await service.killAtOnce()
        }
        let service = try ServeProcess(on: fixture)
        try await fixture.context.store.settle()
        #expect(try await service.stop() == 0)
        let record = try await letter.document(in: fixture.context)
        #expect(record.version == 2)
        #expect(try await letter.page(in: fixture.context).text.contains(TurnedLetter.words))
        #expect(try await letter.trail(in: fixture.context).count { $0.action == "page.reread" } == 1)
        guard case .intact = try await fixture.context.store.read({ try $0.verifyAudit() }) else {
            Issue.record("the audit chain is broken")
            return
        }
    }
}
