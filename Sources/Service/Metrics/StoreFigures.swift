import Actions
import Documents
import Foundation
import Governance
import Records

/// How much of what is in the store, counted at one moment.
struct StoreFigures: Sendable {
    var arrivals: [ArrivalVerdict: Int]
    var unaccounted: Int
    var files: [FileStatus: Int]
    var documents: [DocumentStatus: Int]
    var steps: [StepKind: [StepStatus: Int]]
    var tasks: [String: [ReviewTaskStatus: Int]]
    var deliveries: [DeliveryStatus: Int]
    var deliveriesByConnector: [String: [DeliveryStatus: Int]]
    /// The connectors that are left alone for now, or tried with one call.
    var openBreakers: [String: Bool]
    /// The payments that wait for an 835 file, by connector.
    var payments: [String: Int]
    /// What is left of connectors that the rules do not have, by name: nothing sends it until it is handed over.
    var missingConnectors: [String: Int] = [:]
    var approvals: [ApprovalStatus: Int]
    /// Of approvals that nobody has decided, by kind; also of kinds of which none waits.
    var openApprovals: AgeFigures
    /// What payers refuse and is not done with, by category.
    var denials: [DenialCount]
    /// How long they have waited.
    var denialAges: AgeFigures
    var work: [WorkStatus: Int]
    /// By queue, also of those in which nothing waits.
    var queues: [(name: String, oldestSeconds: Int, dueSoon: Int, overdue: Int)]

    init(_ context: ServiceContext) async throws {
        let now = context.clock()
        let deadline = context.arrivalDeadline
        let (policy, matrix) = (context.policy, context.approvalMatrix)
        self = try await context.store.read { transaction in
            try StoreFigures(transaction, policy: policy, matrix: matrix, at: now, arrivalDeadline: deadline)
        }
        let states = context.breakers.states
        let rules = context.actionRules
        let left = deliveriesByConnector.mapValues { $0.reduce(0) { $0 + ($1.key.isOpen ? $1.value : 0) } }
        missingConnectors = left.merging(payments, uniquingKeysWith: +).filter { name, count in
            count > 0 && rules.connectors[name] == nil && rules.inactive[name] == nil
        }
        for name in context.actionRules.connectors.keys { openBreakers[name] = states[name]?.isOpen ?? false }
    }

    private init(
        _ transaction: Transaction, policy: Policy, matrix: ApprovalMatrix, at now: Date, arrivalDeadline: Date
    ) throws {
        arrivals = try transaction.arrivalCounts()
        unaccounted = try transaction.unaccountedCount(waitingSince: arrivalDeadline)
        files = try transaction.fileCounts()
        documents = try transaction.documentCounts()
        steps = try transaction.stepCounts()
        tasks = try transaction.taskCounts(at: now)
        deliveries = try transaction.deliveryCounts()
        deliveriesByConnector = try transaction.deliveryCountsByAction()
        openBreakers = [:]
        payments = try transaction.waitingRemittanceCounts()
        approvals = try transaction.approvalCounts()
        openApprovals = AgeFigures(
            try transaction.openApprovalAges(at: now), names: Set(matrix.kinds.map(\.name)), at: now)
        denials = try transaction.denialCountsByCategory(within: .everything)
        denialAges = AgeFigures(try transaction.denialAges(at: now), at: now)
        work = try transaction.workCounts()
        let ages = try transaction.queueAges(at: now, soon: policy.dueSoonDate(at: now))
        queues = policy.queues.map { queue in
            let age = ages[queue.name]
            let oldest = age.map { Int(now.timeIntervalSince($0.oldestAt)) } ?? 0
            return (queue.name, oldest, age?.dueSoon ?? 0, age?.overdue ?? 0)
        }
    }

    /// Calls that gave up and that a person may replay.
    var deliveriesParked: Int { deliveries[.parked] ?? 0 }

    var stepsParked: Int { steps.values.reduce(0) { $0 + ($1[.parked] ?? 0) } }

