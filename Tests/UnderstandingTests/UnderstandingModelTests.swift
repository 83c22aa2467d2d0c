import Foundation
import Testing
import Understanding

@Suite("Models on disk")
struct UnderstandingModelTests {
    @Test(
        "A file that is no model of this version is refused with what to do", arguments: ["", "{}", "{\"tables\":{}}"])
    func otherVersion(content: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-model-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(content.utf8).write(to: folder.appending(path: UnderstandingModel.fileName))
        let error = #expect(throws: UnderstandingError.self) { try UnderstandingModel.load(from: folder) }
        let message = error.map { "\($0)" } ?? ""
        #expect(message.contains(folder.path) && message.contains("mailroom train"))
        #expect(!message.contains("DecodingError"))
    }
}
