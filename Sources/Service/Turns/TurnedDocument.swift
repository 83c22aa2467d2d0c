import Documents
import Governance
import Records
import Understanding

/// A document in review of which a person had a page turned, as it was before that page is read.
struct TurnedDocument: Sendable {
    let turn: PageTurn
    let record: DocumentRecord
    let task: ReviewTask
    /// The page as it was read before.
    let page: StoredPage
    /// Its reading in the new direction, where it was read so once.
    let kept: StoredPage?
    /// Why pages of it could not be read, and what is on them, in the document's order.
    let readings: [PageReading]

    /// Nil when nothing of the document waits to be read, or it is out of review.
    init?(_ id: String, in transaction: Transaction) throws {
        guard let turn = try transaction.orderedTurn(ofDocument: id), let record = try transaction.document(id),
            record.status == .inReview, record.document.pages.contains(turn.number),
            let task = try transaction.task(ofDocument: id), task.status != .done,
            let page = try transaction.page(of: turn.sha256, number: turn.number)
        else { return nil }
        self.turn = turn
        self.record = record
        self.task = task
        self.page = page
        kept = try transaction.keptReading(of: turn.sha256, number: turn.number, rotation: turn.rotation)
        readings = try transaction.readings(record.document.pages, of: turn.sha256)
    }

    /// What is on the document's pages once the turned one says what `page` has.
    func readings(with page: StoredPage) -> [PageReading] {
        readings.map { $0.page.number == turn.number ? page.reading : $0 }
    }

    /// How the ink goes from the former reading of the page to `page`.
    func turning(to page: StoredPage) -> PageTurning {
        let former = self.page.reading.page
        return PageTurning(
            degrees: (turn.rotation - former.rotation + 360) % 360, from: PageExtent(former),
            to: PageExtent(page.reading.page))
    }

    /// Whether what was read for this is what `now` needs.
    func isStill(_ now: TurnedDocument) -> Bool {
        turn == now.turn && page.reading == now.page.reading && record.document.pages == now.record.document.pages
            && ChosenType(record.document) == ChosenType(now.record.document)
    }
}
