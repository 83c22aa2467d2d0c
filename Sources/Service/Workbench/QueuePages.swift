import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Understanding

/// The list of review queues, and each queue's tasks.
struct QueuePages: Sendable {
    /// How many tasks a queue's page shows.
    static let taskCountMax = 200

    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("queues") { _, context in try await list(context) }
        group.get("queues/{name}") { try await show($0, context: $1) }
        group.post("queues/{name}/next") { try await takeNext($0, context: $1) }
    }

    // MARK: All queues

    private struct List {
        let queues: [Entry]
        let formToken: String
        let nothingWaits: Bool
        let questions: QuestionsView

        struct Entry {
            let name: String
            let title: String
            let open: Int
            let held: Int
            let done: Int
            let oldest: String?
            let dueSoon: Int
            let overdue: Int
            let isOverdue: Bool
            let mayTake: Bool
            let mayLook: Bool
            let formToken: String
        }
    }

    private func list(_ request: ServiceRequestContext) async throws -> Response {
        let session = try request.signedIn()
        let now = context.clock()
        let reach = session.caller.reach
        let queues = context.policy.queues.filter { reach.includes(queue: $0.name) }
        let soon = context.policy.dueSoonDate(at: now)
        let (counts, ages, questions) = try await context.store.read { [context] in
            (
                try $0.taskCounts(within: reach, at: now), try $0.queueAges(within: reach, at: now, soon: soon),
                try QuestionsView(of: session, context: context, in: $0)
            )
        }
        let entries = queues.map { queue in
            let count = counts[queue.name] ?? [:]
            let age = ages[queue.name]
            let mayWork = context.policy.mayWork(queue.name, by: session.caller)
            return List.Entry(
                name: queue.name, title: queue.title, open: count[.open] ?? 0, held: count[.leased] ?? 0,
                done: count[.done] ?? 0,
                oldest: age.map { PageTime.age(seconds: now.timeIntervalSince($0.oldestAt)) },
                dueSoon: age?.dueSoon ?? 0, overdue: age?.overdue ?? 0, isOverdue: (age?.overdue ?? 0) > 0,
                mayTake: mayWork && (count[.open] ?? 0) > 0, mayLook: mayLook(into: queue, session.caller),
                formToken: session.formToken)
        }
        let content = List(
            queues: entries, formToken: session.formToken, nothingWaits: entries.allSatisfy { $0.open + $0.held == 0 },
            questions: questions)
        return try pages.page("queues", content, title: "Review queues", session: session, section: .queues)
    }

    // MARK: One queue

    /// Who works a queue sees what waits there, and so does who sees all that came; the list of queues says how much alone.
    private func mayLook(into queue: ReviewQueue, _ caller: Caller) -> Bool {
        caller.reach.includes(queue: queue.name)
            && (context.policy.mayWork(queue.name, role: caller.role) || caller.permissions.contains(.viewIntake))
    }

    private struct Queue {
        let name: String
        let title: String
        let tasks: [Entry]
        let isEmpty: Bool
        let mayTake: Bool
        /// Whether something waits that the person may not take.
        let isForOthers: Bool
        let taskCountMax: Int
        let isCut: Bool
        let formToken: String
        /// Where a task went that the person had in hand; nil when none did.
        let moved: String?
        /// The queue to which the person sent a task.
        let sent: String?
        let questions: QuestionsView

        struct Entry {
            let id: String
            let age: String
            let typeTitle: String
            let subtypeTitle: String?
            let fileName: String
            let facility: String?
            let reasons: [String]
            let moreReasons: Int?
            let holder: String?
            /// Who was asked about it or waits for its return, while nobody holds it.
            let keptFor: String?
            let isMine: Bool
            let urgency: PriorityWords
        }
    }

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let queue = try queue(context)
        guard mayLook(into: queue, session.caller) else {
            throw Problem(.notAllowed, "You do not see this queue. Choose another from the list of queues.")
        }
        func title(_ parameter: Substring) -> String? {
            request.uri.queryParameters[parameter].flatMap { name in
                self.context.policy.queues.first { $0.name == name }?.title
            }
        }
        let context = self.context
        let now = context.clock()
        let caller = session.caller
        let bar = ReviewDesk(context: context).keyBar(for: caller)
        let (summaries, clocks, kept, questions, next) = try await context.store.read { transaction in
            let summaries = try transaction.tasks(
                queues: [queue.name], within: caller.reach, limit: QueuePages.taskCountMax + 1)
            let ids = summaries.map(\.task.id)
            return (
                summaries, try transaction.clocks(of: ids), try transaction.openQuestions(ofTasks: ids),
                try QuestionsView(of: session, context: context, in: transaction),
                try transaction.nextTask(
                    queues: [queue.name], within: caller.reach, for: caller.actor, at: now, bar: bar)
            )
        }
        let entries = summaries.prefix(QueuePages.taskCountMax).map {
            entry($0, clocks[$0.task.id], kept[$0.task.id], session: session)
        }
        let mayWork = context.policy.mayWork(queue.name, by: session.caller)
        let content = Queue(
            name: queue.name, title: queue.title, tasks: entries, isEmpty: entries.isEmpty,
            mayTake: mayWork && next != nil,
            isForOthers: mayWork && next == nil && entries.contains { $0.holder == nil },
            taskCountMax: QueuePages.taskCountMax, isCut: summaries.count > QueuePages.taskCountMax,
            formToken: session.formToken, moved: title("moved"), sent: title("sent"), questions: questions)
        return try pages.page("queue", content, title: queue.title, session: session, section: .queues)
    }

    private func entry(
        _ summary: ReviewTaskSummary, _ clock: TaskClock?, _ question: TaskQuestion?, session: SignedInSession
    ) -> Queue.Entry {
        let now = context.clock()
        let titles = DocumentTitles(summary.type, catalog: context.understander.catalog)
        let mayKey = Policy.mayKey(session.caller.permissions)
        let blind = mayKey ? context.policy.blindFields(of: summary.type) : []
        let reasons = summary.task.reasons.hiding(blind).map { reason in
            [reason.field.map(titles.title), reason.detail ?? reason.code].compactMap { $0 }.joined(separator: ": ")
        }
        let holder = summary.task.isHeld(at: now) ? summary.task.leaseOwner : nil
        let keeper = question.flatMap { now < $0.keptUntil ? $0.keptFor : nil }
        return Queue.Entry(
            id: summary.task.id, age: PageTime.age(seconds: summary.task.ageSeconds(at: now)),
            typeTitle: titles.title, subtypeTitle: titles.subtypeTitle(summary.subtype), fileName: summary.fileName,
            facility: summary.facility,
            reasons: Array(reasons.prefix(2)), moreReasons: reasons.count > 2 ? reasons.count - 2 : nil,
            holder: holder?.actorName, keptFor: holder == nil ? keeper?.actorName : nil,
            isMine: holder == session.caller.actor,
            urgency: PriorityWords(
                clock, of: summary.task, policy: context.policy, at: now,
                hiding: mayKey ? context.policy.telltaleTerms(of: summary.type) : []))
    }

    private func takeNext(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        _ = try await context.form(request)
        let queue = try queue(context)
        do {
            let task = try await ReviewDesk(context: self.context).takeNext(in: queue.name, by: caller)
            return .seeOther(task.map { "/tasks/\($0.id)" } ?? "/queues/\(queue.name)")
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    private func queue(_ request: ServiceRequestContext) throws -> ReviewQueue {
        let name = try request.parameters.require("name")
        guard let queue = context.policy.queues.first(where: { $0.name == name }) else {
            throw Problem(.notFound, "Policy has no queue of this name. Choose one from the list of queues.")
        }
        return queue
    }
}
