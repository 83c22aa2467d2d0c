/// How often reviewers get a settled document once more, with one value altered, as policy has it.
package struct KnownAnswerRule: Hashable, Sendable {
    /// The share, in 0…1, of the tasks that a reviewer takes.
    package var share: Double
    /// How many documents there must be to draw from, so that nobody knows them.
    package var leastDocuments: Int

    package static let none = KnownAnswerRule(share: 0, leastDocuments: 20)

    package init(share: Double, leastDocuments: Int) {
        self.share = share
        self.leastDocuments = leastDocuments
    }

    /// Whether the person gets a check in the place of the task: the lot is a hash, so that it can be drawn again.
    package func isDrawn(for person: String, insteadOf task: String) -> Bool {
        Lot("known answer/\(person)/\(task)").falls(within: share)
    }

    /// The candidates in the order in which they are tried for the person in the place of the task.
    package static func order(_ candidates: [String], for person: String, insteadOf task: String) -> [String] {
        candidates.map { (lot: Lot("known answer/\(person)/\(task)/\($0)"), id: $0) }
            .sorted { ($0.lot, $0.id) < ($1.lot, $1.id) }.map(\.id)
    }
}

extension PolicyReader {
    private static let leastDocumentsRange = 1...100_000

    mutating func knownAnswers() -> KnownAnswerRule {
        let given = content.knownAnswers
        let none = KnownAnswerRule.none
        let least = given?.leastDocuments ?? none.leastDocuments
        if !PolicyReader.leastDocumentsRange.contains(least) {
            wrong(
                at: ["known_answers", "least_documents"],
                "'known_answers.least_documents' is \(least); it should be in 1…100000.")
        }
        return KnownAnswerRule(
            share: number(given?.share, at: ["known_answers", "share"], in: 0...1, default: none.share),
            leastDocuments: least)
    }
}
