package import Documents
import Foundation

/// The category that speaks most for a refusal, and what speaks for it.
package struct DenialFinding: Hashable, Sendable {
    package var category: DenialCategory
    /// The category's part in what speaks for all; over the labelled sentences of `Corpus/denials` it is right as often.
    package var confidence: Confidence
    /// The codes and phrases that spoke for it, as `CO-197` and `prior auth*`.
    package var grounds: [String]
}

extension DenialTable {
    /// The category of a refusal.
    ///
    /// Every code, and the phrases that are found, add to their category; the confidence is the softmax of the sums, in
    /// which a category that nothing speaks for counts 0, and `unspecified` 1. Of equals the one that the table has first.
    ///
    /// - Parameters:
    ///   - reasonCodes: CARC, with or without their group.
    ///   - remarkCodes: RARC.
    ///   - prose: what the payer says.
    package func find(reasonCodes: [String], remarkCodes: [String] = [], prose: String? = nil) -> DenialFinding {
        var sums = [Double](repeating: 0, count: categories.count)
        var grounds = [[String]](repeating: [], count: categories.count)
        func count(_ index: Int, _ weight: Double, _ ground: String) {
            guard !grounds[index].contains(ground) else { return }
            sums[index] += weight
            grounds[index].append(ground)
        }
        for code in reasonCodes {
            let bare = DenialTable.bareCode(code)
            guard let index = reasonCodeIndex[bare] else { continue }
            count(index, generalCodes.contains(bare) ? weights.generalCode : weights.reasonCode, code)
        }
        for code in remarkCodes {
            guard let index = remarkCodeIndex[code] else { continue }
            count(index, weights.remarkCode, code)
        }
        let words = DenialPhrase.words(String((prose ?? "").prefix(DenialTable.proseCharacterCountMax)))
        for (index, category) in categories.enumerated() {
            let found = category.phrases.filter { $0.isFound(in: words) }
            let sum = found.reduce(0) { $0 + Double($1.wordCount) * weights.phraseWord }
            sums[index] += min(sum, weights.proseMax)
            grounds[index] += found.map(\.text)
        }
        sums[unspecifiedIndex] += 1
        // The first of equals, so that the same words always say the same.
        let best = sums.indices.max { (sums[$0], -$0) < (sums[$1], -$1) } ?? unspecifiedIndex
        let highest = sums[best]
        let all = sums.reduce(0) { $0 + exp($1 - highest) }
        return DenialFinding(
            category: categories[best], confidence: Confidence(1 / all), grounds: grounds[best])
    }

    /// A reason code without its group: `197` of `CO-197`.
    static func bareCode(_ code: String) -> String {
        code.split(separator: "-").last.map { String($0).uppercased() } ?? code
    }
}
