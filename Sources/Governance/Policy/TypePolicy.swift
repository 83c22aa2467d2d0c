/// What policy asks of documents of one type, all defaults filled in.
struct TypePolicy: Hashable, Sendable {
    /// When documents of the type go to review.
    enum Review: String, Codable, CaseIterable, Sendable {
        case always
        case whenDoubtful = "when_doubtful"
        /// Fields and checks are not looked at, only the type's confidence and whether the pages could be read.
        case whenTypeIsDoubtful = "when_type_is_doubtful"
    }

    var review: Review
    var queue: String
    var typeConfidence: Double
    var pagesConfidence: Double
    var fieldConfidence: Double
    /// Thresholds of single fields, by the name that `Vocabulary` has.
    var fields: [String: Double]
    /// Fields that must be there, where `requiredBySubtype` does not list others.
    var required: [FieldPath]
    var requiredBySubtype: [String: [FieldPath]]
    /// What the hospital's books may say against a document that sends it to review.
    var accountReasons: Set<ReasonCode>
    /// Fields that say how much money the document is about; the first that it has counts.
    var amountAtStake: [String]
    /// The field with the day by which the payer wants an answer.
    var deadline: String?
    /// Fields, named without places, that two people key without seeing the machine's value.
    var doubleBlind: Set<String>

    /// The threshold of the type's fields, in ten-thousandths, as results record confidences.
    var fieldTenThousandths: Int { Int((fieldConfidence * 10_000).rounded()) }

    /// The file's own threshold of a field, named without places, in ten-thousandths.
    func tenThousandths(of definition: String) -> Int {
        fields[definition].map { Int(($0 * 10_000).rounded()) } ?? fieldTenThousandths
    }

    func required(of subtype: String?) -> [FieldPath] {
        subtype.flatMap { requiredBySubtype[$0] } ?? required
    }
}
