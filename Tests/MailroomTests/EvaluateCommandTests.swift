import Foundation
import TestSupport
import Testing

/// `mailroom evaluate` on the samples, really read, by the committed models.
@Suite struct EvaluateCommandTests {
    private let samples = packageFolder.appending(path: "Corpus/samples").path

    @Test func theSamplesAreReadAsWellAsWasReachedBefore() async throws {
        let floors = packageFolder.appending(path: "Corpus/floors.yaml").path
        let run = try await runMailroom(["evaluate", samples, "--floors", floors])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("15 / 18 / 19"))
    }

    @Test func aFloorThatIsMissedIsNamedAndTheStatusSaysSo() async throws {
        let folder = try TemporaryFolder()
        for name in ["000022.pdf", "000022.json"] {
            try FileManager.default.copyItem(
                at: URL(filePath: samples).appending(path: name), to: folder.url.appending(path: name))
        }
        let floors = folder.url.appending(path: "floors.yaml")
        try Data("invoice_lines_f1: 0.5\n".utf8).write(to: floors)
        let run = try await runMailroom(["evaluate", folder.url.path, "--floors", floors.path])
        #expect(run.status == 1)
        #expect(run.standardError.contains("invoice_lines_f1 is not measured, under its floor of 0.5."))
    }

    @Test func whatIsNotAsInTheTruthIsListedAndNothingIsReadTwice() async throws {
        let folder = try TemporaryFolder()
        let letters = folder.url.appending(path: "letters")
        try FileManager.default.createDirectory(at: letters, withIntermediateDirectories: true)
        let source = URL(filePath: samples)
        let file = letters.appending(path: "a.pdf")
        try FileManager.default.copyItem(at: source.appending(path: "000022.pdf"), to: file)
        let truth = try String(contentsOf: source.appending(path: "000022.json"), encoding: .utf8)
        let other = truth.replacing("Granite Dental Benefits", with: "Marble Dental Benefits")
        try Data(other.utf8).write(to: letters.appending(path: "a.json"))
        let (misses, readings) = (folder.url.appending(path: "m.tsv"), folder.url.appending(path: "readings"))
        let arguments = ["evaluate", letters.path, "--misses", misses.path, "--readings", readings.path]
        let first = try await runMailroom(arguments)
        #expect(first.status == 0, "\(first.standardError)")
        func rows() throws -> [[Substring]] {
            try String(contentsOf: misses, encoding: .utf8).split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false)
            }
        }
        let before = try rows()
        #expect(before.count == 2)
        let named = Dictionary(uniqueKeysWithValues: zip(try #require(before.first), try #require(before.last)))
        #expect(named["file"] == "a.pdf" && named["field"] == "payer_name" && named["page"] == "1")
        #expect(named["truth"] == "Marble Dental Benefits" && named["read"] == "Granite Dental Benefits")
        #expect(named["among_words"] == "no")
        let kept = try FileManager.default.contentsOfDirectory(atPath: readings.path)
        #expect(kept.count == 1)
        let reading = readings.appending(path: try #require(kept.first))
        let words = try String(contentsOf: reading, encoding: .utf8).replacing("Granite", with: "Marble")
        try Data(words.utf8).write(to: reading)
        _ = try await runMailroom(arguments)
        #expect(try rows().count == 1)
    }
}
