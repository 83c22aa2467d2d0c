import Documents

/// Which letter shapes of a page the words account for.
struct LetterCover {
    private static let rowHeight = 32.0
    private var rows: [Int: [Box]] = [:]

    init(words: [Word]) {
        for word in words {
            for row in Int(word.box.top / LetterCover.rowHeight)...Int(word.box.bottom / LetterCover.rowHeight) {
                rows[row, default: []].append(word.box)
            }
        }
    }

    /// The letters that no word touches.
    func unread(_ letters: [Box]) -> [Box] {
        letters.filter { letter in
            let near = rows[Int(letter.midY / LetterCover.rowHeight)] ?? []
            return !near.contains { $0.overlapArea(letter) > 0 }
        }
    }
}
