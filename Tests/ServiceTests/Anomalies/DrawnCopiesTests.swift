import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// Drawn papers, scanned by an office scanner and once more by a poor one, really read by the whole pipeline.
@Suite(.serialized) struct DrawnCopiesTests {
    /// So many layouts, and so many papers of each that look alike and say different things; `MAILROOM_COPIES` has more
    /// layouts drawn, to measure.
    private static let (layouts, papers) = (ProcessInfo.processInfo.environment["MAILROOM_COPIES"] ?? "3", 2)

    private func draw(_ wear: String, into folder: URL) async throws -> [URL] {
        let run = try await runMailroom([
            "corpus", "generate", "--seed", "20", "--layouts", Self.layouts, "--count", "\(Self.papers)", "--wear",
            wear, "--out", folder.path,
        ])
        try #require(run.status == 0, "\(run.standardError)")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return found.compactMap { $0 as? URL }.filter { ["tif", "pdf"].contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
    }

    @Test(.timeLimit(.minutes(60))) func papersScannedTwiceAreFoundAndNoOthers() async throws {
        let folder = try TemporaryFolder()
        let (office, poor) = (
            try await draw("office", into: folder.url.appending(path: "office")),
            try await draw("poor", into: folder.url.appending(path: "poor"))
        )
        #expect(office.count == poor.count)
        let house = try await PipelineHouse()
        try await house.running {
            var ids: [[String]] = []
            for files in [office, poor] {
                var scans: [String] = []
                for file in files {
                    let sha256 = try await house.takeIn(try Data(contentsOf: file), name: file.lastPathComponent)
                    _ = try await eventually("understanding") {
                        try await house.finished(sha256)?.status == .understood ? true : nil
                    }
                    scans.append(sha256)
                }
                ids.append(scans)
            }
            var (found, wrong, bits) = (0, 0, [Int]())
            for (number, sha256) in ids[1].enumerated() {
                let first = ids[0][number]
                let said = try await house.store.read { transaction in
                    try transaction.documents(of: sha256).flatMap { try transaction.anomalies(of: $0.id) }
                        .filter { $0.code == "duplicate_document" }.compactMap(\.otherID)
                        .compactMap { try transaction.document($0)?.sha256 }
                }
                if said.contains(first) { found += 1 }
                wrong += said.count { $0 != first }
                let looks = try await house.store.read { transaction in
                    try [first, sha256].map { try transaction.pageHashes(of: $0, pages: Array(1...9)) }
                }
                for (one, other) in zip(looks[0], looks[1]) { bits.append((one ^ other).nonzeroBitCount) }
            }
            let among = try await house.store.read { [ids] transaction in
                try ids[0].flatMap { try transaction.documents(of: $0) }
                    .flatMap { try transaction.anomalies(of: $0.id) }.count { $0.code == "duplicate_document" }
            }
            print(
                "Of \(poor.count) drawn papers scanned again by a poor scanner \(found) were found to be copies; of others \(wrong + among) were called so. Their pages' hashes differ in \(bits.sorted()) of 64 bits."
            )
            #expect(wrong == 0 && among == 0)
            #expect(found > 0)
        }
    }
}
