import Documents

/// How often sentences are put into their category, and what the confidences are worth.
package struct DenialEvaluation: Hashable, Sendable {
    /// A sentence of a payer with its category.
    package struct Sentence: Hashable, Sendable {
        package let category: String
        package let text: String
    }

    /// A sentence that was put into another category.
    package struct Mistake: Hashable, Sendable {
        package let sentence: Sentence
        package let found: String
    }

    /// Sentences of one range of confidence.
    package struct Band: Hashable, Sendable {
        /// The range's lower end.
        package let least: Double
        package fileprivate(set) var count = 0
        package fileprivate(set) var right = 0
        /// The sum of the confidences.
        package fileprivate(set) var promised = 0.0
    }

    package private(set) var count = 0
    package private(set) var right = 0
    /// How many fall under the business scenario of their category.
    package private(set) var rightScenario = 0
    package private(set) var bands = [0.0, 0.5, 0.7, 0.9].map { Band(least: $0) }
    package private(set) var mistakes: [Mistake] = []

    package init(_ sentences: [Sentence], table: DenialTable) {
        for sentence in sentences {
            let found = table.find(reasonCodes: [], prose: sentence.text)
            let isRight = found.category.name == sentence.category
            let confidence = found.confidence.probability
            count += 1
            right += isRight ? 1 : 0
            rightScenario += found.category.scenario == table.category(named: sentence.category)?.scenario ? 1 : 0
            if let band = bands.lastIndex(where: { confidence >= $0.least }) {
                bands[band].count += 1
                bands[band].right += isRight ? 1 : 0
                bands[band].promised += confidence
            }
            if !isRight { mistakes.append(Mistake(sentence: sentence, found: found.category.name)) }
        }
    }

    /// The sentences of a file of `category|sentence` lines; throws a sentence that names the line that is none.
    package static func sentences(_ text: String, table: DenialTable) throws(GovernanceError) -> [Sentence] {
        var sentences: [Sentence] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("//") || line.allSatisfy(\.isWhitespace) { continue }
            let parts = line.split(separator: "|", maxSplits: 1).map(String.init)
            guard parts.count == 2, table.category(named: parts[0]) != nil else {
                throw GovernanceError(
                    .policyUnusable, "Line \(index + 1) is not 'category|sentence' with a category of denials.yaml.")
            }
            sentences.append(Sentence(category: parts[0], text: parts[1]))
        }
        return sentences
    }
}
