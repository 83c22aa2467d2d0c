import Foundation
import Records

extension Transaction {
    /// Keeps how an attempt ended, with its audit entry; throws `leaseLost` when the delivery was claimed again since.
    ///
    /// Gives what was kept: a failure of what was taken back meanwhile is not tried again.
    func settle(_ delivery: Delivery, _ given: Settlement, at now: Date) throws -> Settlement {
        let event = try event(delivery.eventID)
        let settlement = try event.map { try isTakenBack($0) } == true ? given.afterWithdrawal : given
        switch settlement {
        case .delivered(let status, let receipt):
            try deliveryDelivered(delivery, status: status, receipt: receipt, at: now)
        case .retried(let date, let status, let problem):
            try deliveryRetry(delivery, availableAt: date, status: status, error: problem)
        case .parked(let status, let problem):
            try deliveryParked(delivery, status: status, error: problem)
        case .dismissed(let status, let problem):
            try deliveryDismissed(delivery, status: status, error: problem)
        }
        let detail = ["delivery": delivery.id, "connector": delivery.action, "attempt": "\(delivery.attempts)"]
        try audit(
            actor: "outbox", action: settlement.auditAction, subject: event?.subject ?? delivery.eventID,
            detail: detail.merging(settlement.auditDetail) { first, _ in first },
            correlationID: event?.correlationID ?? "", at: now)
        return settlement
    }
}
