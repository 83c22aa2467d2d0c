import Documents
import Foundation
import Records
import Understanding

/// The part of a task's page with the questions about it and the notes on its document.
struct TalkView: Sendable {
    struct Question: Sendable {
        let askedBy: String
        let askedOf: String
        let askedAt: String
        /// The title of the value that it is about.
        let about: String?
        /// The value's path, for a link to it.
        let path: String?
        let text: String
        let answer: String?
        let answeredAt: String?
        /// How it stands or ended.
        let state: String
    }

    let questions: [Question]
    let hasQuestions: Bool
    /// The task whose question the person who looks may answer.
    let answers: String?
    /// The task whose question the person who looks may withdraw.
    let withdraws: String?
    let notes: NotesView
    let formToken: String
    let lengthMax = WrittenText.lengthMax

    init(_ review: ReviewCase, _ titles: DocumentTitles, context: ServiceContext, session: SignedInSession) {
        let now = context.clock()
        let talk = review.talk
        questions = talk.questions.map { Question($0, titles, at: now) }
        hasQuestions = !talk.questions.isEmpty
        let actor = session.caller.actor
        let isMine = review.task.isHeld(at: now) && review.task.leaseOwner == actor
        let isAsked = talk.open?.keptFor == talk.open?.askedOf
        answers = isMine && isAsked && talk.open?.askedOf == actor ? review.task.id : nil
        withdraws = isAsked && talk.open?.askedBy == actor && !review.task.isHeld(at: now) ? review.task.id : nil
        notes = NotesView(
            talk.notes, count: talk.noteCount, of: review.record.id, mayWrite: review.hidden.isEmpty,
            back: "/tasks/\(review.task.id)",
            at: now, session: session)
        formToken = session.formToken
    }
}

extension TalkView.Question {
    fileprivate init(_ question: TaskQuestion, _ titles: DocumentTitles, at now: Date) {
        askedBy = question.askedBy.actorName
        askedOf = question.askedOf.actorName
        askedAt = PageTime.minute(question.askedAt)
        about = question.fieldPath.map(titles.title)
        path = question.fieldPath
        text = question.question
        answer = question.answer
        answeredAt = question.answeredAt.map(PageTime.minute)
        state = TalkView.Question.state(of: question, at: now)
    }

    private static func state(of question: TaskQuestion, at now: Date) -> String {
        switch question.ending {
        case "withdrawn": return "withdrawn"
        case "lapsed": return question.answer == nil ? "not answered in time" : "answered"
        case "moved": return "over: the task went to another queue"
        case nil where question.keptUntil <= now:
            return question.answer == nil ? "not answered in time: free for all" : "answered"
        case nil where question.answer == nil: return "waits until \(PageTime.minute(question.keptUntil)) at most"
        default: return question.answer == nil ? "settled without an answer" : "answered"
        }
    }
}

/// The notes on a document, and the form to write one.
struct NotesView: Sendable {
    struct Note: Sendable {
        let by: String
        let at: String
        let body: String
    }

    let notes: [Note]
    let count: Int
    let hasNotes: Bool
    /// How many earlier ones are not shown.
    let earlierCount: Int?
    let mayWrite: Bool
    let documentID: String
    /// What the next note will be called, so that it is written once however often the form is sent.
    let nextID: String
    /// The page to show when it is written.
    let back: String
    let formToken: String
    let lengthMax = WrittenText.lengthMax

    init(
        _ notes: [DocumentNote], count: Int, of documentID: String, mayWrite: Bool, back: String, at now: Date,
        session: SignedInSession
    ) {
        self.notes = notes.map {
            Note(by: $0.writtenBy.actorName, at: PageTime.minute($0.writtenAt), body: $0.body)
        }
        self.count = count
        hasNotes = count > 0
        earlierCount = count > notes.count ? count - notes.count : nil
        self.mayWrite = mayWrite
        self.documentID = documentID
        nextID = Identifier.make(at: now)
        self.back = back
        formToken = session.formToken
    }
}
