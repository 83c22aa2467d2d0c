import Actions
import Documents
import Foundation
import TestSupport
import Testing

@Suite struct FHIRBundleTests {
    private static let subtypes = [
        "denial", "information_request", "overpayment_request", "authorization_approval", "authorization_denial",
        "appeal_decision", "general",
    ]

    private func bundle(_ event: MailroomEvent) throws -> [String: Any] {
        let json = try FHIRBundle(event, address: "https://mailroom.example").value.json
        return try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    }

    private func resources(_ event: MailroomEvent) throws -> [String: [String: Any]] {
        let entries = try #require(try bundle(event)["entry"] as? [[String: Any]])
        let resources = entries.compactMap { $0["resource"] as? [String: Any] }
        return Dictionary(resources.compactMap { r in (r["resourceType"] as? String).map { ($0, r) } }) { first, _ in
            first
        }
    }

    private func requests(_ event: MailroomEvent) throws -> [[String: String]] {
        let entries = try #require(try bundle(event)["entry"] as? [[String: Any]])
        return entries.compactMap { $0["request"] as? [String: String] }
    }

    @Test func anotherImplementationAcceptsEveryBundle() async throws {
        var example = DrawnDocuments(seed: 7)
        var lines = Data()
        for number in 0..<400 {
            let document =
                switch number % 4 {
                case 0: example.remittance(claimCount: number % 13, isBalanced: number % 5 > 0)
                case 1: example.remittance(claimCount: 1 + number % 3, subtype: "member_eob")
                case 2: example.letter(Self.subtypes[number / 4 % Self.subtypes.count])
                default: Document(type: "authorization_form", subtype: nil, typeConfidence: 0.9, pages: [1])
                }
            let origin =
                example.chance(80) ? DrawnDocuments.origin(confirmedBy: example.chance(50) ? "Bo" : nil) : nil
            let isRecall = origin != nil && example.chance(25)
            let event = DrawnDocuments.event(
                document, id: "01K8E\(number)", type: isRecall ? .documentRecalled : .documentAccepted, origin: origin)
            lines += try FHIRBundle(event, address: "").value.json + Data("\n".utf8)
        }
        let run = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            [packageFolder.appending(path: "Tests/ActionsTests/FHIR/validate_bundles.py").path],
            environment: ["PYTHONPATH": packageFolder.appending(path: ".venv/fhir").path], standardInput: lines)
        #expect(run.standardError == "")
        let output = run.standardOutput.split(separator: "\n")
        #expect(output.count == 1, "\(output.prefix(5))")
        let counts = try JSONDecoder().decode([String: Int].self, from: Data((output.last ?? "").utf8))
        #expect(counts["DocumentReference"] == 400)
        #expect(counts["Provenance"] == 400)
        for type in ["ExplanationOfBenefit", "PaymentReconciliation", "ClaimResponse", "Task"] {
            #expect((counts[type] ?? 0) > 20, "\(type)")
        }
    }

    @Test func theSameEventGivesTheSameBytes() throws {
        var example = DrawnDocuments(seed: 3)
        let event = DrawnDocuments.event(example.remittance(claimCount: 4))
        #expect(try FHIRBundle(event, address: "").value.json == FHIRBundle(event, address: "").value.json)
    }

    @Test func aRecallUpdatesWhatTheAcceptanceCreated() throws {
        var example = DrawnDocuments(seed: 4)
        let document = example.remittance(claimCount: 2)
        let created = try requests(DrawnDocuments.event(document))
        let recalled = try requests(DrawnDocuments.event(document, id: "01K8RECALL", type: .documentRecalled))
        #expect(created.map { $0["method"] } == Array(repeating: "POST", count: 5))
        #expect(recalled.map { $0["method"] } == ["PUT", "PUT", "PUT", "PUT", "POST"])
        for (create, update) in zip(created, recalled).dropLast() {
            #expect(update["url"] == "\(create["url"] ?? "")?\(create["ifNoneExist"] ?? "")")
        }
        #expect(created.last?["ifNoneExist"] != recalled.last?["ifNoneExist"])
        let again = DrawnDocuments.event(
            document, id: "01K8AGAIN", origin: DrawnDocuments.origin(acceptance: "01K8AGAIN"))
        #expect(Set(try requests(again)).isDisjoint(with: created))
        for (type, resource) in try resources(DrawnDocuments.event(document, type: .documentRecalled))
        where type != "Provenance" {
            #expect(resource["status"] as? String == "entered-in-error", "\(type)")
        }
    }

    @Test func whatThePaperDoesNotSayIsAbsent() throws {
        let bare = Document(
            type: "eob", subtype: "remittance_advice", typeConfidence: 0.9, pages: [1], claims: [Claim(fields: [:])])
        let resources = try resources(DrawnDocuments.event(bare, origin: nil))
        #expect(Set(resources.keys) == ["ExplanationOfBenefit", "DocumentReference", "Provenance"])
        let benefit = try #require(resources["ExplanationOfBenefit"])
        for element in ["type", "patient", "insurer", "provider"] {
            #expect((benefit[element] as? [String: Any])?["extension"] != nil, "\(element)")
        }
        #expect(benefit["payment"] == nil)
        #expect(benefit["total"] == nil)
        let description = resources["DocumentReference"]?["description"] as? String
        #expect(description == "There is no PaymentReconciliation: The payment's amount is not printed.")
    }

    @Test(arguments: [("Ana Diaz" as String?, true), (nil, false)])
    func anExtensionOfOurOwnSaysWhetherAPersonConfirmed(name: String?, flag: Bool) throws {
        var example = DrawnDocuments(seed: 5)
        let origin = DrawnDocuments.origin(confirmedBy: name)
        let event = DrawnDocuments.event(example.letter("authorization_denial"), origin: origin)
        let extensions = try #require(try resources(event)["ClaimResponse"]?["extension"] as? [[String: Any]])
        #expect(extensions.count == 1)
        #expect(extensions.first?["url"] as? String == "urn:mailroom:confirmed-by-person")
        #expect(extensions.first?["valueBoolean"] as? Bool == flag)
    }

    @Test func anApprovalIsNotToldAsOneOfAllThatWasAskedFor() throws {
        var example = DrawnDocuments(seed: 5)
        let approval = try FHIRBundle(
            DrawnDocuments.event(example.letter("authorization_approval")), address: "")
        let denial = try FHIRBundle(
            DrawnDocuments.event(example.letter("authorization_denial")), address: "")
        #expect(!String(decoding: approval.value.json, as: UTF8.self).contains("extension-reviewActionCode"))
        #expect(String(decoding: denial.value.json, as: UTF8.self).contains("\"code\":\"A3\""))
    }

    @Test func aTaskIsDueWhenTheLetterSays() throws {
        var example = DrawnDocuments(seed: 6)
        var letter = example.letter("denial")
        letter.fields["response_due_date"] = .one(example.field("2026-05-31"))
        let task = try #require(try resources(DrawnDocuments.event(letter))["Task"])
        let restriction = try #require(task["restriction"] as? [String: [String: String]])
        #expect(restriction == ["period": ["end": "2026-05-31"]])
    }

    @Test func otherEventsAreUnsuitable() throws {
        let event = DrawnDocuments.event(
            Document(type: "invoice", typeConfidence: 1.0, pages: [1]), type: .documentRejected)
        #expect(throws: UnsuitableEvent.self) { try FHIRBundle(event, address: "") }
        let recall = DrawnDocuments.event(
            Document(type: "invoice", typeConfidence: 1.0, pages: [1]), type: .documentRecalled, origin: nil)
        #expect(throws: UnsuitableEvent.self) { try FHIRBundle(recall, address: "") }
    }
}
