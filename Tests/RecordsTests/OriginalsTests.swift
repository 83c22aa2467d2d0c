import Foundation
import Records
import TestSupport
import Testing

@Suite struct OriginalsTests {
    private let folder: TemporaryFolder
    private let originals: Originals
    private let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) })

    init() throws {
        folder = try TemporaryFolder()
        originals = Originals(folder: folder.url.appending(path: "store"))
    }

    private func source(_ contents: Data, in folder: URL? = nil) throws -> URL {
        let file = (folder ?? self.folder.url).appending(path: "scan-\(UUID().uuidString).pdf")
        try contents.write(to: file)
        return file
    }

    /// Every regular file under the store, by path.
    private func kept() throws -> [String] {
        let files = FileManager.default.enumerator(atPath: folder.url.appending(path: "store").path)
        return (files?.compactMap { $0 as? String } ?? []).filter { name in
            var isFolder: ObjCBool = false
            let path = folder.url.appending(path: "store/\(name)").path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    @Test func bytesAreKeptUnderTheirHash() async throws {
        let sha256 = try await originals.put(Data("abc".utf8))
        #expect(sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(originals.contains(sha256))
        #expect(originals.custody(of: sha256).path.hasSuffix("/originals/ba/\(sha256)"))
        #expect(try await originals.bytes(of: sha256) == Data("abc".utf8))
        #expect(try await originals.put(Data("abc".utf8)) == sha256)
        #expect(try kept() == ["originals/ba/\(sha256)"])
    }

    @Test func aFileIsMovedIntoCustody() async throws {
        let file = try source(bytes)
        let sha256 = try await Originals.sha256(ofFile: file)
        #expect(sha256 == Originals.sha256(of: bytes))
        try await originals.put(contentsOf: file, sha256: sha256)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        #expect(try await originals.bytes(of: sha256) == bytes)
    }

    @Test func aFileCanBeLeftWhereItIs() async throws {
        let file = try source(bytes)
        let sha256 = Originals.sha256(of: bytes)
        try await originals.put(contentsOf: file, sha256: sha256, leavingSource: true)
        try Data("written later".utf8).write(to: file)
        #expect(try await originals.bytes(of: sha256) == bytes)
    }

    @Test func theSameBytesAgainAreDroppedAndTheGoodOnesStay() async throws {
        let sha256 = try await originals.put(bytes)
        let file = try source(bytes)
        try await originals.put(contentsOf: file, sha256: sha256)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        #expect(try kept().count == 1)
    }

    @Test(arguments: [true, false])
    func otherBytesAreRefusedAndStay(leavingSource: Bool) async throws {
        let file = try source(Data("other".utf8))
        for isThere in [false, true] {
            if isThere { try await originals.put(bytes) }
            let error = await #expect(throws: RecordsError.self) {
                try await originals.put(
                    contentsOf: file, sha256: Originals.sha256(of: bytes), leavingSource: leavingSource)
            }
            #expect(error?.code == .custodyMismatch)
            #expect(try Data(contentsOf: file) == Data("other".utf8))
            #expect(originals.contains(Originals.sha256(of: bytes)) == isThere)
        }
    }

    @Test func damagedBytesAreNoticedAndReplaced() async throws {
        let sha256 = try await originals.put(bytes)
        try bytes.prefix(1000).write(to: originals.custody(of: sha256))
        let error = await #expect(throws: RecordsError.self) { _ = try await originals.bytes(of: sha256) }
        #expect(error?.code == .custodyMismatch)
        try await originals.put(bytes)
        #expect(try await originals.bytes(of: sha256) == bytes)
    }

    @Test func bytesThatAreNotThereAreNotFound() async throws {
        let error = await #expect(throws: RecordsError.self) { _ = try await originals.bytes(of: Sample.sha256()) }
        #expect(error?.code == .notFound)
    }

    @Test func whatIsNoRegularFileIsNotTaken() async throws {
        let file = try source(bytes)
        let link = folder.url.appending(path: "link.pdf")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        let pipe = folder.url.appending(path: "pipe.pdf")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        for url in [link, pipe, folder.url, folder.url.appending(path: "none.pdf")] {
            let error = await #expect(throws: RecordsError.self) {
                try await originals.put(contentsOf: url, sha256: Originals.sha256(of: bytes))
            }
            #expect(error?.code == .fileSystem)
        }
        #expect(try kept().isEmpty)
    }

    @Test func aFileWithAnotherNameIsCopiedSoThatTheOtherNameCannotChangeIt() async throws {
        let file = try source(bytes)
        let other = folder.url.appending(path: "other.pdf")
        try FileManager.default.linkItem(at: file, to: other)
        let sha256 = Originals.sha256(of: bytes)
        try await originals.put(contentsOf: file, sha256: sha256)
        let handle = try FileHandle(forWritingTo: other)
        try handle.write(contentsOf: Data("overwritten".utf8))
        try handle.close()
        #expect(try await originals.bytes(of: sha256) == bytes)
    }

    @Test(.enabled(if: OriginalsTests.otherVolume != nil, "needs a second volume at /dev/shm"))
    func aFileOnAnotherVolumeIsCopied() async throws {
        let volume: URL = try #require(Self.otherVolume)
        let file = try source(bytes, in: volume)
        let sha256 = Originals.sha256(of: bytes)
        try await originals.put(contentsOf: file, sha256: sha256)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        #expect(try await originals.bytes(of: sha256) == bytes)
        #expect(try kept().count == 1)
    }

    @Test func manyPuttingTheSameBytesAtOnceKeepThemOnce() async throws {
        let (originals, bytes) = (originals, bytes)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try await originals.put(bytes) } }
            for try await sha256 in group { #expect(sha256 == Originals.sha256(of: bytes)) }
        }
        #expect(try kept().count == 1)
    }

    @Test func aPageImageTakesTheEarlierOnesPlace() async throws {
        let sha256 = Sample.sha256()
        try await originals.putPageImage(Data("first".utf8), of: sha256, page: 2, mediaType: "image/png")
        try await originals.putPageImage(Data("second".utf8), of: sha256, page: 2, mediaType: "image/png")
        try await originals.putPageImage(Data("photo".utf8), of: sha256, page: 3, mediaType: "image/jpeg")
        let image = originals.pageImage(of: sha256, page: 2, mediaType: "image/png")
        #expect(try Data(contentsOf: image) == Data("second".utf8))
        #expect(try kept().sorted() == ["pages/\(sha256)/2.png", "pages/\(sha256)/3.jpg"])
    }

    @Test func whatACrashLeftIsRemovedOnceNobodyElseUsesTheStore() async throws {
        let url = folder.url.appending(path: "store")
        let serving = try await Store.open(folder: url)
        try await serving.originals.put(bytes)
        try await serving.originals.putPageImage(bytes, of: Sample.sha256(), page: 1, mediaType: "image/png")
        for tree in ["originals", "pages"] {
            try Data("torn".utf8).write(to: url.appending(path: "\(tree)/unfinished/x.1.tmp"))
        }
        let beside = try await Store.open(folder: url)
        #expect(try kept().filter { $0.hasSuffix(".tmp") }.count == 2)
        try await beside.close()
        try await serving.close()
        let alone = try await Store.open(folder: url)
        #expect(try kept().filter { $0.hasSuffix(".tmp") }.isEmpty)
        #expect(alone.originals.contains(Originals.sha256(of: bytes)))
    }

    /// A folder on another volume than temporary files, where the machine has one.
    private static let otherVolume: URL? = {
        func device(_ path: String) -> Int? {
            (try? FileManager.default.attributesOfItem(atPath: path))?[.systemNumber] as? Int
        }
        let shared = "/dev/shm"
        guard let other = device(shared), other != device(FileManager.default.temporaryDirectory.path),
            FileManager.default.isWritableFile(atPath: shared)
        else { return nil }
        return URL(filePath: shared)
    }()
}
