import Actions
import Foundation
import Records

extension ServiceContext {
    func openWork(
        _ planned: PlannedWork, for event: MailroomEvent, in transaction: Transaction, at now: Date
    ) throws {
        throw ServiceError(
            .missing, "The rule '\(planned.rule)' asks for the kind of work '\(planned.kind)', which does not exist.")
    }
}
