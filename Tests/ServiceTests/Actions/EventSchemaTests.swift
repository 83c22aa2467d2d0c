import Actions
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

/// The JSON Schemas that are served, against events, by the `jsonschema` package of PyPI.
@Suite struct EventSchemaTests {
    private static func data(of type: EventType) -> EventData {
        let notice = RecallNotice(
            id: "R1", documentID: "D1", field: "member_id", wrongValue: "1", rightValue: nil)
        switch type.subject {
        case .document:
            var document = type == .documentReviewOverdue ? SampleRemittance.document : SampleLetter.document
            if type == .documentMerged {
                document = Document(type: "payer_letter", typeConfidence: 0.99, pages: [], disposition: .accept)
            }
            let isOfRecall = [EventType.documentHeld, .documentReleased, .documentRecalled].contains(type)
            return .document(
                DocumentEventData(
                    documentID: "D1", correlationID: "C1", document: document,
                    mergedInto: type == .documentMerged ? "D2" : nil, recall: isOfRecall ? notice : nil))
        case .approval:
            return .approval(
                ApprovalEventData(
                    approvalID: "A1", kind: "refund", amount: Money(cents: 123_450), costCentre: "4711",
                    payerName: "Acme", contentSHA256: String(repeating: "a", count: 64), status: "approved",
                    requestedBy: "ann", decidedBy: ["bob"], correlationID: "C1"))
        case .work:
            return .work(
                WorkEventData(
                    workID: "W1", kind: "appeal", status: "open", dueDate: CalendarDate(year: 2026, month: 3, day: 14),
                    documentID: "D1", correlationID: "C1", amountAtStake: Money(cents: 5)))
        }
    }

    /// What `jsonschema` finds wrong with each pair of a schema and an instance.
    private func verdicts(_ pairs: [[String: Any]]) async throws -> [String] {
        let script = """
            import json, sys, jsonschema
            for pair in json.load(sys.stdin):
                jsonschema.Draft202012Validator.check_schema(pair["schema"])
                errors = jsonschema.Draft202012Validator(pair["schema"]).iter_errors(pair["data"])
                print(json.dumps(next((e.json_path + " " + e.message[:100] for e in errors), "")))
            """
        let run = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"), ["-c", script],
            standardInput: try JSONSerialization.data(withJSONObject: pairs))
        #expect(run.status == 0, "\(run.standardError)")
        return run.standardOutput.split(separator: "\n").map(String.init)
    }

    @Test func everyTypeHasASchemaThatItsEventsKeepAndOthersBreak() async throws {
        let fixture = try await WebFixture()
        var pairs: [[String: Any]] = []
        try await fixture.test { client in
            var found: [[String: Any]] = []
            for type in EventType.allCases {
                let answer = try await client.execute(uri: "/v1/schemas/\(type.rawValue).json", method: .get)
                #expect(answer.status == .ok && answer.headers[.contentType] == "application/schema+json")
                let instance = try JSONSerialization.jsonObject(with: try Self.data(of: type).json())
                var broken = try #require(instance as? [String: Any])
                broken["correlation_id"] = nil
                let schema = try answer.json()
                #expect(schema["title"] as? String == type.rawValue)
                found += [["schema": schema, "data": instance], ["schema": schema, "data": broken]]
            }
            let unknown = try await client.execute(uri: "/v1/schemas/org.mailroom.nothing.v1.json", method: .get)
            #expect(unknown.status == .notFound)
            let file = fixture.folder.url.appending(path: "pairs")
            try JSONSerialization.data(withJSONObject: found).write(to: file)
        }
        let bytes = try Data(contentsOf: fixture.folder.url.appending(path: "pairs"))
        pairs = try #require(try JSONSerialization.jsonObject(with: bytes) as? [[String: Any]])
        let verdicts = try await verdicts(pairs)
        #expect(verdicts.count == 2 * EventType.allCases.count)
        for (index, verdict) in verdicts.enumerated() {
            #expect((verdict == "\"\"") == (index % 2 == 0), "\(EventType.allCases[index / 2].rawValue): \(verdict)")
        }
    }
}
