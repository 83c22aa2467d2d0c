import Foundation
import Reading
import Testing

@Suite struct FileKindTests {
    static let wholeFiles: [(name: String, kind: FileKind)] = [
        ("letter.pdf", .pdf), ("locked.pdf", .pdf), ("tiny-big-endian.tif", .tiff), ("tiny-bigtiff.tif", .tiff),
        ("tiny-two-pages.tif", .tiff), ("tiny.png", .png), ("tiny.jpg", .jpeg),
        ("tiny.jp2", .jpeg2000), ("tiny.j2k", .jpeg2000), ("tiny.webp", .webp), ("tiny.bmp", .bmp),
        ("tiny.pbm", .pnm), ("tiny.pgm", .pnm), ("tiny.gif", .gif), ("tiny.heic", .heic),
    ]

    @Test(arguments: wholeFiles)
    func aFileIsKnownByItsFirstBytes(name: String, kind: FileKind) throws {
        #expect(try FileKind.sniff(fixture(name).prefix(FileKind.prefixBytes)) == kind)
    }

    @Test(arguments: ["", "Hello", "%PD", "II", "\u{89}PN", "<html>", "BM is a name", "P5 is not", "GIF of me"])
    func whatIsNoneOfTheKindsHasNone(text: String) {
        #expect(FileKind.sniff(Data(text.utf8)) == nil)
    }

    @Test func aPDFMayBeginWithJunk() {
        #expect(FileKind.sniff(Data("junk from a gateway\r\n%PDF-1.4".utf8)) == .pdf)
    }

    @Test(arguments: wholeFiles)
    func aWholeFileIsComplete(name: String, kind: FileKind) throws {
        #expect(try FileKind.isComplete(fixture(name), kind: kind))
    }

    @Test(arguments: wholeFiles)
    func everyBeginningOfAFileIsIncomplete(name: String, kind: FileKind) throws {
        let whole = try fixture(name)
        // The white space that may follow a PDF's last word is no part of it.
        let end = kind == .pdf ? whole.count - 1 : whole.count
        let wrong = (0..<end).filter { FileKind.isComplete(whole.prefix($0), kind: kind) }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: wholeFiles)
    func aLittleJunkAtTheEndIsLetPass(name: String, kind: FileKind) throws {
        #expect(try FileKind.isComplete(fixture(name) + Data(repeating: 0x0A, count: 1000), kind: kind))
    }

    /// Numbers in letters end where the next sign is none: a file without a last line break is whole.
    @Test(arguments: [
        ("P1\n# by hand\n2 2\n1 0 0 1", true), ("P1 2 2\n100", false), ("P2 2 1 15 0 15", true),
        ("P2 2 1 15 0 ", false),
        ("P3 1 1 255 0 128 255\n", true), ("P3 1 1 255 0 128", false), ("P2 2 1 0 0 15", false), ("P2 0 1 9", false),
        ("P2 99999999 1 9 1", false),
    ])
    func aBitmapInLettersIsWholeWithItsLastNumber(text: String, isWhole: Bool) {
        let bytes = Data(text.utf8)
        #expect(FileKind.sniff(bytes) == .pnm)
        #expect(FileKind.isComplete(bytes, kind: .pnm) == isWhole)
    }

    @Test func aPDFWhoseTableIsNotWhereItSaysIsLeftToBeRebuilt() throws {
        let text = String(decoding: try fixture("letter.pdf"), as: UTF8.self)
        let start = try #require(text.range(of: "startxref\n", options: .backwards)).upperBound
        let broken = text[..<start] + "99999999\n%%EOF\n"
        #expect(FileKind.isComplete(Data(broken.utf8), kind: .pdf))
    }

    @Test func aSliceOfALargerBufferIsReadFromItsOwnStart() throws {
        let whole = try fixture("tiny-two-pages.tif")
        let padded = Data(repeating: 7, count: 13) + whole
        #expect(FileKind.isComplete(padded[13...], kind: .tiff))
    }

    @Test func aChainOfDirectoriesThatLoopsIsIncomplete() {
        let loop: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0]
        #expect(!FileKind.isComplete(Data(loop), kind: .tiff))
    }

    @Test func aLinearizedPDFCutOffAfterItsFirstPageIsIncomplete() {
        let text = "%PDF-1.5\n1 0 obj\n<</Linearized 1/L 5000/N 3>>\nendobj\nxref\nstartxref\n0\n%%EOF\n"
        #expect(!FileKind.isComplete(Data(text.utf8), kind: .pdf))
        #expect(FileKind.isComplete(Data(text.replacing("startxref\n0", with: "startxref\n52").utf8), kind: .pdf))
    }

    @Test(arguments: wholeFiles)
    func noChangeOfBytesIsFatal(name: String, kind: FileKind) throws {
        let whole = try fixture(name)
        var generator = SeededGenerator(state: 42)
        for _ in 0..<500 {
            var changed = whole
            for _ in 0..<4 {
                changed[Int.random(in: 0..<min(400, whole.count), using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            _ = FileKind.isComplete(changed, kind: kind)
        }
    }
}

/// Numbers that are the same in every run (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
