import Documents
import Foundation
import Governance
import Records

/// The denials that a person may see, in the order of what is at risk and how soon.
struct DenialDesk: Sendable {
    struct Answer: Sendable {
        let denials: [ListedDenial]
        /// What is left to the patient, by the id of the denial that is of that.
        let patientAmounts: [String: Money]
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
        return try await context.store.read { transaction -> Answer in
            let found = try transaction.denials(
                filter, within: caller.reach, hidingChecksOf: caller.actor, order: order, offset: offset, limit: limit)
            return Answer(
                denials: found, patientAmounts: try patientAmounts(of: found, in: transaction),
                byCategory: try transaction.denialCountsByCategory(
                    within: caller.reach, hidingChecksOf: caller.actor),
                byPayer: try transaction.denialCountsByPayer(
                    within: caller.reach, hidingChecksOf: caller.actor, limit: DenialDesk.payerCountMax))
        }
    }

    private func patientAmounts(of found: [ListedDenial], in transaction: Transaction) throws -> [String: Money] {
        var amounts: [String: Money] = [:]
        for denial in found.map(\.denial) where Denial.isPatients(denial.codes) {
            guard let record = try transaction.document(denial.documentID) else { continue }
            amounts[denial.id] = context.denials.table.patientAmount(of: denial, in: record.document)
        }
        return amounts
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

extension DenialTable {
    /// What the payer leaves to the patient, as the denial's document says; nil where the denial is not of that.
    func patientAmount(of denial: DenialRecord, in document: Document) -> Money? {
        guard Denial.isPatients(denial.codes) else { return nil }
        return denials(in: document).first { $0.place == denial.place && $0.codes == denial.codes }?.patientAmount
    }
}
