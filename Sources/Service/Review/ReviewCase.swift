import Documents
import Governance
package import Records

/// A review task with all that a reviewer needs to settle it.
package struct ReviewCase: Sendable {
    package var task: ReviewTask
    package var record: DocumentRecord
    package var file: CustodyFile
    /// The document's own pages, in order.
    package var pages: [PageFace]
    /// The whole file around the document.
    package var layout: FileLayout
    /// Why the task is urgent and when it is due; nil until its clock is started.
    package var clock: TaskClock?
    /// What had a say in how it was read; nil when its layout was not known.
    package var taught: TaughtReading?
    /// The fields of which the person must not see values.
    package var hidden: Set<String> = []
    /// What is keyed so far; nil unless the document waits for keys.
    package var keyCase: KeyCase?
    /// What the person has typed so far of the keys.
    package var keyDraft: [String: String] = [:]
    /// Who says of what type it is.
    package var typeSource: TypeSource
    /// The page of it that was ordered last to be read again; nil when none was.
    package var turn: PageTurn?
    /// What people asked one another and wrote about it.
    package var talk: TaskTalk
    /// What is unusual about it, as far as the person may see it.
    var anomalies: [SeenAnomaly] = []
    /// The names of the people who work its queue; none where only changes were kept.
    package var colleagues: [String] = []

    /// Whether the person must not see the value at `path`.
    func hides(_ path: String) -> Bool { FieldPath(path).map { hidden.contains($0.definition) } ?? false }
}

/// A document that was read by what a reviewer confirmed before.
package struct TaughtReading: Sendable, Hashable {
    /// How many of its values stand where the layout has them.
    package let valueCount: Int
    /// The document that taught the layout last before this one was read.
    package let lesson: LayoutLesson
    /// Whether that document is within the reviewer's reach.
    let isNear: Bool

    init?(of documentID: String, within reach: Reach, in transaction: Transaction) throws {
        guard let use = try transaction.layoutUse(of: documentID), use.valueCount > 0,
            let lesson = try transaction.lessons(of: use.memoryID, until: use.at, limit: 1).first
        else { return nil }
        valueCount = use.valueCount
        self.lesson = lesson
        isNear = try transaction.document(lesson.documentID, within: reach) != nil
    }

    /// A line for the reviewer.
    var words: String {
        let values = valueCount == 1 ? "1 value follows" : "\(valueCount) values follow"
        let place = isNear ? lesson.fileName : "a file of others"
        return "\(values) what \(lesson.by.actorName) confirmed in \(place) at \(PageTime.minute(lesson.at))"
    }
}

/// Why a reviewer refuses a document.
package enum RejectionReason: String, Sendable, CaseIterable {
    case unreadable
    case notOurs = "not_ours"
    case alreadyHandled = "already_handled"
    case duplicate
    case noDocument = "no_document"

    package var title: String {
        switch self {
        case .unreadable: "It cannot be read"
        case .notOurs: "It is not for us"
        case .alreadyHandled: "It was handled already"
        case .duplicate: "It is a duplicate: another document counts"
        case .noDocument: "It is no document: blank, a cover sheet, junk"
        }
    }

    /// Whether no value of the document may be used, and not only this copy of it or by us.
    var isAgainstValues: Bool {
        switch self {
        case .unreadable, .noDocument: true
        case .notOurs, .alreadyHandled, .duplicate: false
        }
    }
}
