import Documents
import Foundation
import Glibc

/// The names in a folder, hidden ones too, without `.` and `..`.
enum FolderListing {
    /// Lists the folder.
    ///
    /// A name that is not UTF-8 (a scanner that writes Latin-1, say) is first changed on the disk to
    /// one that is, because a name that cannot be written down cannot be accounted for.
    static func names(in path: String) throws(ServiceError) -> [String] {
        guard let folder = opendir(path) else { throw ServiceError.system("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
            if let name = String(validating: bytes, as: UTF8.self) {
                names.append(name)
            } else if let name = rename(bytes, in: path) {
                names.append(name)
            }
        }
        return names.sorted()
    }

    /// Gives the entry a name that is UTF-8 and free; nil when the folder refuses, and then the next sweep tries again.
    private static func rename(_ bytes: [UInt8], in path: String) -> String? {
        let readable = String(decoding: bytes, as: UTF8.self)
        let name =
            FileManager.default.fileExists(atPath: "\(path)/\(readable)")
            ? "\(Identifier.make())-\(readable)" : readable
        let old = Array(path.utf8) + [0x2F] + bytes + [0]
        let renamed = old.withUnsafeBufferPointer { pointer in
            pointer.withMemoryRebound(to: CChar.self) { source in
                source.baseAddress.map { Glibc.rename($0, "\(path)/\(name)") } ?? -1
            }
        }
        return renamed == 0 ? name : nil
    }
}
