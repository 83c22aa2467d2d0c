import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records
import Understanding

/// `/v1/layouts`: the layouts that confirmed documents taught, and the way to forget one.
struct LayoutsController: Sendable {
    private static let bodyByteCountMax = 16 << 10

    let context: ServiceContext

    private var desk: LayoutDesk { LayoutDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("layouts") { _, context in
            _ = try context.unlimitedCaller(having: .manageLayouts)
            return try Response.json(Answer(layouts: try await desk.layouts().map(Answer.Layout.init)))
        }
        group.delete("layouts/{id}") { try await forget($0, context: $1) }
    }

    private struct Answer: Encodable {
        let layouts: [Layout]

        struct Layout: Encodable {
            let id: String
            let type: String
            let subtype: String?
            let senderName: String?
            let confirmationCount: Int?
            let strength: Double?
            let readCount: Int
            let learnedAt: Date
            let taughtBy: [Lesson]

            init(_ layout: LearnedLayout) {
                id = layout.record.id
                type = layout.record.type
                subtype = layout.memory?.subtype
                senderName = layout.memory?.senderName
                confirmationCount = layout.memory?.confirmationCount
                strength = (layout.memory?.strength).map { ($0 * 10_000).rounded() / 10_000 }
                readCount = layout.useCount
                learnedAt = layout.record.learnedAt
                taughtBy = layout.lessons.map {
                    Lesson(documentID: $0.documentID, fileName: $0.fileName, confirmedBy: $0.by, at: $0.at)
                }
            }

            private enum CodingKeys: String, CodingKey {
                case id, type, subtype
                case senderName = "sender_name"
                case confirmationCount = "confirmation_count"
                case strength
                case readCount = "read_count"
                case learnedAt = "learned_at"
                case taughtBy = "taught_by"
            }
        }

        struct Lesson: Encodable {
            let documentID: String
            let fileName: String
            let confirmedBy: String
            let at: Date

            private enum CodingKeys: String, CodingKey {
                case documentID = "document_id"
                case fileName = "file_name"
                case confirmedBy = "confirmed_by"
                case at
            }
        }
    }

    private struct Order: Decodable {
        let reason: String
    }

    private func forget(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .manageLayouts)
        let body = try await request.body.collect(upTo: LayoutsController.bodyByteCountMax)
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(buffer: body)) else {
            throw Problem(.malformedRequest, "Say why in the body: {\"reason\": \"…\"}.")
        }
        do {
            try await desk.forget(try context.parameters.require("id"), because: order.reason, by: caller)
            return Response(status: .noContent)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}
