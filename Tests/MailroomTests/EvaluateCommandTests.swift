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
}
