import Documents
import Foundation

/// An archive or a mail, whose pages are those of the documents inside, one document after the other.
///
/// It is unpacked behind the reader's wall, into memory, and never beyond its limits.
struct FileBundle {
    /// A document inside, or why it cannot be opened.
    private enum Member {
        case file(OpenFile)
        case closed(String)

        var pageCount: Int {
            switch self {
            case .file(let file): file.pageCount
            case .closed: 1
            }
        }
    }

    private let members: [(name: String, member: Member)]
    /// What is inside and was not read.
    let attachments: [Attachment]

    var pageCount: Int { members.reduce(0) { $0 + $1.member.pageCount } }

    init(_ bytes: OwnedBytes, kind: FileKind, password: String?, limits: ReaderLimits) throws(ReadingError) {
        var unpacking = Unpacking(bytesLeft: limits.fileBytesMax)
        let files = try unpacking.files(in: bytes, kind: kind)
        var members: [(name: String, member: Member)] = []
        for file in files {
            switch file.content {
            case .failure(let problem): members.append((file.name, .closed(problem.sentence)))
            case .success(let bytes):
                guard let kind = bytes.kind else { continue }
                do throws(ReadingError) {
                    let open = try OpenFile(bytes, kind: kind, password: password, limits: limits)
                    members.append((file.name, .file(open)))
                } catch {
                    members.append((file.name, .closed(error.description)))
                }
            }
        }
        guard !members.isEmpty else {
            throw ReadingError(.unknownKind, "Nothing in the file is of a kind that is read: \(FileKind.names).")
        }
        self.members = members
        attachments = files.compactMap { file in
            guard case .success(let bytes) = file.content, bytes.kind == nil else { return nil }
            return Attachment(name: file.name, size: bytes.count)
        }
    }

    /// The document that holds a page of the whole, counted from 0, and the page's index in it.
    func place(of index: Int) throws(PageProblem) -> (file: OpenFile, page: Int) {
        var page = index
        for (name, member) in members {
            guard page >= member.pageCount else {
                switch member {
                case .file(let file): return (file, page)
                case .closed(let sentence): throw PageProblem("In the file '\(name)': \(sentence)")
                }
            }
            page -= member.pageCount
        }
        throw PageProblem.noSuchPage
    }
}

/// A file found in a bundle.
struct BundledFile {
    let name: String
    let content: Result<OwnedBytes, PageProblem>

    init(name: some StringProtocol, _ content: Result<OwnedBytes, PageProblem>) {
        let plain = name.split(whereSeparator: { "/\\".contains($0) || $0.isNewline }).last ?? "unnamed"
        self.name = String(plain.prefix(100))
        self.content = content
    }
}

/// What unpacking may still cost: it goes down through archives in mails in archives, all of them together.
struct Unpacking {
    private(set) var bytesLeft: Int
    private var filesLeft = 1000
    private var depth = 0

    private static let depthMax = 4

    init(bytesLeft: Int) { self.bytesLeft = bytesLeft }

    static let tooLarge = PageProblem("It unpacks to more than is allowed. Send its files one by one.")

    /// The files in a bundle and in the bundles inside it, in their order.
    mutating func files(in bytes: OwnedBytes, kind: FileKind) throws(ReadingError) -> [BundledFile] {
        guard depth < Unpacking.depthMax else {
            throw ReadingError(.damaged, "Archives and mails lie one in another more than \(Unpacking.depthMax) deep.")
        }
        depth += 1
        defer { depth -= 1 }
        let found = try kind == .zip ? ZIPArchive(bytes).files(&self) : MailMessage(bytes.data).files(&self)
        var files: [BundledFile] = []
        for file in found {
            guard case .success(let inner) = file.content, let kind = inner.kind, kind == .zip || kind == .eml else {
                files.append(file)
                continue
            }
            do throws(ReadingError) {
                files += try self.files(in: inner, kind: kind)
            } catch {
                files.append(BundledFile(name: file.name, .failure(PageProblem(error.description))))
            }
        }
        return files
    }

    /// Counts one more file of so many bytes; false when that is too much.
    mutating func take(_ byteCount: Int) -> Bool {
        guard filesLeft > 0, byteCount <= bytesLeft else { return false }
        filesLeft -= 1
        bytesLeft -= byteCount
        return true
    }
}

extension OwnedBytes {
    /// The kind that the first bytes show.
    var kind: FileKind? {
        FileKind.sniff(Data(bytes: address, count: min(count, FileKind.prefixBytes)))
    }

    convenience init(_ data: Data) {
        self.init(count: data.count)
        data.copyBytes(to: UnsafeMutableRawBufferPointer(start: address, count: data.count))
    }
}
