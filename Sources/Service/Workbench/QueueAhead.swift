import Documents
import Foundation
import Governance
import Hummingbird
import Records

/// What lies before and behind a reviewer at work in a queue: the next document's page images, which the browser may
/// fetch early, and the day's figures.
struct QueueAhead: Sendable {
    /// How many page images of the next document are named.
    private static let imageCountMax = 3

    let context: ServiceContext

    struct Answer: Encodable, Sendable {
        /// Addresses of the page images of the task that would be taken next; nobody holds it yet.
        let images: [String]
        let waiting: Int
        let settledToday: Int
        /// From taking a document to settling it, the median of those settled today.
        let medianSeconds: Int?

        private enum CodingKeys: String, CodingKey {
            case images, waiting
            case settledToday = "settled_today"
            case medianSeconds = "median_seconds"
        }
    }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("queues/{name}/ahead") { _, context in try await show(context) }
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        let caller = try request.caller(having: .reviewDocuments)
        let queue = try request.parameters.require("name")
        guard context.policy.mayWork(queue, by: caller) else {
            throw Problem(.notAllowed, "You do not work this queue. Choose another from the list of queues.")
        }
        let now = context.clock()
        let bar = ReviewDesk(context: context).keyBar(for: caller)
        let answer = try await context.store.read { transaction -> Answer in
            let next = try transaction.nextTask(
                queues: [queue], within: caller.reach, for: caller.actor, at: now, bar: bar)
            let document = try next.flatMap { try transaction.document($0.documentID) }
            let images = try document.map { record -> [String] in
                let handlings = try transaction.pageHandlings(of: record.sha256)
                return record.document.pages.prefix(QueueAhead.imageCountMax).compactMap { number in
                    handlings.first { $0.number == number }?.image(inDocument: record.id)
                }
            }
            let day = try transaction.workday(of: caller.actor, since: Calendar.utc.startOfDay(for: now))
            return Answer(
                images: images ?? [],
                waiting: try transaction.waitingCount(queue: queue, within: caller.reach, at: now),
                settledToday: day.settledCount, medianSeconds: day.medianSeconds.map { Int($0.rounded()) })
        }
        return try Response.json(answer)
    }
}

extension Calendar {
    fileprivate static let utc: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
