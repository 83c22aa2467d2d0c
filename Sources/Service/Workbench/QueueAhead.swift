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
        /// The task that would be taken next, which nobody holds yet; nil when none waits.
        let task: String?
        /// Addresses of its page images.
        let images: [String]
        /// Whether its first page is shown as it was read, and not turned.
        let isUpright: Bool
        let waiting: Int
        let settledToday: Int
        /// From taking a document to settling it, the median of those settled today.
        let medianSeconds: Int?

        private enum CodingKeys: String, CodingKey {
            case task, images
            case isUpright = "is_upright"
            case waiting
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
            let pages = try document.map { record in
                try record.document.pages.prefix(QueueAhead.imageCountMax).compactMap {
                    try transaction.pageHandling(of: record.sha256, number: $0)
                }
            }
            let images = document.flatMap { record in pages?.compactMap { $0.image(inDocument: record.id) } }
            let day = try transaction.workday(of: caller.actor, since: Calendar.utc.startOfDay(for: now))
            return Answer(
                task: next?.id, images: images ?? [],
                isUpright: pages?.first.map { $0.turn == 0 && $0.imageMediaType != nil } ?? false,
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
