package import Foundation
import NIOHTTP1

/// Sends bundles to a FHIR server: one POST to its base address for each accepted or recalled document.
///
/// Every resource of a bundle is created or updated by a condition, so that a repetition changes nothing.
package struct FHIRConnector: Connector {
    /// Enough for the answer to a remittance of ten thousand claims.
    private static let answerBytesMax = 8 << 20

    private let endpoint: Endpoint
    private let token: BearerToken?
    private let address: String
    package let retry: RetryPolicy

    /// - Parameter address: where `/v1` of this Mailroom is as others reach it; empty when nobody has said.
    package init(
        endpoint: Endpoint, token: BearerToken? = nil, address: String = "", retry: RetryPolicy = RetryPolicy()
    ) {
        self.endpoint = endpoint
        self.token = token
        self.address = address
        self.retry = retry
    }

    package var timeoutSeconds: Double { endpoint.timeoutSeconds }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        try FHIRBundle(event, address: address).value.json
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        var headers: HTTPHeaders = [
            "content-type": "application/fhir+json; charset=utf-8", "accept": "application/fhir+json",
            "prefer": "return=minimal", "x-correlation-id": message.correlationID,
        ]
        if let token { headers.add(name: "authorization", value: token.header) }
        let call = EndpointCall(endpoint: endpoint, answerBytesMax: FHIRConnector.answerBytesMax)
        switch await call.post(message.payload, headers: headers, attempt: message.attempt) {
        case .unanswered(let outcome): return outcome
        case .answered(let status, _, let body):
            return FHIRAnswer(status: status, body: body).outcome(sent: message.payload)
        }
    }
}
