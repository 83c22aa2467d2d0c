import Actions
import Foundation
import TestSupport
import Testing

@Suite struct FolderDropTests {
    private func message(_ text: String, key: String = "remittances-000000001.835") -> OutgoingMessage {
        OutgoingMessage(
            idempotencyKey: key, payload: Data(text.utf8), attempt: 1, sentAt: Date(), correlationID: "C")
    }

    private func drop(_ folder: URL) -> DropConnector {
        DropConnector(.folder(FolderDrop(name: "out", folder: folder)))
    }

    @Test func aFileIsThereWholeAndOnce() async throws {
        let folder = try TemporaryFolder()
        let drop = drop(folder.url)
        #expect(await drop.send(message("ISA")) == .delivered(status: nil, receipt: "remittances-000000001.835"))
        #expect(
            await drop.send(message("ISA"))
                == .delivered(status: nil, receipt: "remittances-000000001.835 was there already."))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["remittances-000000001.835"])
        guard case .refused(_, let problem) = await drop.send(message("GS")) else {
            Issue.record("other bytes were taken")
            return
        }
        #expect(problem.contains("with other bytes"))
        let kept = try String(contentsOf: folder.url.appending(path: "remittances-000000001.835"), encoding: .utf8)
        #expect(kept == "ISA")
    }

    @Test func whatACrashLeftIsWrittenAnew() async throws {
        let folder = try TemporaryFolder()
        for left in [".remittances-000000001.835.part", ".remittances-000000001.835.5E0B.part"] {
            try Data("half of a long fi".utf8).write(to: folder.url.appending(path: left))
        }
        _ = await drop(folder.url).send(message("ISA"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["remittances-000000001.835"])
        let kept = try Data(contentsOf: folder.url.appending(path: "remittances-000000001.835"))
        #expect(kept == Data("ISA".utf8))
    }

    @Test func aKeyCannotLeaveTheFolder() async throws {
        let folder = try TemporaryFolder()
        let inner = folder.url.appending(path: "inner")
        try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
        _ = await drop(inner).send(message("x", key: "../../etc/passwd"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["inner"])
        _ = await drop(inner).send(message("x", key: "01K8EVENT-out"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: inner.path).contains("01K8EVENT-out.json"))
    }

    @Test func aFolderThatIsGoneIsTriedAgain() async throws {
        let gone = try TemporaryFolder().url.appending(path: "gone")
        guard case .failed(_, let problem) = await drop(gone).send(message("x")) else {
            Issue.record("there is no folder")
            return
        }
        #expect(problem.contains("No such file or directory"))
    }
}
