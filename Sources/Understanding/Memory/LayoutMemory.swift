/// What confirmed documents of one layout left behind: the words that are always there, and where each value stood among
/// them.
///
/// Of values only the sender's name is kept. What stood around values, and the fixed words of a memory with fewer than
/// three confirmations, may hold words that are the patient's (an address above a letter): keep memories as you keep the
/// paper.
package struct LayoutMemory: Codable, Hashable, Sendable {
    /// 16 hexadecimal digits, from the document that made it.
    package let id: String
    package let type: String
    /// The subtype that the last confirmed document had.
    package internal(set) var subtype: String?
    /// How many documents of the layout were confirmed.
    package internal(set) var confirmationCount: Int
    /// The words of the first page that belong to the layout.
    var words: [FixedWord]
    /// What is known of each value outside tables, by its path: `payer_name`, `claims.member_id`.
    var fields: [String: RememberedField]
    /// What the columns of its tables hold.
    var columns: [RememberedColumn]

    /// So many fixed words of a page are kept, those that stand highest first: they say enough.
    static let wordCountMax = 300
    /// With fewer a layout cannot be known again.
    static let wordCountMin = 12

    private enum CodingKeys: String, CodingKey {
        case id, type, subtype
        case confirmationCount = "confirmation_count"
        case words, fields, columns
    }
}

/// A word that belongs to a layout, with its place in widths of the page.
struct FixedWord: Codable, Hashable, Sendable {
    /// Upper-case letters only, as words are compared by.
    var text: String
    /// Its middle.
    var x: Double
    var y: Double
    /// In how many confirmed documents it stood there, and in how many it did not.
    var seenCount = 1
    var missedCount = 0

    private enum CodingKeys: String, CodingKey {
        case text, x, y
        case seenCount = "seen"
        case missedCount = "missed"
    }
}

/// Where the values of one field stood.
struct RememberedField: Codable, Hashable, Sendable {
    /// What stood around it, the last seen last.
    var surroundings: [Surroundings] = []
    /// The names of the sender, the last seen last: known again where one is torn or misread.
    var names: [String] = []
    /// In how many confirmed documents it had a value, and in how many none.
    var presentCount = 0
    var absentCount = 0
    /// How often the memory would have led to the right value, and how often to a wrong one.
    var rightCount = 0
    var wrongCount = 0

    static let surroundingsMax = 6
    static let namesMax = 3

    /// How far it may be trusted: it starts at 0.9, and contradictions weaken it.
    var reliability: Double { Double(rightCount + 9) / Double(rightCount + wrongCount + 10) }

    /// What evidence that is `logOdds` strong for a sound memory is worth for this one: with some chance it says nothing.
    func weighed(_ logOdds: Double) -> Double { MemoryEvidence.weighed(logOdds, by: reliability) }

    private enum CodingKeys: String, CodingKey {
        case surroundings, names
        case presentCount = "present"
        case absentCount = "absent"
        case rightCount = "right"
        case wrongCount = "wrong"
    }
}

/// What a column of a layout's tables holds.
struct RememberedColumn: Codable, Hashable, Sendable {
    /// The path of its values, `lines.paid_amount` or `claims.patient_name`; nil when it holds nothing that is asked for.
    var name: String?
    var kind: Int
    /// The words of its head.
    var head: [String]
    /// Where it stands, in widths of the page.
    var left: Double
    var right: Double
    var rightCount = 0
    var wrongCount = 0

    var reliability: Double { Double(rightCount + 9) / Double(rightCount + wrongCount + 10) }

    /// More columns of one layout are not kept.
    static let countMax = 80

    /// Whether it is the same column with the same value, a little aside perhaps.
    func isSame(as other: RememberedColumn) -> Bool {
        kind == other.kind && name == other.name && head == other.head && abs(left - other.left) < 0.02
            && abs(right - other.right) < 0.02
    }

    private enum CodingKeys: String, CodingKey {
        case name, kind, head, left, right
        case rightCount = "confirmed"
        case wrongCount = "contradicted"
    }
}

extension LayoutMemory {
    /// Whether its numbers can be reckoned with: a file of it may have been changed.
    package var isSound: Bool {
        func counts(_ numbers: Int...) -> Bool { numbers.allSatisfy { (0...1_000_000).contains($0) } }
        return id.count == 16 && id.allSatisfy(\.isHexDigit) && counts(confirmationCount)
            && words.allSatisfy { counts($0.seenCount, $0.missedCount) && $0.x.isFinite && $0.y.isFinite }
            && fields.values.allSatisfy { field in
                counts(field.presentCount, field.absentCount, field.rightCount, field.wrongCount)
            }
            && columns.allSatisfy { counts($0.rightCount, $0.wrongCount) && $0.left.isFinite && $0.right.isFinite }
    }
}
