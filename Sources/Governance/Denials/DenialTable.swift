import Documents

/// What a payer's refusal is called, who caused it, what it is worth and by when it is to be answered:
/// `Config/denials.yaml`, checked as a whole.
package struct DenialTable: Hashable, Sendable {
    /// Prose beyond this is not looked through.
    static let proseCharacterCountMax = 4000

    /// SHA-256 of the file's bytes in hexadecimal.
    package let hash: String
    package let categories: [DenialCategory]
    package let deadlines: DenialDeadlines
    /// Working days before the payer's deadline by which work is due.
    package let marginDays: Int
    package let priority: DenialPriority
    let weights: DenialWeights
    /// Reason codes that say little without a remark.
    let generalCodes: Set<String>
    /// The place of each code's category.
    let reasonCodeIndex: [String: Int]
    let remarkCodeIndex: [String: Int]
    let unspecifiedIndex: Int

    init(
        hash: String, categories: [DenialCategory], deadlines: DenialDeadlines, marginDays: Int,
        priority: DenialPriority, weights: DenialWeights, generalCodes: Set<String>
    ) {
        self.hash = hash
        self.categories = categories
        self.deadlines = deadlines
        self.marginDays = marginDays
        self.priority = priority
        self.weights = weights
        self.generalCodes = generalCodes
        func index(_ codes: KeyPath<DenialCategory, Set<String>>) -> [String: Int] {
            categories.enumerated().reduce(into: [:]) { index, entry in
                for code in entry.element[keyPath: codes] { index[code] = entry.offset }
            }
        }
        reasonCodeIndex = index(\.reasonCodes)
        remarkCodeIndex = index(\.remarkCodes)
        unspecifiedIndex = categories.firstIndex { $0.name == DenialCategory.unspecified } ?? 0
    }

    package func category(named name: String) -> DenialCategory? { categories.first { $0.name == name } }

    /// The category that the adjustment reason code alone names; nil where the table has no such code.
    func category(ofReason code: String) -> DenialCategory? {
        reasonCodeIndex[DenialTable.bareCode(code)].map { categories[$0] }
    }
}

/// By when an answer is due where the paper names no day.
package struct DenialDeadlines: Hashable, Sendable {
    package struct Days: Hashable, Sendable {
        var appeal: Int
        var information: Int
    }

    let standard: Days
    /// By the payer's name, folded.
    let payers: [String: Days]

    /// Days from the letter's date to answer it.
    func days(payer: String?, isAppeal: Bool) -> (days: Int, isOfPayer: Bool) {
        let own = payer.flatMap { payers[DenialDeadlines.fold($0)] }
        let days = own ?? standard
        return (isAppeal ? days.appeal : days.information, own != nil)
    }

    /// Capitals and runs of white space do not count.
    package static func fold(_ name: String) -> String { NormalForm.foldWhiteSpace(name).lowercased() }
}
