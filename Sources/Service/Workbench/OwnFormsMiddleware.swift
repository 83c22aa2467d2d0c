import Foundation
import HTTPTypes
import Hummingbird

/// Refuses what a browser sends on behalf of another site, before anything looks at it.
///
/// Browsers say where a request comes from: `Sec-Fetch-Site` (W3C Fetch Metadata) over TLS and on this machine, `Origin`
/// (RFC 6454) with every form. What says neither is left to the form's own token, which every form has as well.
struct OwnFormsMiddleware: RouterMiddleware {
    let settings: ServiceSettings

    func handle(
        _ request: Request, context: ServiceRequestContext,
        next: (Request, ServiceRequestContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get || request.method == .head || isOwn(request) else {
            throw Problem(
                .notAllowed,
                "The form comes from another address than this service's. Open the page here and send it again. (Behind a proxy, 'external_url' of Config/service.yaml says the address.)"
            )
        }
        return try await next(request, context)
    }

    private func isOwn(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return ["same-origin", "none"].contains(site) }
        guard let origin = request.headers[.origin] else { return true }
        guard let host = OwnFormsMiddleware.host(of: origin) else { return false }
        return host == request.head.authority?.lowercased()
            || settings.externalURL.flatMap(OwnFormsMiddleware.host) == host
    }

    /// Host and port of an address: `mailroom.example.org`, `127.0.0.1:8080`.
    private static func host(of address: String) -> String? {
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty else { return nil }
        return (host + (parts.port.map { ":\($0)" } ?? "")).lowercased()
    }
}
