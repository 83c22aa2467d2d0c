import Documents
package import Records

/// A review task with all that a reviewer needs to settle it.
package struct ReviewCase: Sendable {
    package var task: ReviewTask
    package var record: DocumentRecord
    package var file: CustodyFile
    /// The document's own pages, in order.
    package var pages: [StoredPage]
    /// The whole file around the document.
    package var layout: FileLayout
    /// Why the task is urgent and when it is due; nil until its clock is started.
    package var clock: TaskClock?
}

/// Why a reviewer refuses a document.
package enum RejectionReason: String, Sendable, CaseIterable {
    case unreadable
    case notOurs = "not_ours"
    case alreadyHandled = "already_handled"
    case noDocument = "no_document"

    package var title: String {
        switch self {
        case .unreadable: "It cannot be read"
        case .notOurs: "It is not for us"
        case .alreadyHandled: "It was handled already"
        case .noDocument: "It is no document: blank, a cover sheet, junk"
        }
    }

    /// Whether no value of the document may be used, and not only this copy of it or by us.
    var isAgainstValues: Bool {
        switch self {
        case .unreadable, .noDocument: true
        case .notOurs, .alreadyHandled: false
        }
    }
}
