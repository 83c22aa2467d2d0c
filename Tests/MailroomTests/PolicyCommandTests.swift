import Foundation
import TestSupport
import Testing

/// `mailroom policy` as its user runs it.
@Suite struct PolicyCommandTests {
    /// The shipped policy with changes.
    private func policy(in folder: TemporaryFolder, _ changes: (String, String)...) throws -> String {
        var text = try String(
            contentsOf: packageFolder.appending(path: "Config/policy.yaml"), encoding: .utf8)
        for (old, new) in changes {
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        }
        let file = folder.url.appending(path: "policy.yaml")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test func allThatIsWrongIsNamedAtOnceAndThePolicyInServiceCanBeUsed() async throws {
        let folder = try TemporaryFolder()
        let shipped = try await runMailroom(["policy", "check"])
        #expect(shipped.status == 0, "\(shipped.standardOutput)")
        #expect(shipped.standardOutput.contains(#/SHA-256: [0-9a-f]{64}/#))
        let file = try policy(
            in: folder, ("\nfield_confidence: 0.90", "\nfield_confidence: 9"),
            ("  - name: letters", "  - name: leters"),
            ("routes: []", "routes: [{queue: general, typ: eob}]"))
        let wrong = try await runMailroom(["policy", "check", file])
        #expect(wrong.status == 3)
        let lines = wrong.standardOutput.split(separator: "\n")
        #expect(lines.count == 3, "\(wrong.standardOutput)")
        #expect(lines.allSatisfy { $0.contains(#/policy\.yaml:\d+: /#) })
        #expect(wrong.standardError == "3 problems: mend them.\n")
        let absent = try await runMailroom(["policy", "check", "\(folder.url.path)/absent.yaml"])
        #expect(absent.status == 3)
    }

    @Test func aPolicyIsTriedOnResults() async throws {
        let folder = try TemporaryFolder()
        let results = folder.url.appending(path: "results")
        let samples = ["000010.pdf", "000022.pdf"].map { packageFolder.appending(path: "Corpus/samples/\($0)").path }
        let read = try await runMailroom(["process"] + samples + ["--out", results.path])
        #expect(read.status == 0, "\(read.standardError)")
        let file = try policy(
            in: folder, ("review: always", "review: when_doubtful"),
            ("\nfield_confidence: 0.90", "\nfield_confidence: 1"))
        let run = try await runMailroom(["policy", "simulate", file, "--results", results.path])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(
            run.standardOutput.hasPrefix(
                "With field_confidence 1 instead of 0.90, types.financial_assistance_application.review when_doubtful instead of always, "
            ), "\(run.standardOutput)")
        #expect(run.standardOutput.contains("of 2 documents go to review"))
        let none = try await runMailroom(["policy", "simulate", file, "--results", "\(folder.url.path)/none"])
        #expect(none.status == 64)
        let nowhere = try await runMailroom(["policy", "simulate", file, "--store", "\(folder.url.path)/none"])
        #expect(nowhere.status == 64)
    }
}
