import Documents

/// What on a page tells whether a document begins there.
package struct PageMarks: Sendable {
    /// The page's number within its file.
    let number: Int
    package let features: PageFeatures
    /// From "Page 2 of 3", "2/3": the page's number and, where printed, the count.
    let pageNumber: (number: Int, count: Int?)?
    /// Words of the first lines, hashed.
    let head: Set<UInt64>
    let words: Set<UInt64>
    /// Things that look like identifiers, hashed.
    let identifiers: Set<UInt64>
    let wordCount: Int
    let isLandscape: Bool
    package let isBlank: Bool
    /// Whether it is a sheet that parts documents: few words, and a code that scanners know or the word itself.
    let isSeparator: Bool
    /// The features of the upper third, for the model of first pages.
    package let top: SparseFeatures
    /// The features of the whole page, those of its lower part by their places too, for the model of last pages.
    package let bottom: SparseFeatures
    /// Where things stand on the page, for telling a second paper of one layout.
    let layout: PageLayout

    package init(_ page: PageText, labels: LabelEvidence) {
        number = page.number
        features = PageFeatures(page, labels: labels)
        pageNumber = PageMarks.pageNumber(page)
        words = Set(features.words)
        var head: Set<UInt64> = []
        for row in page.rows.prefix(4) {
            for token in page.tokens[row] where token.letterCount > 1 {
                var hash = StableHash()
                hash.combine(token.plain)
                head.insert(hash.value)
            }
        }
        self.head = head
        var identifiers: Set<UInt64> = []
        var upper: [UInt64] = []
        var lower: [UInt64] = []
        for token in page.tokens {
            var hash = StableHash(seed: 3)
            hash.combine(token.plain)
            if token.digitCount >= 4, token.plain.count >= 6, !token.text.contains("/"),
                !token.text.contains(".")
            {
                identifiers.insert(hash.value)
            }
            guard token.letterCount > token.digitCount else { continue }
            let placed = StableHash.of(hash.value, UInt64(max(0, token.box.midY / page.height * 10)))
            if token.box.midY < page.height * 0.4 { upper += [hash.value, placed] }
            lower.append(hash.value)
            if token.box.midY > page.height * 0.6 { lower.append(placed) }
        }
        self.identifiers = identifiers
        top = SparseFeatures(counting: upper)
        bottom = SparseFeatures(counting: lower)
        layout = PageLayout(page)
        wordCount = page.tokens.count
        isLandscape = page.width > page.height
        isBlank = page.isBlank
        let saysSo = page.tokens.contains {
            ["SEPARATOR", "PATCH"].contains(String(decoding: $0.plain, as: UTF8.self))
        }
        isSeparator = page.hasPatchCode || wordCount < 40 && saysSo
    }

    private static func pageNumber(_ page: PageText) -> (number: Int, count: Int?)? {
        for (index, token) in page.tokens.enumerated() {
            let isPage = ["PAGE", "PG", "PAGEN", "PG#"].contains(
                String(decoding: token.plain, as: UTF8.self))
            guard isPage else { continue }
            var numbers: [Int] = []
            var following = index + 1
            while following < page.tokens.count, following <= index + 5,
                page.tokens[following].row == token.row
            {
                let next = page.tokens[following]
                let parts = next.text.split { !$0.isNumber }.compactMap { Int($0) }
                if next.letterCount > 0, String(decoding: next.plain, as: UTF8.self) != "OF" { break }
                numbers += parts
                following += 1
            }
            if let number = numbers.first, (1...999).contains(number) {
                let count = numbers.dropFirst().first.flatMap { $0 >= number && $0 < 1000 ? $0 : nil }
                return (number, count)
            }
        }
        return nil
    }
}
