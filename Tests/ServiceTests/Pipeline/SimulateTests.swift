import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

struct SimulateTests {
    /// The corrected value is certain, so that only what was read before tells the policies apart.
    @Test func anotherPolicyDecidesOnWhatWasReadAndNotOnWhatAPersonMadeOfIt() async throws {
        let house = try await PipelineHouse()
        let (record, task) = try await SampleLetter.seed(house.context)
        let reviewer = try await house.reviewer()
        let desk = ReviewDesk(context: house.context)
        try await desk.take(task.id, by: reviewer)
        let edit = FieldEdit(path: "member_id", change: .correct("W123456780"))
        try await desk.confirm(task.id, edits: [edit], seen: record.version, by: reviewer)

        let folder = try TemporaryFolder()
        let shipped = packageFolder.appending(path: "Config/policy.yaml")
        let text = try String(contentsOf: shipped, encoding: .utf8).replacing(
            "\nfield_confidence: 0.90", with: "\nfield_confidence: 0.50")
        let file = folder.url.appending(path: "policy.yaml")
        try Data(text.utf8).write(to: file)
        let run = try await runMailroom(["policy", "simulate", file.path, "--store", house.context.settings.store])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(
            run.standardOutput.hasPrefix(
                "With field_confidence 0.50 instead of 0.90, 1 fewer of 1 documents go to review (1.0 a day): 0, now 1."
            ),
            "\(run.standardOutput)")
        #expect(run.standardOutput.contains("\(record.id)  payer_letter  review → accepted"))
    }
}
