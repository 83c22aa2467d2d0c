import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// One POST to an endpoint.
///
/// The host's name is looked up once for each call, every address is checked, and the connection goes to one of the
/// addresses that were checked, whatever the name means a moment later. Redirects are not followed.
struct EndpointCall {
    /// What came of a call.
    enum Result {
        /// The status, the headers, and the beginning of the body as text.
        case answered(status: Int, headers: HTTPHeaders, body: String)
        /// There was no answer, or no call; the outcome says why.
        case unanswered(SendOutcome)
    }

    let endpoint: Endpoint
    /// How much of an answer's body is read.
    let answerBytesMax: Int

    /// Sends `body` by the attempt numbered `attempt`, from 1: each attempt tries the next of the host's addresses.
    func post(_ body: Data, headers: HTTPHeaders, attempt: Int) async -> Result {
        guard let host = endpoint.url.host(percentEncoded: false), !host.isEmpty else {
            return .unanswered(.refused(status: nil, problem: "The address names no host."))
        }
        let addresses = await HostAddresses.resolve(host)
        if let problem = AddressRule(endpoint).problem(host: host, addresses: addresses) {
            return .unanswered(.refused(status: nil, problem: problem))
        }
        guard !addresses.isEmpty else {
            return .unanswered(.failed(status: nil, problem: "The host '\(host)' has no address."))
        }
        let address = addresses[max(0, attempt - 1) % addresses.count]
        var request = HTTPClientRequest(url: endpoint.url.absoluteString)
        request.method = .POST
        request.headers = headers
        request.headers.replaceOrAdd(name: "user-agent", value: "Mailroom/1")
        request.body = .bytes(ByteBuffer(bytes: body))
        let client = HTTPClient(configuration: configuration(pinning: host, to: address))
        let result = await exchange(request, by: client)
        try? await client.shutdown()
        return result
    }

    private func exchange(_ request: HTTPClientRequest, by client: HTTPClient) async -> Result {
        do {
            let end = ContinuousClock.now + .seconds(endpoint.timeoutSeconds)
            let limit = TimeAmount.milliseconds(Int64(endpoint.timeoutSeconds * 1000))
            let response = try await client.execute(request, timeout: limit)
            let body = await beginning(of: response.body, until: end)
            return .answered(status: Int(response.status.code), headers: response.headers, body: body)
        } catch {
            return .unanswered(
                .failed(status: nil, problem: "The call did not go through: \(EndpointCall.words(for: error))"))
        }
    }

    private func configuration(pinning host: String, to address: IPAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.dnsOverride = [host: "\(address)"]
        configuration.timeout.connect = .milliseconds(Int64(endpoint.connectTimeoutSeconds * 1000))
        configuration.timeout.read = .milliseconds(Int64(endpoint.timeoutSeconds * 1000))
        // One attempt is one connection: the retry policy alone says when to try again.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// The answer's beginning as text, or what of it had come by `end`.
    private func beginning(of body: HTTPClientResponse.Body, until end: ContinuousClock.Instant) async -> String {
        await withTaskGroup(of: String?.self) { group in
            group.addTask { await read(body) }
            group.addTask {
                try? await Task.sleep(until: end)
                return nil
            }
            var text: String?
            while text == nil, let next = await group.next() {
                text = next
                group.cancelAll()
            }
            return text ?? ""
        }
    }

    /// Reads until the answer ends, breaks off, is long enough, or the task is cancelled.
    private func read(_ body: HTTPClientResponse.Body) async -> String {
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                bytes += part.readableBytesView.prefix(answerBytesMax - bytes.count)
                if bytes.count >= answerBytesMax { break }
            }
        } catch {
            bytes += Array(" (the answer broke off)".utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a connection's error says, without the library's own frame where that is known.
    private static func words(for error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError: String(cString: strerror(error.errnoCode))
        default: String("\(error)".prefix(500))
        }
    }
}
