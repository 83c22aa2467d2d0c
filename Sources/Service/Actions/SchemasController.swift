import Actions
import Foundation
import HTTPTypes
import Hummingbird

/// `/v1/schemas/{type}.json`: the JSON Schema of what each type of event says, open to all, for it holds no data.
struct SchemasController: Sendable {
    func addRoutes(to router: Router<ServiceRequestContext>) {
        router.get("v1/schemas/{id}") { _, context in
            let name = try context.parameters.require("id")
            guard name.hasSuffix(".json"), let type = EventType(rawValue: String(name.dropLast(5))) else {
                throw Problem(
                    .notFound,
                    "No event has the type '\(name)'. Name one of \(EventType.allCases.map(\.rawValue).joined(separator: ", ")), and .json after it."
                )
            }
            var response = Response.json(bytes: try EventSchema.json(of: type))
            response.headers[.contentType] = "application/schema+json"
            return response
        }
    }
}

/// The JSON Schema (2020-12) of an event's data.
enum EventSchema {
    /// The bytes, the same for the same type.
    static func json(of type: EventType) throws -> Data {
        var definitions = try EventSchema.definitions(PackageResources.event_data_schema_json)
        if type.subject == .document {
            // A document is written as in the result of its file, and has the same schema.
            let result = try EventSchema.definitions(PackageResources.document_result_schema_json)
            definitions.merge(result["$defs"] as? [String: Any] ?? [:]) { own, _ in own }
            // A value that people keyed stands nowhere on the page, which a value as it was read always does.
            if var field = definitions["field"] as? [String: Any] {
                for key in ["if", "then", "else"] { field[key] = nil }
                definitions["field"] = field
            }
        }
        let schema: [String: Any] = [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": type.rawValue,
            "$ref": "#/$defs/\(definition(of: type))", "$defs": definitions,
        ]
        return try JSONSerialization.data(withJSONObject: schema, options: [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func definition(of type: EventType) -> String {
        switch type {
        case .documentMerged: "merged_document_event"
        case .documentHeld, .documentReleased, .documentRecalled: "recalled_document_event"
        case .documentAccepted, .documentReviewRequested, .documentRejected, .documentReviewOverdue: "document_event"
        case .approvalRequested, .approvalReminded, .approvalClimbed, .approvalApprovedFirst, .approvalApproved,
            .approvalRefused, .approvalExpired, .approvalWithdrawn:
            "approval_event"
        case .workOpened, .workClosed: "work_event"
        }
    }

    private static func definitions(_ bytes: [UInt8]) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }
}
