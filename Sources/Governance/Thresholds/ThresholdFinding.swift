import Foundation

/// What the audit sample says of one field's threshold, or of a type's.
package struct ThresholdFinding: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Of the values at this confidence or more the target's share or less is wrong, with the certainty asked for.
        case promised
        /// There are too few outcomes to test policy's own threshold, and no lower one holds; so many documents are needed.
        case tooFew(needed: Int)
        /// There are outcomes enough for a test, and too many are wrong to promise anything; so many documents are needed
        /// if no more are wrong.
        case unproven(needed: Int)
        /// More than the target's share is wrong, with the certainty asked for, whatever the confidence.
        case broken
    }

    package var verdict: Verdict
    /// The confidence that the numbers are about, in ten-thousandths: the threshold that is promised, policy's own, or
    /// the highest one that was tested.
    package var tenThousandths: Int
    /// How many documents of the sample have a value at that confidence or more.
    package var documentCount: Int
    /// How many of them are wrong; one with wrong and right values counts for the share of the wrong.
    package var wrong: Double
}

extension ThresholdFinding: CustomStringConvertible {
    /// A sentence without its full stop, for people.
    package var description: String {
        let least = Decimals.text(tenThousandths)
        let wrong = Decimals.count(self.wrong)
        switch verdict {
        case .promised:
            return "kept from \(least) on: \(wrong) of \(documentCount) documents wrong"
        case .tooFew(let needed):
            return
                "not enough outcomes yet: \(needed) documents with a value at \(least) or more are needed, \(documentCount) are there"
        case .unproven(let needed):
            return
                "not enough outcomes yet: with \(wrong) wrong, \(needed) documents with a value at \(least) or more are needed, \(documentCount) are there"
        case .broken:
            return "broken: \(wrong) of \(documentCount) documents wrong with a value at \(least) or more"
        }
    }
}

/// Confidences and counts as people read them.
enum Decimals {
    /// Ten-thousandths as a decimal number with two places, or more where the rest is not nought.
    static func text(_ tenThousandths: Int) -> String {
        let digits = String(format: "%.4f", Double(tenThousandths) / 10_000)
        return digits.hasSuffix("00") ? String(digits.dropLast(2)) : digits
    }

    /// A count that may have a part, with one place then.
    static func count(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(format: "%.1f", number)
    }

    /// A share in per cent, with as many places as it has, two at most.
    static func percent(_ share: Double) -> String {
        let hundredths = Int((share * 10_000).rounded())
        let places = hundredths % 100 == 0 ? 0 : hundredths % 10 == 0 ? 1 : 2
        return String(format: "%.\(places)f %%", Double(hundredths) / 100)
    }
}
