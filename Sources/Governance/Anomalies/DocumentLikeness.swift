package import Documents

/// Whether two documents are one paper, told by what they say, field by field; that their pages look alike only supports it.
///
/// Payers' papers of one layout look alike and say different things, and a second notice says the same on another day:
/// one value that is clearly another makes them two papers, and what agrees must be of few papers.
package struct DocumentLikeness: Sendable {
    /// Fields that are the sender's or ours and on all of its papers.
    private static let letterhead: Set<NormalForm> = [.npi, .taxIdentifier, .phone]
    /// Days that papers of other days name too.
    private static let otherDays: Set<String> = [
        "service_start", "service_end", "patient_birth_date", "birth_date", "response_due_date", "due_date",
    ]
    /// What speaks for one paper by itself, next to the day.
    private static let tellingMin = 4.0
    /// What does so although a value may have been misread.
    private static let tellingMuch = 7.0
    /// What does so where the pages look alike.
    private static let tellingWithPages = 3.0
    private static let nearMax = 2
    /// From this confidence on, two papers of different subtypes are two papers; below, one may have been misread.
    private static let subtypeSureMin: Confidence = 0.9
    /// What a paper is about: lists of them that have nothing in common are of two papers.
    private static let subjects: Set<NormalForm> = [.procedureCode, .diagnosisCode, .identifier]
    /// Names that are what a paper is about, and not a logo or a stamp.
    private static let tellingNames: Set<String> = ["patient_name", "drug_name"]

    private let type: String
    private let vocabulary: Vocabulary
    private var telling = 0.0
    private var nearCount = 0
    private var differs = false
    /// Whether a number agrees that is of one paper, claim or authorization and not of a person.
    private var hasOwnNumber = false
    private var hasSameDay = false
    /// What both say, the values that agree first.
    package private(set) var evidence: [Anomaly.Evidence] = []

    /// - Parameter pagesLookAlike: nil where the look of a page is not known.
    package init(
        _ document: Document, _ other: Document, pagesLookAlike: Bool?, vocabulary: Vocabulary
    ) {
        type = document.type
        self.vocabulary = vocabulary
        self.pagesLookAlike = pagesLookAlike
        guard document.type == other.type else {
            differs = true
            return
        }
        if document.subtype != other.subtype {
            // An approval and a denial of one request come on one day, with all numbers the same.
            let isSure = min(document.typeConfidence, other.typeConfidence) >= Self.subtypeSureMin
            if document.subtype != nil, other.subtype != nil, isSure { differs = true } else { nearCount += 1 }
        }
        compareFields(document.fields, other.fields)
        if !document.claims.isEmpty || !other.claims.isEmpty { compare(document.claims, other.claims) }
        evidence = evidence.filter(\.agrees) + evidence.filter { !$0.agrees }
    }

    private let pagesLookAlike: Bool?

    package var isDuplicate: Bool {
        guard !differs, hasSameDay else { return false }
        let looksAlike = pagesLookAlike == true
        if nearCount == 0 {
            return hasOwnNumber && telling >= Self.tellingMin || looksAlike && telling >= Self.tellingWithPages
        }
        guard nearCount <= Self.nearMax else { return false }
        return telling >= Self.tellingMuch && (hasOwnNumber || looksAlike)
            || looksAlike && telling >= Self.tellingMin
    }

    private mutating func compareFields(_ mine: Row, _ theirs: Row) {
        for name in Set(mine.keys).intersection(theirs.keys).sorted() {
            guard let rule = vocabulary.types[type]?[name], !Self.letterhead.contains(rule.kind) else { continue }
            switch (mine[name], theirs[name]) {
            case (.one(let left)?, .one(let right)?): compare(name, left, right, rule)
            case (.many(let left)?, .many(let right)?):
                let (here, there) = (left.map(\.value.description).sorted(), right.map(\.value.description).sorted())
                if here != there {
                    let isOther = Self.subjects.contains(rule.kind) && Self.areApart(left, right, kind: rule.kind)
                    if isOther { differs = true } else { nearCount += 1 }
                }
                note(rule.title, here.joined(separator: ", "), there.joined(separator: ", "), here == there, name)
            default: break
            }
        }
    }

    /// Whether no value of one list may be one of the other.
    private static func areApart(_ left: [Field], _ right: [Field], kind: NormalForm) -> Bool {
        guard !left.isEmpty, !right.isEmpty else { return false }
        return left.allSatisfy { one in right.allSatisfy { ValueLikeness(one, $0, kind: kind) == .different } }
    }

    private mutating func compare(_ name: String, _ left: Field, _ right: Field, _ rule: Vocabulary.FieldRule) {
        let likeness = ValueLikeness(left, right, kind: rule.kind)
        note(rule.title, left.value.description, right.value.description, likeness == .same, name)
        switch likeness {
        case .same: count(name, left, rule)
        case .near: nearCount += 1
        case .different:
            // Prose, logos and ticks are read differently from one scan to the next.
            let isSoft =
                [.text, .choice, .boolean].contains(rule.kind)
                || rule.kind == .name && !Self.tellingNames.contains(name)
            if isSoft { nearCount += 1 } else { differs = true }
        }
    }

    private mutating func count(_ name: String, _ field: Field, _ rule: Vocabulary.FieldRule) {
        switch rule.kind {
        case .identifier:
            let isPersons = ["member_id", "group_number"].contains(name)
            telling += isPersons ? 1 : 2
            if !isPersons { hasOwnNumber = true }
        case .date:
            telling += 1
            if !Self.otherDays.contains(name) { hasSameDay = true }
        case .money: if Money(field.value.description).map({ $0 != .zero }) == true { telling += 1 }
        case .name: telling += name == "patient_name" ? 1 : 0.5
        case .diagnosisCode, .procedureCode: telling += 0.5
        default: break
        }
    }

    /// Claims are told by their number, their account or their patient; most must be in both papers, and paid alike.
    private mutating func compare(_ mine: [Claim], _ theirs: [Claim]) {
        var left = theirs.map(ClaimIdentity.init)
        var (same, paidAlike) = (0, 0)
        for claim in mine.map(ClaimIdentity.init) {
            guard let index = left.firstIndex(where: claim.isSame) else { continue }
            same += 1
            if claim.paid == left[index].paid { paidAlike += 1 }
            left.remove(at: index)
        }
        let most = max(mine.count, theirs.count)
        note("Claims", "\(mine.count)", "\(theirs.count), \(same) of them the same", same == most)
        if same * 2 < most || paidAlike * 2 < same {
            differs = true
        } else if paidAlike * 5 < most * 4 {
            nearCount += 1
        } else {
            telling += 2
            hasOwnNumber = true
        }
    }

    private mutating func note(
        _ title: String, _ here: String, _ there: String, _ agrees: Bool, _ field: String? = nil
    ) {
        evidence.append(Anomaly.Evidence(title, here: here, there: there, agrees: agrees, field: field))
    }
}
