import Foundation
import TestSupport
import Testing

@Suite struct CorpusClassifyCommandTests {
    @Test func theSamplesAreClassifiedBothWays() async throws {
        let run = try await runMailroom([
            "corpus", "classify", packageFolder.appending(path: "Corpus/samples").path, "--missed",
        ])
        #expect(run.status == 0, "\(run.standardError)")
        let lines = run.standardOutput.split(separator: "\n")
        for (kind, count) in [("text", 6), ("scan", 9)] {
            for reading in ["as little as it takes", "full reading"] {
                let line = try #require(lines.first { $0.hasPrefix("\(kind), \(reading): ") })
                let figures = try #require(line.firstMatch(of: /type right (\d+) of (\d+); (\d+) files, ([\d.]+) ms/))
                #expect(Int(figures.3) == count)
                #expect(try #require(Int(figures.1)) >= #require(Int(figures.2)) - 1, "\(run.standardOutput)")
                #expect(try #require(Double(figures.4)) > 0)
            }
        }
        let answered = try #require(lines.lazy.compactMap { $0.firstMatch(of: /answered (\d) by text_layer/) }.first)
        #expect(try #require(Int(answered.1)) >= 4, "Most files with text need nothing else: \(run.standardOutput)")
    }
}
