import Documents

/// Outcomes of values of the example vocabulary.
enum Outcomes {
    static func outcome(
        _ document: String, _ confidence: Confidence, isRight: Bool, field: String = "member_id", path: String? = nil
    ) -> ValueOutcome {
        ValueOutcome(
            documentID: document, path: path ?? field, type: "letter", field: field, confidence: confidence,
            isRight: isRight, isSampled: true, model: "M1")
    }

    /// As many documents with one value of `field`, all of one confidence, the first `wrong` of them wrong.
    static func outcomes(
        _ count: Int, wrong: Int = 0, _ confidence: Confidence, field: String = "member_id"
    ) -> [ValueOutcome] {
        (0..<count).map {
            outcome("\(field)-\(confidence.tenThousandths)-\($0)", confidence, isRight: $0 >= wrong, field: field)
        }
    }
}
