import Foundation
import Reading
import TestSupport

/// Archives and mails made to break their reader.
extension HostileFile {
    static let bundles: [HostileFile] = [
        HostileFile("ZIP: nothing inside", .refused(.unknownKind, "none of"), SmallZIP.make([])),
        HostileFile(
            "ZIP: a bomb of a thousand megabytes", .lost("unpacks to more"),
            SmallZIP.make([], deflated: ("a.pdf", Deflate.raw(repeating: [0x20], count: 1 << 30), 1 << 30))),
        HostileFile(
            "ZIP: a bomb that says it is small", .lost("structure"),
            SmallZIP.make(
                [], deflated: ("a.pdf", Deflate.raw(repeating: Array("%PDF-1.7 ".utf8), count: 1 << 28), 9000))),
        HostileFile(
            "ZIP: noise for a compressed file", .lost("damaged"),
            SmallZIP.make([], deflated: ("a.pdf", Data(repeating: 0xFF, count: 900), 9000))),
        HostileFile(
            "ZIP: an archive twenty deep", .lost("more than 4 deep"),
            (0..<20).reduce(SmallZIP.make([("a.pdf", SmallPDF.make(pages: [["Claim"]]))])) { inner, _ in
                SmallZIP.make([("a.zip", inner)])
            }),
        HostileFile(
            "ZIP: two thousand files", .lost("structure"),
            SmallZIP.make((0..<2000).map { ("\($0).pdf", Data("%PDF-1.7 none".utf8)) })),
        HostileFile(
            "ZIP: names that climb out", .lost("In the file 'passwd'"),
            SmallZIP.make([("../../../etc/passwd", Data("%PDF-1.7 none".utf8))])),
        HostileFile(
            "ZIP: a directory outside the file", .refused(.torn, "cut off"),
            Data([0x50, 0x4B, 3, 4]) + Data(count: 40) + Data([0x50, 0x4B, 5, 6]) + Data(repeating: 0xFF, count: 18)),
        HostileFile("EML: no attachment", .refused(.unknownKind, "Nothing"), Data("From: a\nTo: b\n\nHello.\n")),
        HostileFile("EML: without its end", .refused(.torn, "cut off"), mail("--x\n\nHello.\n")),
        HostileFile(
            "EML: parts in parts, ten thousand deep", .refused(.unknownKind, "Nothing"),
            mail(String(repeating: "--x\nContent-Type: multipart/mixed; boundary=x\n\n", count: 10_000) + "--x--\n")),
        HostileFile(
            "EML: a hundred thousand parts", .refused(.unknownKind, "Nothing"),
            mail(String(repeating: "--x\n\n\n", count: 100_000) + "--x--\n")),
        HostileFile(
            "EML: a mail that carries itself", .refused(.unknownKind, "Nothing"),
            mail(
                String(repeating: "--x\nContent-Type: message/rfc822\n\nFrom: a\nTo: b\n\n", count: 5000) + "--x--\n")),
    ]

    private static func mail(_ body: String) -> Data {
        Data("From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n" + body)
    }
}
