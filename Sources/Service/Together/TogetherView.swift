import Documents
import Foundation
import Governance
import Records
import Understanding

/// The dialog on a task's page with which it is sent to another queue or a colleague is asked.
struct TogetherView: Sendable {
    struct Choice: Sendable {
        let value: String
        let title: String

        init(value: String, title: String) {
            self.value = value
            self.title = title
        }

        /// A value of a document, by its path.
        init(_ located: LocatedField, _ titles: DocumentTitles) {
            value = located.path.description
            title = "\(titles.title(of: value)): \(located.field.value.description.prefix(40))"
        }
    }

    let taskID: String
    let queues: [Choice]
    let reasons: [Choice]
    let noteLengthMax = ReviewDesk.sendNoteLengthMax
    /// Whether the person who looks holds the task, and so may ask.
    let mayAsk: Bool
    let colleagues: [Choice]
    let hasColleagues: Bool
    let fields: [Choice]
    let questionLengthMax = WrittenText.lengthMax
    /// For how long the task is kept, in words.
    let keptWords: String
    let formToken: String

    /// Nil for who may neither send the task nor ask about it.
    init?(_ review: ReviewCase, _ titles: DocumentTitles, context: ServiceContext, session: SignedInSession) {
        let now = context.clock()
        let task = review.task
        let isMine = task.leaseOwner == session.caller.actor && task.isHeld(at: now)
        let isSupervisor = session.caller.permissions.contains(.overridePriority) && !task.isHeld(at: now)
        guard task.status != .done, isMine || isSupervisor else { return nil }
        taskID = task.id
        queues = context.policy.queues.filter { $0.name != task.queue }.map { Choice(value: $0.name, title: $0.title) }
        reasons = SendReason.allCases.map { Choice(value: $0.rawValue, title: $0.title) }
        mayAsk = isMine && review.talk.open == nil && review.hidden.isEmpty
        colleagues = review.colleagues.filter { "user:\($0)" != session.caller.actor }.map {
            Choice(value: $0, title: $0)
        }
        hasColleagues = !colleagues.isEmpty
        fields = review.record.document.locatedFields.map { Choice($0, titles) }
        let hours = context.policy.questionHours
        keptWords = hours == 1 ? "one hour" : "\(hours.formatted(.number.locale(Locale(identifier: "en_US")))) hours"
        formToken = session.formToken
    }
}

/// The questions that wait for a person, and those that they wait for, over the queues that they work.
struct QuestionsView: Sendable {
    private static let countMax = 50

    struct Entry: Sendable {
        let taskID: String
        let typeTitle: String
        let fileName: String
        let words: String
        let formToken: String
    }

    /// Questions to answer, and answers that came.
    let toDo: [Entry]
    /// Questions that others have not answered yet.
    let waiting: [Entry]
    let hasToDo: Bool
    let hasWaiting: Bool

    init(of session: SignedInSession, context: ServiceContext, in transaction: Transaction) throws {
        let actor = session.caller.actor
        let questions = try transaction.openQuestions(of: actor, limit: QuestionsView.countMax)
        let reach = session.caller.reach
        let near = try questions.map(\.taskID).filter { try transaction.task($0, within: reach) != nil }
        let tasks = Dictionary(
            try transaction.tasks(ids: near).map { ($0.task.id, $0) },
            uniquingKeysWith: { first, _ in first })
        func entries(_ chosen: (TaskQuestion) -> Bool, _ words: (TaskQuestion) -> String) -> [Entry] {
            questions.filter(chosen).compactMap { question in
                guard let task = tasks[question.taskID],
                    context.policy.mayWork(task.task.queue, by: session.caller)
                else { return nil }
                return Entry(
                    taskID: question.taskID,
                    typeTitle: DocumentTitles(task.type, catalog: context.understander.catalog).title,
                    fileName: task.fileName, words: words(question), formToken: session.formToken)
            }
        }
        toDo = entries({ $0.keptFor == actor }) { question in
            let until = PageTime.minute(question.keptUntil)
            return question.answer == nil
                ? "\(question.askedBy.actorName) asks you, until \(until)"
                : "\(question.askedOf.actorName) answered you, kept for you until \(until)"
        }
        waiting = entries({ $0.keptFor != actor }) { question in
            "you asked \(question.askedOf.actorName), who has until \(PageTime.minute(question.keptUntil))"
        }
        hasToDo = !toDo.isEmpty
        hasWaiting = !waiting.isEmpty
    }
}
