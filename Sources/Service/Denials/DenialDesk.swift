import Documents
import Foundation
import Governance
import Records

/// The denials that a person may see, in the order of what is at risk and how soon.
struct DenialDesk: Sendable {
    struct Answer: Sendable {
        let denials: [ListedDenial]
        let byCategory: [DenialCount]
        let byPayer: [DenialCount]
    }

    /// How many payers are counted.
    static let payerCountMax = 12

    let context: ServiceContext

    init(context: ServiceContext) { self.context = context.holdingPolicy() }

    var today: CalendarDate? { context.policy.day(of: context.clock()) }

    func denials(_ filter: DenialFilter, offset: Int, limit: Int, for caller: Caller) async throws -> Answer {
        let priority = context.denials.table.priority
        let order = DenialOrder(
            perThousandDollars: priority.perThousandDollars, dollarsMax: priority.dollarsMax,
            perDayNearerDeadline: priority.perDayNearerDeadline, deadlineDays: priority.deadlineDays,
            today: today?.dayNumber ?? 0)
        return try await context.store.read { transaction in
            Answer(
                denials: try transaction.denials(
                    filter, within: caller.reach, hidingChecksOf: caller.actor, order: order, offset: offset,
                    limit: limit),
                byCategory: try transaction.denialCountsByCategory(
                    within: caller.reach, hidingChecksOf: caller.actor),
                byPayer: try transaction.denialCountsByPayer(
                    within: caller.reach, hidingChecksOf: caller.actor, limit: DenialDesk.payerCountMax))
        }
    }

    /// What gives the denial its place in the list.
    func terms(of denial: DenialRecord) -> [PriorityTerm] {
        guard let today else { return [] }
        return context.denials.table.priority.terms(
            amount: denial.amountAtStake, deadline: denial.deadline, today: today)
    }

    func title(ofCategory name: String) -> String {
        context.denials.table.category(named: name)?.title ?? WorkWords.words(name)
    }
}
