import Foundation
import Reading

/// Looks into a quiet file and says whether all of it is there.
enum Inspection {
    /// Fewer bytes than this tell no kind: the file has hardly begun.
    private static let startBytes = 16

    static func inspect(path: String, bytesMax: Int) -> WaitingFile.Finding {
        do throws(ServiceError) {
            let file = try OpenFile(reading: path)
            let look = try file.look()
            if let refusal = look.kind.refusal { return .unreadableKind(refusal) }
            if file.isBeingWritten() { return .openForWriting }
            if look.size == 0 { return .torn("The file is empty.") }
            guard look.size <= bytesMax else {
                return .unreadableKind(tooLarge(look.size, bytesMax: bytesMax))
            }
            return finding(in: try file.readAll())
        } catch {
            return .failed(error.description)
        }
    }

    /// What the bytes of a whole upload or a quiet file are.
    static func finding(in data: Data) -> WaitingFile.Finding {
        guard let kind = FileKind.sniff(data.prefix(FileKind.prefixBytes)) else {
            // Some writers reserve the space first and write the beginning last.
            let start = data.prefix(startBytes)
            guard start.count == startBytes, start.contains(where: { $0 != 0 }) else {
                return .torn("The file's beginning has not been written.")
            }
            return .unreadableKind(
                "The file is none of \(FileKind.names). Convert it to one of them and send it again.")
        }
        guard FileKind.isComplete(data, kind: kind) else {
            let name = kind == .pdf ? "PDF" : kind == .zip || kind == .eml ? "file" : "image"
            return .torn(
                "The file ends in the middle of the \(name): its \(kind.lastPart) is missing after \(data.count) bytes."
            )
        }
        return .whole
    }

    static func tooLarge(_ size: Int64, bytesMax: Int) -> String {
        "The file has \(size) bytes; the limit is \(bytesMax). Split it into smaller files and send them again."
    }
}
