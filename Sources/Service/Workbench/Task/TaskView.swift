import Documents
import Foundation
import Governance
import Records
import Understanding

/// The content of a task's page.
struct TaskView: Sendable {
    let id: String
    let documentVersion: Int
    let queue: String
    let queueTitle: String
    let documentID: String
    let fileName: String
    let typeTitle: String
    let subtypeTitle: String?
    /// How sure the type is, or who says so.
    let typeWords: String
    let pageRange: String
    let age: String
    /// The account that the document is about, in words; nil where none matches or each claim has its own.
    let account: String?
    /// Whose confirmed document the values follow; nil where the layout was not known.
    let taught: String?
    /// Reasons and failed checks that belong to no single field on the page.
    let generalNotes: [String]
    /// What the document is compared with.
    let anomalies: [AnomalyView]
    let doubtfulCount: Int
    let isOneDoubt: Bool
    let form: DocumentForm
    /// The sums that do not hold and what would mend them, as JSON.
    let equations: String
    let sheets: [PageSheet]
    let hasManyPages: Bool
    /// The file's pages and the types, for who may change the document.
    let strip: PageStrip?
    /// Whether the person who looks may change the document.
    let mayEdit: Bool
    let mayTake: Bool
    /// What became of a page that was turned; nil when there is nothing to tell of one.
    let turn: String?
    /// Whether a page of it is being read again.
    let isBeingRead: Bool
    /// Why the person may not change it, or what went wrong with the latest change.
    let notice: String?
    let rejections: [Rejection]
    let priority: PriorityView
    let mayViewAudit: Bool
    /// What two people key after the rest is confirmed, in words; nil where they key nothing.
    let keyed: String?
    /// What people asked one another and wrote.
    let talk: TalkView
    /// To whom the task may be sent and who may be asked; nil for who may do neither.
    let together: TogetherView?
    let formToken: String

    struct Rejection: Sendable {
        let value: String
        let title: String
    }

    /// - Parameters:
    ///   - typed: what the person typed when the change was refused.
    ///   - errors: by path, why.
    init(
        _ review: ReviewCase, context: ServiceContext, session: SignedInSession, typed: [String: String] = [:],
        errors: [String: String] = [:], notice: String? = nil
    ) throws {
        let now = context.clock()
        let document = review.record.document
        let titles = DocumentTitles(document.type, catalog: context.understander.catalog, hiding: review.hidden)
        let form = DocumentForm(
            FieldInputs(document: document, definitions: titles, typed: typed, errors: errors))
        let inputs = form.inputs
        let holder = review.task.isHeld(at: now) ? review.task.leaseOwner : nil
        id = review.task.id
        documentVersion = review.record.version
        queue = review.task.queue
        queueTitle = context.policy.queues.first { $0.name == review.task.queue }?.title ?? review.task.queue
        documentID = review.record.id
        fileName = review.file.name
        typeTitle = titles.title
        subtypeTitle = titles.subtypeTitle(document.subtype)
        typeWords = review.typeSource.words(document)
        pageRange = TaskView.range(document.pages)
        age = PageTime.age(seconds: review.task.ageSeconds(at: now))
        account = document.accountMatch.map(\.words)
        taught = review.taught?.words
        generalNotes = TaskView.generalNotes(document, shown: Set(inputs.map(\.path)), titles)
        doubtfulCount = inputs.count(where: \.isDoubtful)
        isOneDoubt = doubtfulCount == 1
        self.form = form
        equations = try TaskEquation.text(of: document, titles)
        sheets = PageSheet.all(review.pages, documentID: review.record.id)
        hasManyPages = review.pages.count > 1
        strip =
            holder == session.caller.actor && review.task.status == .leased && review.turn?.status != .ordered
            ? PageStrip(review, catalog: context.understander.catalog) : nil
        isBeingRead = review.task.status != .done && review.turn?.status == .ordered
        turn = review.task.status == .done ? nil : review.turn?.words(version: review.record.version)
        mayEdit = holder == session.caller.actor && review.task.status == .leased && !isBeingRead
        let keeper = review.talk.keeper
        mayTake =
            review.task.status != .done && holder == nil && !isBeingRead
            && (keeper == nil || keeper == session.caller.actor)
        anomalies = review.anomalies.map { [mayEdit] in AnomalyView($0, mayEdit: mayEdit) }
        self.notice = notice ?? TaskView.notice(review, holder: holder, by: session.caller)
        talk = TalkView(review, titles, context: context, session: session)
        together = TogetherView(review, titles, context: context, session: session)
        rejections = RejectionReason.allCases.map { Rejection(value: $0.rawValue, title: $0.title) }
        priority = PriorityView(review, context: context, session: session)
        mayViewAudit = session.caller.permissions.contains(.viewAudit)
        keyed = TaskView.keyed(review, catalog: context.understander.catalog)
        formToken = session.formToken
    }

    private static func keyed(_ review: ReviewCase, catalog: DocumentTypeCatalog) -> String? {
        guard !review.hidden.isEmpty else { return nil }
        let titles = DocumentTitles(review.record.type, catalog: catalog)
        return review.hidden.sorted().map { titles.title(of: $0) }.joined(separator: ", ")
    }

    static func notice(_ review: ReviewCase, holder: String?, by caller: Caller) -> String? {
        if review.task.status == .done { return "This task is settled. The document's page shows how." }
        if let holder { return holder == caller.actor ? nil : "\(holder.actorName) works on this task." }
        guard let keeper = review.talk.keeper, keeper != caller.actor else {
            return "Nobody works on this task. Take it to make changes."
        }
        let end = review.talk.questions.first.map { " until \(PageTime.minute($0.keptUntil))" } ?? ""
        return "This task is kept for \(keeper.actorName)\(end)."
    }

    /// `page 3`, `pages 3–5`, or `pages 5, 3, 4` where a person reordered them.
    static func range(_ pages: [Int]) -> String {
        guard let first = pages.first, let last = pages.last, pages.count > 1 else {
            return pages.first.map { "page \($0)" } ?? "no pages"
        }
        guard pages == pages.sorted() else { return "pages \(pages.map(String.init).joined(separator: ", "))" }
        return "pages \(first)–\(last)"
    }

    /// What is unusual is told once, where it is compared.
    private static func generalNotes(_ document: Document, shown: Set<String>, _ titles: DocumentTitles) -> [String] {
        document.reasons.filter { reason in
            !ReasonCode.isOfAnomalies(reason.code) && reason.field.map { !shown.contains($0) } ?? true
        }.map { reason in
            let detail = reason.detail ?? reason.code.replacing("_", with: " ")
            switch reason.code {
            case ReasonCode.lowTypeConfidence.rawValue: return "Type of document: \(detail)"
            case ReasonCode.lowPagesConfidence.rawValue:
                return "Whether these pages are one whole document: \(detail)"
            case ReasonCode.missingField.rawValue:
                return "\(titles.title(of: reason.field ?? "")): \(detail)"
            default: return detail
            }
        }
    }
}
