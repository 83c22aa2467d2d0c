package import Foundation
import Glibc

/// Puts each message as a file into a folder, whole or not at all.
///
/// A file of the same name and bytes is a delivery that was made before; one of other bytes is never replaced.
package struct FolderDrop: Sendable {
    package let name: String
    let folder: URL

    package init(name: String, folder: URL) {
        self.name = name
        self.folder = folder
    }

    /// Drops a file and says how it went.
    func drop(_ bytes: Data, as name: String) -> SendOutcome {
        let target = folder.appending(path: name)
        if FileManager.default.fileExists(atPath: target.path) {
            guard let present = try? Data(contentsOf: target) else {
                return .failed(status: nil, problem: "The file \(name) is in the folder already and cannot be read.")
            }
            return present == bytes
                ? .delivered(status: nil, receipt: "\(name) was there already.")
                : .refused(status: nil, problem: DropProblem.otherBytes(name))
        }
        let unfinished = folder.appending(path: DropName.unfinished(name))
        do throws(DropProblem) {
            try write(bytes, to: unfinished)
            guard rename(unfinished.path, target.path) == 0 else { throw DropProblem.system("named", name) }
            try synchronizeFolder()
        } catch {
            unlink(unfinished.path)
            return .failed(status: nil, problem: error.sentence)
        }
        return .delivered(status: nil, receipt: name)
    }

    private func write(_ bytes: Data, to file: URL) throws(DropProblem) {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw DropProblem.system("made", file.lastPathComponent) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DropProblem.system("written", file.lastPathComponent) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw DropProblem.system("written to its disk", file.lastPathComponent) }
    }

    /// Brings the folder's list of names to the disk.
    private func synchronizeFolder() throws(DropProblem) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DropProblem.system("opened", folder.lastPathComponent) }
        defer { close(descriptor) }
        // A share may know no such call for a folder.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw DropProblem.system("written to its disk", folder.lastPathComponent)
        }
    }
}

/// Why a file was not dropped.
struct DropProblem: Error {
    let sentence: String

    /// What the operating system said in `errno`; `done` is what could not be done.
    static func system(_ done: String, _ file: String) -> DropProblem {
        DropProblem(sentence: "\(file) cannot be \(done): \(String(cString: strerror(errno))).")
    }

    static func otherBytes(_ name: String) -> String {
        "A file \(name) with other bytes is there already: it is not replaced. Look which of the two is right."
    }
}
