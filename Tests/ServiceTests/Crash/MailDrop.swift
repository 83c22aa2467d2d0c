import Foundation
import TestSupport

/// A file on its way into the watched folder, and how it gets there.
struct Mail: Sendable {
    enum Way: CaseIterable, Sendable {
        /// In pieces, the file closed after each.
        case pieces
        /// In pieces, the file held open all the time.
        case heldOpen
        /// In pieces under a name that is no mail, then renamed.
        case renamed
        /// Written elsewhere, then moved in.
        case movedIn
    }

    var name: String
    var content: Data
    var way: Way
    /// Whether the content is a whole file of a kind that is read.
    var isWhole: Bool
}

/// Two hundred files for a folder: letters and pictures, some of them twice, some torn, some no mail at all.
enum MailBag {
    static func fill(seed: UInt64) -> [Mail] {
        var dice = SeededGenerator(seed: seed)
        var contents: [(ending: String, content: Data, isWhole: Bool)] = []
        for number in 0..<130 { contents.append(("pdf", letter(number, &dice), true)) }
        for number in 0..<25 { contents.append(("tif", SmallTIFF.make(seed: seed &+ UInt64(number)), true)) }
        for _ in 0..<25 { contents.append(contents[Int.random(in: 0..<155, using: &dice)]) }
        for number in 0..<14 {
            let whole = letter(1000 + number, &dice)
            contents.append(("pdf", whole.prefix(Int.random(in: 60..<(whole.count - 40), using: &dice)), false))
        }
        for number in 0..<5 { contents.append(("pdf", Data("This is note \(number), not a PDF.".utf8), false)) }
        contents.append(("pdf", Data(), false))
        return contents.shuffled(using: &dice).enumerated().map { index, item in
            Mail(
                name: "mail-\(index).\(item.ending)", content: item.content,
                way: Mail.Way.allCases.randomElement(using: &dice) ?? .pieces, isWhole: item.isWhole)
        }
    }

    private static func letter(_ number: Int, _ dice: inout SeededGenerator) -> Data {
        let cents = Int.random(in: 1000..<900_000, using: &dice)
        let amount = "$\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
        let denial = [
            "Harbor Point Health Plan", "P.O. Box 1\(number), Springfield, OH 45501", "", "March 14, 2026", "",
            "Re: Notice of claim denial", "Claim number: HP2026\(number)", "Member ID: W0000\(number)",
            "Billed amount: \(amount)", "", "Dear Provider,",
            "We have reviewed the claim named above and it has been denied.",
            "Reason: CO-197 precertification absent. You may file an appeal within 60 days of this letter.",
            "", "Sincerely,", "Claims Department",
        ]
        return SmallPDF.make(
            pages: number % 9 == 0 ? [denial, ["Appeal rights", "Letter \(number), page 2"]] : [denial])
    }
}

/// Brings mail into a folder as scanners, people and shares do: slowly, several at a time.
struct MailDrop: Sendable {
    let inbox: URL
    let elsewhere: URL

    /// Drops every file, four at a time; the same seed gives the same pieces and pauses.
    func drop(_ bag: [Mail], seed: UInt64) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for hand in 0..<4 {
                group.addTask {
                    var dice = SeededGenerator(seed: seed &+ UInt64(hand))
                    for index in stride(from: hand, to: bag.count, by: 4) { try await drop(bag[index], &dice) }
                }
            }
            try await group.waitForAll()
        }
    }

    private func drop(_ mail: Mail, _ dice: inout SeededGenerator) async throws {
        let target = inbox.appending(path: mail.name)
        switch mail.way {
        case .pieces:
            try Data().write(to: target)
            for piece in pieces(mail.content, &dice) {
                let file = try FileHandle(forWritingTo: target)
                try file.seekToEnd()
                try file.write(contentsOf: piece)
                try file.close()
                try await pause(&dice)
            }
        case .heldOpen:
            try await write(mail.content, to: target, &dice)
        case .renamed:
            let unfinished = inbox.appending(path: "\(mail.name).part")
            try await write(mail.content, to: unfinished, &dice)
            try FileManager.default.moveItem(at: unfinished, to: target)
        case .movedIn:
            let source = elsewhere.appending(path: mail.name)
            try mail.content.write(to: source)
            try FileManager.default.moveItem(at: source, to: target)
            try await pause(&dice)
        }
    }

    private func write(_ content: Data, to target: URL, _ dice: inout SeededGenerator) async throws {
        try Data().write(to: target)
        let file = try FileHandle(forWritingTo: target)
        for piece in pieces(content, &dice) {
            try file.write(contentsOf: piece)
            try await pause(&dice)
        }
        try file.close()
    }

    private func pieces(_ content: Data, _ dice: inout SeededGenerator) -> [Data] {
        let length = max(1, content.count / Int.random(in: 1...5, using: &dice))
        return stride(from: 0, to: content.count, by: length).map { start in
            content.subdata(in: start..<min(content.count, start + length))
        }
    }

    private func pause(_ dice: inout SeededGenerator) async throws {
        try await Task.sleep(for: .milliseconds(Int.random(in: 20...400, using: &dice)))
    }
}
