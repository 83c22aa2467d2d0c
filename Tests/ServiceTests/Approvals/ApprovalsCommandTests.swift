import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// `mailroom approvals` as its user runs it, on the store of a house.
@Suite struct ApprovalsCommandTests {
    private func matrix(in folder: TemporaryFolder, _ old: String, _ new: String) throws -> String {
        let text = try String(contentsOf: packageFolder.appending(path: "Config/approvals.yaml"), encoding: .utf8)
        #expect(text.contains(old))
        let file = folder.url.appending(path: "approvals.yaml")
        try Data(text.replacing(old, with: new, maxReplacements: 1).utf8).write(to: file)
        return file.path
    }

    @Test func aMatrixIsCheckedAsAWhole() async throws {
        let folder = try TemporaryFolder()
        let shipped = try await runMailroom(["approvals", "check"])
        #expect(shipped.status == 0, "\(shipped.standardOutput)\(shipped.standardError)")
        #expect(shipped.standardOutput.contains(#/SHA-256: [0-9a-f]{64}/#))
        let file = try matrix(in: folder, "- {roles: [director], approvers: 2}", "- {up_to: 60000, roles: [boss]}")
        let wrong = try await runMailroom(["approvals", "check", file])
        #expect(wrong.status == 3)
        #expect(wrong.standardOutput.contains("The role 'boss' is not known."))
        #expect(wrong.standardOutput.contains("Nobody has authority above $60,000.00."))
    }

    @Test func aMatrixIsTriedOnWhatWasAskedFor() async throws {
        let house = try await ApprovalsHouse()
        let (_, small) = try await house.refund("900.00")
        let (_, large) = try await house.refund("4000.00", file: 1)
        let file = try matrix(in: try TemporaryFolder(), "up_to: 5000,", "up_to: 1000,")
        let store = house.fixture.folder.url.path
        let run = try await runMailroom(["approvals", "simulate", file, "--store", store])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("2 approvals were asked for; for 1 something would change."))
        #expect(run.standardOutput.contains("Would go to other people first: 1."))
        #expect(
            run.standardOutput.contains(
                "\(large.id) refund $4,000.00: dirk, dora instead of dirk, dora, max, mia"), "\(run.standardOutput)")
        let json = try await runMailroom(["approvals", "simulate", file, "--store", store, "--json"])
        let simulation = try JSONSerialization.jsonObject(with: Data(json.standardOutput.utf8)) as? [String: Any]
        let entries = simulation?["entries"] as? [[String: Any]]
        #expect(entries?.compactMap { $0["id"] as? String } == [large.id, small.id])
    }
}
