package import Documents

extension Document {
    /// So many of one code are told one by one; the last sentence counts the rest.
    private static let toldMax = 20

    /// The document with these anomalies in its evidence in the place of those noted before: policy decides on them.
    ///
    /// - Parameter withdrawn: why others stand no more, a sentence for each; they are reasons too, for policy must not
    ///   accept by itself what a person was asked about: the other document may have been refused for what holds for this
    ///   one as well (not ours, handled already), and what people were told before is theirs to settle.
    package func noting(_ anomalies: [Anomaly], withdrawn: [String] = []) -> Document {
        var noted = self
        noted.evidence.removeAll { ReasonCode.isOfAnomalies($0.code) }
        for code in ReasonCode.ofAnomalies.map(\.rawValue) {
            let found = anomalies.filter { $0.code == code }
            noted.evidence += found.prefix(Document.toldMax).map {
                Reason(code: code, field: $0.place, detail: $0.detail)
            }
            if found.count > Document.toldMax {
                noted.evidence.append(
                    Reason(code: code, detail: "And \(found.count - Document.toldMax) more of the kind."))
            }
        }
        noted.evidence += Set(withdrawn).sorted().map {
            Reason(code: ReasonCode.anomalyWithdrawn.rawValue, detail: "No longer unusual: \($0)")
        }
        return noted
    }
}