    /// The figures as Prometheus reads them.
    var families: [PrometheusText.Family] {
        [
            .gauges("mailroom_arrivals", "Files that ever arrived, by verdict.", "verdict", arrivals),
            .gauges("mailroom_files", "Files in custody, by how far they have come.", "status", files),
            .gauges("mailroom_documents", "Documents, by status.", "status", documents),
            .gauges("mailroom_deliveries", "Calls to other systems, by status.", "status", deliveries),
            .pairs(
                "mailroom_connector_deliveries", "Calls to other systems that are not over, by connector and status.",
                ("connector", "status"),
                deliveriesByConnector.flatMap { name, counts in
                    counts.filter { $0.key.isOpen }.map { (name, $0.rawValue, $1) }
                }),
            .gauges(
                "mailroom_connector_open", "Whether a connector is left alone for now, as its calls failed.",
                "connector", openBreakers),
            .named(
                "mailroom_connector_missing",
                "Calls and payments left of a connector that Config/actions.yaml does not have.", "connector",
                missingConnectors.map { ($0, Double($1)) }),
            .named(
                "mailroom_remittances_waiting", "Payments that wait for an 835 file, by connector.", "connector",
                payments.map { ($0, Double($1)) }),
            .gauges("mailroom_approvals", "Approvals that were ever asked for, by status.", "status", approvals),
            .named(
                "mailroom_approvals_open", "Approvals that nobody has decided, by kind.", "kind",
                openApprovals.counts),
            .named(
                "mailroom_approvals_oldest_seconds", "Age of the oldest approval that nobody has decided, by kind.",
                "kind", openApprovals.oldestSeconds),
            .pairs(
                "mailroom_approvals_age", "Approvals that nobody has decided, by kind and how long they have waited.",
                ("kind", "age"), openApprovals.classes),
            .gauges(
                "mailroom_work", "Appeals, requests for information and numbers to write back, by status.", "status",
                work),
            .named(
                "mailroom_denials", "What payers refuse and is not done with, by category.", "category",
                denials.map { ($0.name, Double($0.count)) }),
            .named(
                "mailroom_denials_oldest_seconds",
                "Age of the oldest denial that is not done with, by category.", "category",
                denialAges.oldestSeconds),
            .pairs(
                "mailroom_denials_age", "What payers refuse and is not done with, by category and age.",
                ("category", "age"), denialAges.classes),
            .named(
                "mailroom_denied_dollars", "Dollars that payers refuse and that are not done with, by category.",
                "category", denials.map { ($0.name, Double($0.amountAtStake.cents) / 100) }),
            .gauge("mailroom_arrivals_unaccounted", "Files that arrived and that nothing answers for.", unaccounted),
            .pairs(
                "mailroom_steps", "Steps of the pipeline, by kind and status.", ("kind", "status"),
                steps.flatMap { kind, counts in counts.map { (kind.rawValue, $0.rawValue, $1) } }),
            .pairs(
                "mailroom_review_tasks", "Review tasks, by queue and status.", ("queue", "status"),
                tasks.flatMap { queue, counts in counts.map { (queue, $0.rawValue, $1) } }),
            .named(
                "mailroom_review_oldest_seconds", "Age of the oldest review task that is not settled, by queue.",
                "queue", queues.map { ($0.name, Double($0.oldestSeconds)) }),
            .named(
                "mailroom_review_tasks_due_soon", "Review tasks whose service level ends within an hour of work.",
                "queue", queues.map { ($0.name, Double($0.dueSoon)) }),
            .named(
                "mailroom_review_tasks_overdue", "Review tasks whose service level is broken, by queue.", "queue",
                queues.map { ($0.name, Double($0.overdue)) }),
        ]
    }
}

extension ServiceContext {
    /// An arrival that waits since before then is one that nobody answers for.
    var arrivalDeadline: Date { clock().addingTimeInterval(-2 * settings.intake.patienceSeconds) }
}

extension PrometheusText.Family {
    fileprivate static func gauge(_ name: String, _ help: String, _ value: Int) -> Self {
        Self(name: name, kind: .gauge, help: help, samples: [.init(labels: .init(), value: Double(value))])
    }

    /// One series for each case, also where there is none of it: a gap in a graph would say that nothing was measured.
    fileprivate static func gauges<Word: RawRepresentable<String> & CaseIterable & Hashable>(
        _ name: String, _ help: String, _ label: String, _ counts: [Word: Int]
    ) -> Self {
        Self(
            name: name, kind: .gauge, help: help,
            samples: Word.allCases.map { .init(labels: .init([(label, $0.rawValue)]), value: Double(counts[$0] ?? 0)) })
    }

    fileprivate static func gauges(
        _ name: String, _ help: String, _ label: String, _ flags: [String: Bool]
    ) -> Self {
        Self(
            name: name, kind: .gauge, help: help,
            samples: flags.sorted { $0.key < $1.key }.map {
                .init(labels: .init([(label, $0.key)]), value: $0.value ? 1 : 0)
            })
    }

    /// One series for each figure, whose name stands under `label`, sorted by it.
    fileprivate static func named(
        _ name: String, _ help: String, _ label: String, _ figures: [(String, Double)]
    ) -> Self {
        Self(
            name: name, kind: .gauge, help: help,
            samples: figures.sorted { $0.0 < $1.0 }.map {
                .init(labels: .init([(label, $0.0)]), value: $0.1)
            })
    }

    fileprivate static func pairs(
        _ name: String, _ help: String, _ labels: (String, String), _ counts: [(String, String, Int)]
    ) -> Self {
        Self(
            name: name, kind: .gauge, help: help,
            samples: counts.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map {
                .init(labels: .init([(labels.0, $0.0), (labels.1, $0.1)]), value: Double($0.2))
            })
    }
}
