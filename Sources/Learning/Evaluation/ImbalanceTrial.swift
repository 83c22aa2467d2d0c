import Documents
import Understanding

/// Whether sums that do not hold are found, and sums that hold are left alone.
///
/// In documents that were read without error amounts are changed on the page, one at a time, as if the payer had printed
/// them so; then the page is understood again.
package struct ImbalanceTrial: Sendable {
    /// Documents whose rows and amounts were read without error and whose sums hold in truth.
    package private(set) var balancedCount = 0
    /// Of those, how many were said not to add up.
    package private(set) var falseAlarmCount = 0
    package private(set) var plantedCount = 0
    /// A sum is said to fail, or an amount that was changed by the sums is put before a person with those that failed.
    package private(set) var foundCount = 0

    /// Amounts that are changed in one document at most: the first and the last that a sum names, and those between.
    private static let plantedMax = 4

    package init() {}

    mutating func add(_ truth: Document, read: Document, pages: [PageReading], understander: Understander) {
        guard read.type == truth.type, let type = understander.catalog[truth.type] else { return }
        let score = DocumentScore(truth: truth, read: read)
        let known = ImbalanceTrial.equations(truth, type)
        guard !known.isEmpty, known.allSatisfy(\.check.passed) else { return }
        let fields = Set(known.flatMap(\.terms)).union(["provider_adjustments"]).compactMap { score.fields[$0] }
        let parts = [score.claims, score.lines, score.items] + fields
        guard parts.allSatisfy({ $0.wrong == 0 && $0.missed == 0 }) else { return }
        let equations = ImbalanceTrial.equations(read, type)
        balancedCount += 1
        guard equations.allSatisfy(\.check.passed) else {
            falseAlarmCount += 1
            return
        }
        let terms = equations.flatMap(\.terms).filter { AmountPlace($0).field(in: read)?.value != nil }
        let step = max(1, (terms.count + ImbalanceTrial.plantedMax - 2) / max(1, ImbalanceTrial.plantedMax - 1))
        for term in Set(stride(from: 0, to: terms.count, by: step).map { terms[$0] } + terms.suffix(1)).sorted() {
            guard let field = AmountPlace(term).field(in: read),
                let changed = ImbalanceTrial.changing(field, of: read, on: pages)
            else { continue }
            plantedCount += 1
            let again = understander.understand(changed).filter { !Set($0.pages).isDisjoint(with: read.pages) }
            if again.contains(where: { ImbalanceTrial.speaksUp($0, type) }) { foundCount += 1 }
        }
    }

    private static func equations(_ document: Document, _ type: DocumentType) -> [Equation] {
        Checker(type: type).equations(
            fields: document.fields, claims: document.claims, lineItems: document.lineItems)
    }

    private static func speaksUp(_ document: Document, _ type: DocumentType) -> Bool {
        let equations = equations(document, type)
        return equations.contains { !$0.check.passed }
            || equations.flatMap(\.terms).contains { AmountPlace($0).field(in: document)?.repaired == true }
    }

    /// The pages with another first digit in the amount that a field was read from; nil where it is no word of a page.
    private static func changing(_ field: Field, of document: Document, on pages: [PageReading]) -> [PageReading]? {
        guard let number = field.page, let box = field.box, let amount = Money(field.value.description),
            let page = pages.firstIndex(where: { $0.page.number == number }),
            let word = pages[page].words.firstIndex(where: { word in
                Money(word.text) == amount && word.box.left < box.right && box.left < word.box.right
                    && word.box.top < box.bottom && box.top < word.box.bottom
            }),
            let place = pages[page].words[word].text.firstIndex(where: \.isNumber),
            let digit = pages[page].words[word].text[place].wholeNumberValue
        else { return nil }
        var changed = pages
        changed[page].words[word].text.replaceSubrange(place...place, with: "\(digit % 9 + 1)")
        changed[page].words[word].alternatives = nil
        return changed
    }
}
