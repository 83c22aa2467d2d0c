import Foundation
import Hummingbird

/// `/v1/openapi.json`: the description of the HTTP interface, written by hand and checked by a test.
struct OpenAPIController: Sendable {
    func addRoutes(to router: Router<ServiceRequestContext>) {
        router.get("v1/openapi.json") { _, _ in
            Response.json(bytes: Data(PackageResources.openapi_json))
        }
    }
}
