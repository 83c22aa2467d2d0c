import Foundation
import TestSupport
import Testing

/// `mailroom learn`, `process --memory` and `memory` as their user runs them, on a sample.
@Suite struct LearnCommandTests {
    private let sample = packageFolder.appending(path: "Corpus/samples/000022.pdf").path
    private let truth = packageFolder.appending(path: "Corpus/samples/000022.json").path

    @Test func aLayoutIsLearnedKnownAgainShownAndForgotten() async throws {
        let folder = try TemporaryFolder()
        let memory = folder.url.appending(path: "memory").path
        let learned = try await runMailroom(["learn", sample, truth, "--memory", memory])
        #expect(learned.status == 0, "\(learned.standardError)")
        #expect(learned.standardOutput.contains("confirmed 1 time"))
        let files = try FileManager.default.contentsOfDirectory(atPath: memory)
        let id = try #require(files.first?.split(separator: ".").first.map(String.init))
        let read = try await runMailroom(["process", sample, "--memory", memory])
        #expect(read.standardOutput.contains("(memory \(id); 100 % of the layout's words stand where they did)"))
        let shown = try await runMailroom(["memory", "show", memory])
        #expect(shown.standardOutput.hasPrefix(id))
        let forgotten = try await runMailroom(["memory", "forget", memory, id])
        #expect(forgotten.standardOutput.hasPrefix("Forgotten: the layout of"))
        let again = try await runMailroom(["memory", "forget", memory, id])
        #expect(again.status != 0)
        #expect(again.standardError.contains("holds no memory \(id)."))
        #expect(try await runMailroom(["memory", "show", memory]).standardOutput.contains("holds no memory."))
    }

    @Test func aTruthThatIsNoneIsNamedAndNothingIsLearned() async throws {
        let folder = try TemporaryFolder()
        let bad = folder.url.appending(path: "truth.json")
        try Data("{}".utf8).write(to: bad)
        let memory = folder.url.appending(path: "memory").path
        let run = try await runMailroom(["learn", sample, bad.path, "--memory", memory])
        #expect(run.status == 1)
        #expect(run.standardError.contains("truth.json: It has no 'documents'. Add it."))
        #expect(!FileManager.default.fileExists(atPath: memory))
    }
}
