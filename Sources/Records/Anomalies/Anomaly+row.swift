import Documents

extension Anomaly: SQLRecord {
    static let columns: SQLStatement = "code, place, detail, other_id, evidence"

    init(row: SQLRow) throws {
        self.init(
            code: try row["code"], place: try row["place"], detail: try row["detail"], otherID: try row["other_id"],
            evidence: try row.json("evidence"))
    }
}
