import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Service
import Testing

/// A browser's manners in a router test: keeps cookies, sends forms with the token of the page they are on.
final class WorkbenchClient {
    private let client: any TestClientProtocol
    private var cookies: [String: String] = [:]

    init(_ client: any TestClientProtocol) { self.client = client }

    static let password = "correct horse battery"

    /// The header that carries the cookies.
    var cookieHeader: String { cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }

    func get(_ uri: String) async throws -> TestResponse {
        try await execute(uri, .get, body: nil)
    }

    /// Sends a form, with the form token found on the page `page`.
    func post(_ uri: String, _ fields: [(String, String)], from page: String) async throws -> TestResponse {
        let token = try WorkbenchClient.value(of: "form_token", in: try await get(page).text)
        return try await send(uri, [("form_token", token)] + fields)
    }

    func send(
        _ uri: String, _ fields: [(String, String)], accept: String = "text/html"
    ) async throws -> TestResponse {
        let body = fields.map { "\(WorkbenchClient.encoded($0.0))=\(WorkbenchClient.encoded($0.1))" }
            .joined(separator: "&")
        return try await execute(uri, .post, body: body, accept: accept)
    }

    @discardableResult
    func signIn(_ name: String, password: String = password) async throws -> TestResponse {
        try await post("/sign-in", [("name", name), ("password", password), ("next", "/queues")], from: "/sign-in")
    }

    /// The value of the first input called `name`.
    static func value(of name: String, in page: String) throws -> String {
        let inputs = page.matches(of: /<input[^>]*>/).map { String($0.output) }
        let input = try #require(inputs.first { $0.contains("name=\"\(name)\"") }, "no input \(name)")
        let match = try #require(input.firstMatch(of: /value="([^"]*)"/))
        return String(match.output.1)
    }

    private func execute(
        _ uri: String, _ method: HTTPRequest.Method, body: String?, accept: String = "text/html"
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.accept: accept]
        if !cookies.isEmpty {
            headers[.cookie] = cookieHeader
        }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let response = try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if let name = pair.first { cookies[String(name)] = pair.count > 1 ? String(pair[1]) : nil }
        }
        return response
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension WebFixture {
    /// Makes a person's account with the password that `WorkbenchClient` uses.
    func addUser(_ name: String, _ role: Role = .reviewer) async throws {
        try await accounts.addUser(name: name, role: role, password: WorkbenchClient.password, by: "test")
    }
}
