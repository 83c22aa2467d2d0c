import Documents
import Foundation
import Governance
import Records
import Understanding

/// The page of one recall.
struct RecallView: Sendable {
    struct Cause: Sendable {
        let name: String
        let title: String
        let why: String
        let count: Int
        let hasAny: Bool
    }

    struct Entry: Sendable {
        let id: String
        let typeTitle: String
        let fileName: String
        let came: String
        let released: String
        let stake: String?
        let causes: String
        let delivered: String
        let isHeld: Bool
        let status: String
        let statusWords: String
        /// What was ordered, and what became of it.
        let outcome: String?
    }

    let id: String
    let documentID: String
    let fieldTitle: String
    let typeTitle: String
    /// Whether the values are not shown.
    let isKept: Bool
    let wrong: String
    let right: String?
    let reason: String
    let by: String
    let at: String
    let isSearching: Bool
    let causes: [Cause]
    let count: Int
    let stake: String
    let waiting: Int
    let done: Int
    let refused: Int
    let isUnderWay: Bool
    let entries: [Entry]
    let hasEntries: Bool
    let offset: Int
    let part: ListPart
    let notice: String?
    let formToken: String

    init(
        _ found: RecallCase, context: ServiceContext, session: SignedInSession, notice: String?,
        in transaction: Transaction
    ) throws {
        let recall = found.recall
        let catalog = context.understander.catalog
        let titles = DocumentTitles(try transaction.document(recall.documentID)?.type ?? "", catalog: catalog)
        id = recall.id
        documentID = recall.documentID
        fieldTitle = titles.title(of: recall.fieldPath)
        typeTitle = titles.title
        isKept = found.isKept
        wrong = recall.wrongValue
        right = recall.rightValue
        reason = recall.reason
        by = recall.madeBy.actorName
        at = PageTime.minute(recall.madeAt)
        isSearching = recall.status == .searching
        causes = recall.causes.map { cause in
            Cause(
                name: cause.name, title: RecallCause(rawValue: cause.name)?.title ?? cause.name, why: cause.why,
                count: cause.count, hasAny: cause.count > 0)
        }
        count = found.count
        stake = RecallView.dollars(found.cents)
        waiting = found.counts[.ordered] ?? 0
        done = found.counts[.done] ?? 0
        refused = found.counts[.refused] ?? 0
        isUnderWay = waiting > 0
        entries = found.entries.map { Entry($0, catalog: catalog) }
        hasEntries = !found.entries.isEmpty
        offset = found.offset
        part = ListPart(
            of: "/recalls/\(recall.id)", offset: found.offset, shown: found.entries.count, count: found.count,
            pageCount: RecallDesk.pageCount)
        self.notice = notice
        formToken = session.formToken
    }

    fileprivate static func dollars(_ cents: Int) -> String {
        PriorityWords.dollars(Money(cents: Int64(cents)).description)
    }
}

extension RecallView.Entry {
    fileprivate init(_ entry: RecallCase.Entry, catalog: DocumentTypeCatalog) {
        let titles = DocumentTitles(entry.record.type, catalog: catalog)
        id = entry.record.id
        typeTitle = titles.title
        fileName = entry.fileName
        came = PageTime.minute(entry.record.createdAt)
        released = PageTime.minute(entry.listed.releasedAt)
        stake = entry.listed.amountCents.map(RecallView.dollars)
        causes =
            entry.listed.place == 0
            ? "has the wrong value"
            : entry.listed.causes.map { RecallCause(rawValue: $0)?.title ?? $0 }.joined(separator: ", ")
        delivered = entry.delivered.joined(separator: ", ")
        isHeld = entry.isHeld
        status = entry.record.status.rawValue
        statusWords = entry.record.status.rawValue.replacing("_", with: " ")
        outcome = RecallView.Entry.outcome(of: entry.listed)
    }

    private static func outcome(of listed: RecalledDocument) -> String? {
        guard let action = listed.action else { return nil }
        let (order, deed) =
            switch action {
            case .hold: ("to be held", "held")
            case .release: ("to be released", "released")
            case .review: ("to be reviewed again", "sent to review")
            }
        return switch listed.status {
        case .listed: nil
        case .ordered: order
        case .done: "\(deed) by \(listed.orderedBy?.actorName ?? "")"
        case .refused: "not \(deed): \(listed.detail ?? "")"
        }
    }
}
