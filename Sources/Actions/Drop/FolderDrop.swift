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
        if let outcome = outcome(at: target, bytes) { return outcome }
        removeUnfinished(name)
        // A name of its own: two that write the same file, the first of which hung, never share one.
        let unfinished = folder.appending(path: DropName.unfinished("\(name).\(UUID().uuidString)"))
        defer { unlink(unfinished.path) }
        do throws(DropProblem) {
            try write(bytes, to: unfinished)
            guard try isNamed(unfinished, target) else {
                return outcome(at: target, bytes)
                    ?? .failed(status: nil, problem: "The file \(name) came and went in the folder.")
            }
            try synchronizeFolder()
        } catch {
            return .failed(status: nil, problem: error.sentence)
        }
        return .delivered(status: nil, receipt: name)
    }

    /// What a file that is there already means; nil when there is none.
    private func outcome(at target: URL, _ bytes: Data) -> SendOutcome? {
        guard FileManager.default.fileExists(atPath: target.path) else { return nil }
        let name = target.lastPathComponent
        guard let present = try? Data(contentsOf: target) else {
            return .failed(status: nil, problem: "The file \(name) is in the folder already and cannot be read.")
        }
        return present == bytes
            ? .delivered(status: nil, receipt: "\(name) was there already.")
            : .refused(status: nil, problem: DropProblem.otherBytes(name))
    }

    /// Removes what a crash left of the file; one that still writes it then fails, and is tried again.
    private func removeUnfinished(_ name: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for left in names where left.hasPrefix(".\(name).") && left.hasSuffix(".part") {
            unlink(folder.appending(path: left).path)
        }
    }

    /// Gives a whole file its name; false when there is one of that name, which is never replaced.
    private func isNamed(_ unfinished: URL, _ target: URL) throws(DropProblem) -> Bool {
        if link(unfinished.path, target.path) == 0 { return true }
        if errno == EEXIST { return false }
        // A share may know no second name for a file: then the file is renamed.
        guard [EPERM, EOPNOTSUPP, ENOSYS].contains(errno) else {
            throw DropProblem.system("named", target.lastPathComponent)
        }
        if FileManager.default.fileExists(atPath: target.path) { return false }
        guard rename(unfinished.path, target.path) == 0 else {
            throw DropProblem.system("named", target.lastPathComponent)
        }
        return true
    }

    private func write(_ bytes: Data, to file: URL) throws(DropProblem) {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
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
