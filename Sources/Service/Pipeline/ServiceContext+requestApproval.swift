import Actions
import Foundation
import Records

extension ServiceContext {
    func requestApproval(
        _ planned: PlannedApproval, for event: MailroomEvent, in transaction: Transaction, at now: Date
    ) throws {
        throw ServiceError(
            .missing,
            "The rule '\(planned.rule)' asks for the kind of approval '\(planned.kind)', which does not exist.")
    }
}
