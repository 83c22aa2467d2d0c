import Foundation
import Synchronization
import TestSupport

/// A FHIR server on loopback that knows transactions of conditional creates and updates (R4, 3.1.0.8.1, 3.1.0.4.3).
final class FHIRServer: Sendable {
    private struct Resource {
        var location: String
        var json: [String: String]
        var keys: Set<String>
    }

    private final class Resources: Sendable {
        let kept = Mutex<[Resource]>([])
    }

    private let resources = Resources()
    let listener: WebhookListener

    /// `disturb` may answer a call in the server's place.
    init(disturb: @escaping @Sendable (Int) -> WebhookListener.Answer? = { _ in nil }) async throws {
        listener = try await WebhookListener { [resources] call, number in
            disturb(number) ?? .status(200, body: FHIRServer.answer(call.body, resources))
        }
    }

    var url: String { "http://127.0.0.1:\(listener.port)/fhir" }

    /// The types and statuses of all resources, in the order in which they were created.
    var kept: [String] {
        resources.kept.withLock { $0.map { "\($0.json["resourceType"] ?? "") \($0.json["status"] ?? "")" } }
    }

    private static func answer(_ body: Data, _ resources: Resources) -> String {
        let bundle = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
        let entries = bundle?["entry"] as? [[String: Any]] ?? []
        let responses = entries.map { entry in
            let request = entry["request"] as? [String: String] ?? [:]
            let resource = entry["resource"] as? [String: Any] ?? [:]
            let (status, location) = take(resource, request, resources)
            return "{\"response\":{\"status\":\"\(status)\",\"location\":\"\(location)\"}}"
        }
        return """
            {"resourceType":"Bundle","type":"transaction-response","entry":[\(responses.joined(separator: ","))]}
            """
    }

    private static func take(
        _ resource: [String: Any], _ request: [String: String], _ resources: Resources
    ) -> (status: String, location: String) {
        let type = resource["resourceType"] as? String ?? ""
        let condition = request["ifNoneExist"] ?? request["url"]?.split(separator: "?").last.map(String.init) ?? ""
        let key = "\(type)?\(condition)"
        let json = resource.compactMapValues { $0 as? String }
        return resources.kept.withLock { kept in
            if let index = kept.firstIndex(where: { $0.keys.contains(key) }) {
                if request["method"] == "PUT" { kept[index].json = json }
                return ("200 OK", kept[index].location)
            }
            let location = "\(type)/\(kept.count + 1)/_history/1"
            kept.append(Resource(location: location, json: json, keys: keys(of: resource, type)))
            return ("201 Created", location)
        }
    }

    /// The searches that find a resource: by each identifier and each tag.
    private static func keys(of resource: [String: Any], _ type: String) -> Set<String> {
        let identifiers = resource["identifier"] as? [[String: Any]] ?? []
        let tags = (resource["meta"] as? [String: Any])?["tag"] as? [[String: Any]] ?? []
        let found =
            identifiers.map { ("identifier", $0["system"], $0["value"]) }
            + tags.map { ("_tag", $0["system"], $0["code"]) }
        return Set(
            found.compactMap { name, system, value in
                guard let system = system as? String, let value = value as? String else { return nil }
                return "\(type)?\(name)=\(system)|\(value)"
            })
    }
}
