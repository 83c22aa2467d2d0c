import Foundation
import TestSupport
import Testing

/// `mailroom process` as its user runs it: the built program, real files, standard output and exit status.
@Suite struct ProcessCommandTests {
    private let samples = packageFolder.appending(path: "Corpus/samples")

    private func sampleFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: samples.path)
            .filter { ["pdf", "tif"].contains(URL(filePath: $0).pathExtension) }
            .map { samples.appending(path: $0).path }.sorted()
    }

    @Test func everySampleGivesAResultThatObeysTheSchema() async throws {
        let files = try sampleFiles()
        #expect(files.count == 15)
        let out = try TemporaryFolder()
        let run = try await runMailroom(["process"] + files + ["--out", out.url.path])
        #expect(run.status == 0, "\(run.standardError)")
        let results = try FileManager.default.contentsOfDirectory(atPath: out.url.path)
        #expect(results.count == files.count)
        let check = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            [packageFolder.appending(path: "Tests/MailroomTests/validate_results.py").path, out.url.path])
        #expect(check.status == 0, "\(check.standardOutput)\(check.standardError)")
    }

    @Test func whatSpeaksForAValueIsSaidWhenAskedForAndObeysTheSchema() async throws {
        let out = try TemporaryFolder()
        let files = ["000022.pdf", "000032.pdf", "000014.tif"].map { samples.appending(path: $0).path }
        let run = try await runMailroom(["process", "--explain"] + files + ["--out", out.url.path])
        #expect(run.status == 0, "\(run.standardError)")
        let check = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            [packageFolder.appending(path: "Tests/MailroomTests/validate_results.py").path, out.url.path])
        #expect(check.status == 0, "\(check.standardOutput)\(check.standardError)")
        let letter = try String(contentsOf: out.url.appending(path: "000022.pdf.json"), encoding: .utf8)
        #expect(letter.contains(#""kind" : "label""#))
        let plain = try await runMailroom(["process", files[0]])
        #expect(!plain.standardOutput.contains(#""kind""#))
    }

    @Test func theSameFileGivesTheSameBytes() async throws {
        let file = try #require(try sampleFiles().first)
        let first = try await runMailroom(["process", file])
        let second = try await runMailroom(["process", file])
        #expect(first.standardOutput == second.standardOutput)
        #expect(!first.standardOutput.isEmpty)
    }

    @Test func oneBadFileDoesNotStopTheOthersAndTheStatusSaysSo() async throws {
        let out = try TemporaryFolder()
        let bad = out.url.appending(path: "not a scan.pdf")
        try Data("hello".utf8).write(to: bad)
        let results = out.url.appending(path: "results")
        let good = try #require(try sampleFiles().first)
        let run = try await runMailroom([
            "process", bad.path, good, "\(out.url.path)/absent.pdf", "--out", results.path,
        ])
        #expect(run.status == 2)
        #expect(run.standardError.contains("not a scan.pdf: "))
        #expect(run.standardError.contains("absent.pdf: There is no such file."))
        #expect(try FileManager.default.contentsOfDirectory(atPath: results.path).count == 1)
    }

    @Test(arguments: [("/tmp", "It is a folder. Name the files in it"), ("/dev/zero", "It is a pipe or a device.")])
    func whatIsNoFileIsSaidAndNotReadForEver(path: String, sentence: String) async throws {
        let run = try await runMailroom(["process", path])
        #expect(run.status == 1)
        #expect(run.standardError.contains("\(path): \(sentence)"))
    }

    @Test func severalFilesNeedAFolder() async throws {
        let run = try await runMailroom(["process", "a.pdf", "b.pdf"])
        #expect(run.status == 64)
        #expect(run.standardError.contains("--out"))
    }
}
