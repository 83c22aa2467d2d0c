package import Documents
import Foundation

/// Counts the printed values of known documents that are in a page's text letter for letter, and the drawn words.
///
/// What is not among the words cannot be extracted: the share found bounds everything that comes after reading.
package struct PrintedValues: Sendable {
    package private(set) var pageCount = 0
    package private(set) var valueCount = 0
    package private(set) var foundCount = 0
    package private(set) var wordCount = 0
    package private(set) var foundWordCount = 0
    /// The values not found, each with its file and page.
    package private(set) var missed: [String] = []

    package init() {}

    /// Adds a file: its truth, the words as they were drawn where they are known, and the text of each page as read.
    package mutating func add(file: String, truth: DocumentResult, drawn: [PageReading]?, texts: [String]) {
        pageCount += texts.count
        let folded = texts.map { " \(PrintedValues.folded($0)) " }
        for document in truth.documents {
            for field in document.everyField {
                guard let value = field.printed else { continue }
                let page = field.page ?? document.pages.first ?? 1
                valueCount += 1
                if page <= folded.count, PrintedValues.isFound(value, in: folded[page - 1]) {
                    foundCount += 1
                } else {
                    missed.append("\(file) page \(page): \(value)")
                }
            }
        }
        for (index, page) in (drawn ?? []).enumerated() where index < folded.count {
            var read = folded[index].split(separator: " ").reduce(into: [:]) { $0[String($1), default: 0] += 1 }
            for word in page.words {
                wordCount += 1
                guard let left = read[word.text], left > 0 else { continue }
                read[word.text] = left - 1
                foundWordCount += 1
            }
        }
    }

    /// Whether the value stands in the text, not as part of a longer word or number.
    static func isFound(_ value: String, in text: String) -> Bool {
        var rest = text[...]
        while let place = rest.range(of: value) {
            let before = text[..<place.lowerBound].last
            let after = text[place.upperBound...].first
            if ![before, after].contains(where: { $0?.isLetter == true || $0?.isNumber == true }) { return true }
            rest = rest[rest.index(after: place.lowerBound)...]
        }
        return false
    }

    /// All that was read on a page, in the form that values are looked for in.
    static func text(of page: PageReading) -> String { " \(folded(page.words.map(\.text).joined(separator: " "))) " }

    static func folded(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Document {
    /// The fields of the document, its claims, their service lines and its line items.
    fileprivate var everyField: [Field] {
        let rows = claims.map(\.fields) + claims.flatMap(\.serviceLines) + lineItems
        return (fields.values.map(\.self) + rows.flatMap { $0.values.map(\.self) }).flatMap(\.fields)
    }
}

extension Field {
    /// The value as it is printed; nil when it is derived, no text, or known in its normal form only.
    var printed: String? {
        guard derivedFrom == nil else { return nil }
        if let text { return PrintedValues.folded(text) }
        guard case .text(let value) = value, value.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil else { return nil }
        return PrintedValues.folded(value)
    }
}
