import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// What people confirmed, brought out by `mailroom examples export`, is material to train and judge by.
@Suite(.serialized) struct ExamplesExportTests {
    private let letter = packageFolder.appending(path: "Corpus/samples/000022.pdf")

    /// Takes the letter in, has its document reviewed where `confirms` says so, and exports; gives the folder.
    private func exported(confirms: Bool) async throws -> (folder: URL, run: ProgramRun) {
        let house = try await PipelineHouse {
            $0.replacing("\nfield_confidence: 0.90", with: "\nfield_confidence: 1.0")
        }
        try await house.running {
            let sha256 = try await house.takeIn(try Data(contentsOf: letter))
            #expect(try await house.finished(sha256)?.status == .understood)
            let record = try #require(try await house.store.read { try $0.documents(of: sha256) }.first)
            let task = try #require(try await house.store.read { try $0.task(ofDocument: record.id) })
            let reviewer = try await house.reviewer()
            let desk = ReviewDesk(context: house.context)
            try await desk.take(task.id, by: reviewer)
            let edit = FieldEdit(path: "payer_name", change: .correct("Another Payer"))
            guard confirms else { return }
            try await desk.confirm(task.id, edits: [edit], seen: record.version, by: reviewer)
        }
        let out = try TemporaryFolder().url.appending(path: "examples")
        let run = try await runMailroom([
            "examples", "export", "--store", house.context.settings.store, "--out", out.path,
        ])
        return (out, run)
    }

    @Test func aConfirmedFileComesWithItsTruth() async throws {
        let (folder, run) = try await exported(confirms: true)
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("examples: 1, "))
        let parts = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let part = folder.appending(path: try #require(parts.first))
        let name = Originals.sha256(of: try Data(contentsOf: letter)).prefix(16)
        #expect(try Data(contentsOf: part.appending(path: "\(name).pdf")) == Data(contentsOf: letter))
        let truth = try JSONDecoder().decode(
            DocumentResult.self, from: Data(contentsOf: part.appending(path: "\(name).json")))
        #expect(truth.documents.first?.fields["payer_name"]?.fields.first?.value == .text("Another Payer"))
        let judged = try await runMailroom(["evaluate", part.path])
        #expect(judged.standardOutput.contains(#/type right +1\.000 +\(1 of 1\)/#), "\(judged.standardOutput)")
    }

    @Test func whatNobodyConfirmedIsLeftOut() async throws {
        let (folder, run) = try await exported(confirms: false)
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("examples: 0, "))
        #expect(run.standardOutput.contains("all of their documents: 1."))
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }
}
