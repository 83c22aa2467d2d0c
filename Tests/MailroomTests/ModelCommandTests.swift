import Foundation
import TestSupport
import Testing

/// `mailroom model` as its user runs it, on a home of its own with the committed model twice.
@Suite struct ModelCommandTests {
    private let home: TemporaryFolder
    private let files: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        files = try TemporaryFolder()
        for name in ["Config", "Corpus"] {
            try FileManager.default.createSymbolicLink(
                at: home.url.appending(path: name), withDestinationURL: packageFolder.appending(path: name))
        }
        let models = home.url.appending(path: "Models")
        let candidate = models.appending(path: "candidate")
        try FileManager.default.createDirectory(at: candidate, withIntermediateDirectories: true)
        let bytes = try Data(contentsOf: packageFolder.appending(path: "Models/understanding.json"))
        try bytes.write(to: models.appending(path: "understanding.json"))
        // Other bytes are another version.
        try (bytes + Data(" ".utf8)).write(to: candidate.appending(path: "understanding.json"))
        for name in ["000022.pdf", "000022.json"] {
            try FileManager.default.copyItem(
                at: packageFolder.appending(path: "Corpus/samples/\(name)"), to: files.url.appending(path: name))
        }
    }

    private func run(_ arguments: String...) async throws -> ProgramRun {
        try await runMailroom(["model"] + arguments, environment: ["MAILROOM_HOME": home.url.path])
    }

    @Test func aCandidateThatIsNoBetterIsPromotedOnlyWithAReason() async throws {
        let early = try await run("promote")
        #expect(early.status == 1)
        #expect(early.standardError.contains("was not compared with"))
        let compared = try await run("compare", files.url.path)
        #expect(compared.status == 1)
        #expect(compared.standardOutput.contains("is not better than"), "\(compared.standardError)")
        let refused = try await run("promote")
        #expect(refused.status == 1)
        #expect(refused.standardError.contains("Train another, or give a reason with --force --reason."))
        #expect(try await run("promote", "--force").status == 64)
        let forced = try await run("promote", "--force", "--reason", "it is the same")
        #expect(forced.status == 0, "\(forced.standardError)")
        let restored = try await run("restore", "--reason", "it was only a test")
        #expect(restored.status == 0, "\(restored.standardError)")
        let none = try await run("compare", files.url.path)
        #expect(none.status == 1)
        #expect(none.standardError.contains("There is no candidate in"))
    }
}
