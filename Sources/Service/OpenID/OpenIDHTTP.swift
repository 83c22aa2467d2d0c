import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Calls to the provider: short, small, without redirects, to addresses that are allowed alone.
struct OpenIDHTTP: Sendable {
    private static let seconds: Int64 = 10
    private static let answerBytesMax = 1 << 20

    /// The body at `address`; `token` shows that we may have it.
    func get(_ address: String, token: String? = nil) async throws -> Data {
        var request = HTTPClientRequest(url: address)
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        let (status, body) = try await exchange(request, with: address)
        guard status == 200 else { throw OpenIDError(.unreachable, "\(address) answered \(status).") }
        return body
    }

    /// Posts a form; gives the status and the body.
    func post(_ fields: [(String, String)], to address: String, authorization: String?) async throws -> (UInt, Data) {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: OpenIDAddress.form(fields)))
        return try await exchange(request, with: address)
    }

    private func exchange(_ request: HTTPClientRequest, with address: String) async throws -> (UInt, Data) {
        guard OpenIDAddress.isAllowed(address) else {
            throw OpenIDError(.misconfigured, "The address \(address) is neither https nor on this machine.")
        }
        var request = request
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: "Mailroom/1")
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(OpenIDHTTP.seconds)
        configuration.timeout.read = .seconds(OpenIDHTTP.seconds)
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: configuration)
        let result: Result<(UInt, Data), any Error>
        do {
            let response = try await client.execute(request, timeout: .seconds(OpenIDHTTP.seconds))
            let body = try await response.body.collect(upTo: OpenIDHTTP.answerBytesMax)
            result = .success((response.status.code, Data(buffer: body)))
        } catch {
            result = .failure(OpenIDError(.unreachable, "\(address) could not be asked: \(error)"))
        }
        try? await client.shutdown()
        return try result.get()
    }
}
