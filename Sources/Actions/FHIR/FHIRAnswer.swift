import Foundation

/// What a FHIR server says of a transaction (R4, 3.1.0.11.3).
struct FHIRAnswer {
    private static let receiptEntryCountMax = 200

    let status: Int
    let body: String

    private struct Bundle: Decodable {
        struct Entry: Decodable {
            struct Response: Decodable {
                let status: String
                let location: String?
            }
            let response: Response?
        }
        let type: String?
        let entry: [Entry]?
    }

    private struct OperationOutcome: Decodable {
        struct Issue: Decodable {
            struct Details: Decodable {
                let text: String?
            }
            let severity: String?
            let code: String?
            let diagnostics: String?
            let details: Details?
        }
        let issue: [Issue]
    }

    private struct Sent: Decodable {
        struct Entry: Decodable {}
        let entry: [Entry]
    }

    /// A transaction is taken whole or not at all: it is delivered when each of its resources has an answer of success.
    func outcome(sent: Data) -> SendOutcome {
        switch status {
        case 200...299: taken(sent)
        case 300...399:
            .failed(status: status, problem: "The FHIR server answered \(status), a redirect, which is not followed.")
        case 408, 429, 500...: .failed(status: status, problem: "The FHIR server answered \(status).\(words(sent))")
        default: .refused(status: status, problem: "The FHIR server answered \(status).\(words(sent))")
        }
    }

    private func taken(_ sent: Data) -> SendOutcome {
        let count = (try? JSONDecoder().decode(Sent.self, from: sent))?.entry.count
        let bundle = try? JSONDecoder().decode(Bundle.self, from: Data(body.utf8))
        let responses = bundle?.entry?.compactMap(\.response) ?? []
        guard bundle?.type == "transaction-response", responses.count == count,
            responses.allSatisfy({ $0.status.hasPrefix("2") })
        else {
            return .failed(
                status: status,
                problem: "The FHIR server answered \(status), but not with a success for each resource that was sent.")
        }
        let lines = responses.prefix(FHIRAnswer.receiptEntryCountMax).map { response in
            [response.status, response.location].compactMap { $0 }.joined(separator: " ")
        }
        let rest = responses.count - lines.count
        return .delivered(
            status: status, receipt: (lines + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n"))
    }

    /// What the OperationOutcome says, without what was sent of patients; empty where there is none.
    private func words(_ sent: Data) -> String {
        guard let outcome = try? JSONDecoder().decode(OperationOutcome.self, from: Data(body.utf8)) else { return "" }
        let issues = outcome.issue.prefix(3).map { issue in
            [issue.code, issue.diagnostics ?? issue.details?.text].compactMap { $0 }.joined(separator: ": ")
        }
        let text = AnswerWords.words(issues.joined(separator: "; "), sent: sent)
        return text.isEmpty ? "" : " It says: \(text)"
    }
}
