import Foundation
import TestSupport
import Testing

/// `mailroom train --examples` as its user meets it when something is wrong with the examples.
@Suite struct TrainCommandTests {
    @Test func aFolderThatIsNotThereIsSaidAtOnce() async throws {
        let run = try await runMailroom(["train", "--examples", "/nowhere"])
        #expect(run.status == 1)
        #expect(run.standardError.contains("/nowhere cannot be listed."))
    }

    @Test func examplesThatCannotBeUsedAreNamedAndWithoutAnyLeftNothingIsTrained() async throws {
        let folder = try TemporaryFolder()
        let sample = packageFolder.appending(path: "Corpus/samples/000022.pdf")
        try FileManager.default.copyItem(at: sample, to: folder.url.appending(path: "letter.pdf"))
        try Data(#"{"documents": [{"type": "passport"}]}"#.utf8).write(to: folder.url.appending(path: "letter.json"))
        try Data("hello".utf8).write(to: folder.url.appending(path: "note.png"))
        try Data(#"{"documents": [{"type": "invoice"}]}"#.utf8).write(to: folder.url.appending(path: "note.json"))
        let out = folder.url.appending(path: "models")
        let run = try await runMailroom(["train", "--examples", folder.url.path, "--out", out.path])
        #expect(run.status == 1)
        #expect(run.standardError.contains("letter.json: documents[0].type 'passport' is none of the types"))
        #expect(run.standardError.contains("note.png: The file is none of"))
        #expect(run.standardError.contains("No example is left to learn from."))
        #expect(!FileManager.default.fileExists(atPath: out.path))
    }
}
