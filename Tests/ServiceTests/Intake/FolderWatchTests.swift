import Foundation
import Glibc
import Records
import Service
import TestSupport
import Testing

@Suite struct FolderWatchTests {
    private let letter = SmallPDF.make(pages: [["Dear provider,", "this letter is whole."]])

    @Test func takesAFileThatIsMovedInAndQueuesIt() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            try letter.write(to: inbox.url("a.pdf"), options: .atomic)
            let arrival = try await inbox.settled("a.pdf")
            #expect(arrival.verdict == .taken)
            let sha256 = Originals.sha256(of: letter)
            #expect(arrival.sha256 == sha256)
            #expect(try await inbox.store.read { try $0.file(sha256)?.facility } == "north")
            #expect(!inbox.exists("a.pdf"))
            #expect(try await inbox.store.originals.bytes(of: sha256) == letter)
            let steps = try await inbox.store.read { try $0.steps(subject: sha256) }
            #expect(steps.map(\.kind) == [.read])
            let trail = try await inbox.store.read { try $0.auditTrail(subject: arrival.id) }
            #expect(trail.map(\.action) == ["arrival.taken"])
            #expect(trail.first?.correlationID == steps.first?.correlationID)
        }
    }

    @Test func takesAFileThatComesInPiecesOnlyWhenItIsWhole() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            let half = letter.count / 2
            try letter.prefix(half).write(to: inbox.url("slow.pdf"))
            let waiting = try await eventually("the torn file to be noticed") {
                try await inbox.arrivals("slow.pdf").first.flatMap { $0.detail == nil ? nil : $0 }
            }
            #expect(waiting.verdict == .waiting)
            #expect(inbox.exists("slow.pdf"))
            let file = try FileHandle(forWritingTo: inbox.url("slow.pdf"))
            try file.seekToEnd()
            try file.write(contentsOf: letter.dropFirst(half))
            try file.close()
            let arrival = try await inbox.settled("slow.pdf")
            #expect(arrival.verdict == .taken)
            #expect(arrival.id == waiting.id)
            #expect(arrival.sha256 == Originals.sha256(of: letter))
        }
    }

    @Test func waitsForAWriterThatHoldsAWholeFileOpen() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            try Data().write(to: inbox.url("open.pdf"))
            let file = try FileHandle(forWritingTo: inbox.url("open.pdf"))
            try file.write(contentsOf: letter)
            let waiting = try await eventually("the writer to be noticed") {
                try await inbox.arrivals("open.pdf").first.flatMap { $0.detail == nil ? nil : $0 }
            }
            #expect(waiting.detail?.contains("open for writing") == true)
            try file.close()
            #expect(try await inbox.settled("open.pdf").verdict == .taken)
        }
    }

    @Test(arguments: [
        ("torn.pdf", "ends in the middle"), ("empty.pdf", "empty"), ("notes.pdf", "none of PDF, TIFF, PNG, JPEG"),
        ("zeros.pdf", "beginning has not been written"),
    ])
    func refusesWhatNeverBecomesAFileWithASentence(name: String, sentence: String) async throws {
        let contents = [
            "torn.pdf": letter.prefix(letter.count - 60), "empty.pdf": Data(),
            "notes.pdf": Data("Please call me back.".utf8), "zeros.pdf": Data(count: 4096),
        ]
        let content = try #require(contents[name])
        let inbox = try await WatchedInbox(patience: 3)
        try await inbox.watching {
            try content.write(to: inbox.url(name))
            let arrival = try await inbox.settled(name)
            #expect(arrival.verdict == .quarantined)
            #expect(arrival.detail?.contains(sentence) == true)
            #expect(!inbox.exists(name))
            let sha256 = Originals.sha256(of: content)
            let file = try await inbox.store.read { try $0.file(sha256) }
            #expect(file?.status == .quarantined)
            #expect(try await inbox.store.originals.bytes(of: sha256) == content)
        }
    }

    @Test func theSameBytesAreADuplicateThatNamesTheFirst() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            try letter.write(to: inbox.url("first.pdf"), options: .atomic)
            #expect(try await inbox.settled("first.pdf").verdict == .taken)
            try letter.write(to: inbox.url("again.pdf"), options: .atomic)
            let again = try await inbox.settled("again.pdf")
            #expect(again.verdict == .duplicate)
            #expect(again.detail?.contains("first.pdf") == true)
            #expect(!inbox.exists("again.pdf"))
            #expect(try await inbox.store.read { try $0.fileCounts() } == [.taken: 1])
            #expect(try await inbox.store.read { try $0.stepCounts() } == [.read: [.ready: 1]])
        }
    }

    @Test func whatIsNoFileIsRefusedOnceAndLeftAlone() async throws {
        let inbox = try await WatchedInbox()
        try #require(mkfifo(inbox.path("pipe.pdf"), 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: inbox.path("link.pdf"), withDestinationPath: "/etc/hostname")
        try FileManager.default.createDirectory(atPath: inbox.path("batch"), withIntermediateDirectories: true)
        for start in 1...2 {
            try await inbox.watching {
                for (name, word) in [("pipe.pdf", "pipe"), ("link.pdf", "link"), ("batch", "folder")] {
                    let arrival = try await inbox.settled(name)
                    #expect(arrival.verdict == .quarantined)
                    #expect(arrival.detail?.contains(word) == true)
                }
                // A file that came after them shows that the folder was looked through again.
                try letter.write(to: inbox.url("marker-\(start).pdf"))
                _ = try await inbox.settled("marker-\(start).pdf")
            }
        }
        #expect(try await inbox.arrivals("pipe.pdf").count == 1)
        #expect(try await inbox.arrivals("batch").count == 1)
        #expect(inbox.exists("pipe.pdf") && inbox.exists("batch"))
    }

    @Test func unfinishedNamesAreNotMailUntilTheyAreRenamed() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            let unfinished = [".scan.pdf", "scan.pdf.part", "SCAN.TMP", "Thumbs.db", "scan.pdf~"]
            for name in unfinished { try letter.write(to: inbox.url(name)) }
            try FileManager.default.moveItem(at: inbox.url("scan.pdf.part"), to: inbox.url("scan.pdf"))
            #expect(try await inbox.settled("scan.pdf").verdict == .taken)
            let names = try await inbox.store.read { try $0.arrivals(limit: 100) }.map(\.name)
            #expect(names == ["scan.pdf"])
            #expect(inbox.exists(".scan.pdf"))
        }
    }

    @Test func aFileThatGoesAwayIsInTheLedgerToo() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            try letter.prefix(100).write(to: inbox.url("gone.pdf"))
            _ = try await eventually("the sighting") { try await inbox.arrivals("gone.pdf").first }
            try FileManager.default.removeItem(at: inbox.url("gone.pdf"))
            #expect(try await inbox.settled("gone.pdf").verdict == .vanished)
        }
    }

    @Test func aFileThatWentAwayWhileNobodyWatchedIsInTheLedgerToo() async throws {
        let inbox = try await WatchedInbox()
        try letter.prefix(100).write(to: inbox.url("gone.pdf"))
        try await inbox.watching {
            _ = try await eventually("the sighting") { try await inbox.arrivals("gone.pdf").first }
        }
        try FileManager.default.removeItem(at: inbox.url("gone.pdf"))
        try await inbox.watching {
            let arrival = try await inbox.settled("gone.pdf")
            #expect(arrival.verdict == .vanished)
        }
        #expect(try await inbox.arrivals("gone.pdf").count == 1)
    }

    @Test func aNameThatIsNotUTF8IsMadeReadableAndTaken() async throws {
        let inbox = try await WatchedInbox()
        let name = Array(inbox.path("re").utf8CString.dropLast()) + [CChar(bitPattern: 0xE7), 0x75, 0]
        let file = open(name, O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        let written = letter.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
        #expect(written == letter.count)
        try await inbox.watching {
            let arrival = try await inbox.settled("re\u{FFFD}u")
            #expect(arrival.verdict == .taken)
        }
    }

    @Test func whatAKilledWatchHadMovedOutOfSightIsFinished() async throws {
        let inbox = try await WatchedInbox()
        try letter.prefix(100).write(to: inbox.url("claimed.pdf"))
        let id = try await inbox.watching {
            try await eventually("the sighting") { try await inbox.arrivals("claimed.pdf").first?.id }
        }
        let claim = inbox.url(".mailroom/\(id)")
        try FileManager.default.removeItem(at: inbox.url("claimed.pdf"))
        try FileManager.default.createDirectory(at: claim, withIntermediateDirectories: true)
        try letter.write(to: claim.appending(path: "claimed.pdf"))
        try await inbox.watching {
            let arrival = try await inbox.settled("claimed.pdf")
            #expect(arrival.id == id)
            #expect(arrival.verdict == .taken)
            _ = try await eventually("the claim's end") { inbox.exists(".mailroom/\(id)") ? nil : true }
        }
        // The transaction was kept, the claim not yet removed.
        try FileManager.default.createDirectory(at: claim, withIntermediateDirectories: true)
        try letter.write(to: claim.appending(path: "claimed.pdf"))
        try await inbox.watching {
            _ = try await eventually("the claim's end") { inbox.exists(".mailroom/\(id)") ? nil : true }
        }
        #expect(try await inbox.arrivals("claimed.pdf").map(\.verdict) == [.taken])
        #expect(try await inbox.store.read { try $0.auditTrail(subject: id) }.count == 1)
    }

    @Test func aStoreThatCannotTakeAFileLosesNothingAndIsTriedAgain() async throws {
        let inbox = try await WatchedInbox()
        let originals = inbox.store.folder.appending(path: "originals")
        try? FileManager.default.removeItem(at: originals)
        try Data().write(to: originals)
        try await inbox.watching {
            try letter.write(to: inbox.url("a.pdf"), options: .atomic)
            let waiting = try await eventually("the failure") {
                try await inbox.arrivals("a.pdf").first.flatMap { $0.detail == nil ? nil : $0 }
            }
            #expect(waiting.verdict == .waiting)
            try FileManager.default.removeItem(at: originals)
            let arrival = try await inbox.settled("a.pdf")
            #expect(arrival.verdict == .taken)
            #expect(arrival.id == waiting.id)
        }
    }

    @Test func aFolderIsWatchedByOneServiceOnly() async throws {
        let inbox = try await WatchedInbox()
        try await inbox.watching {
            _ = try await eventually("the lock") { inbox.exists(".mailroom/lock") ? true : nil }
            let error = await #expect(throws: ServiceError.self) { try await inbox.watch.run() }
            #expect(error?.code == .alreadyRunning)
        }
    }
}
