package import Documents

extension Document {
    /// So many of one code are told one by one; the last sentence counts the rest.
    private static let toldMax = 20

    /// The document with these anomalies in its evidence in the place of those noted before: policy decides on them.
    package func noting(_ anomalies: [Anomaly]) -> Document {
        var noted = self
        let codes = Set(ReasonCode.ofAnomalies.map(\.rawValue))
        noted.evidence.removeAll { codes.contains($0.code) }
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
        return noted
    }
}
