import Documents

extension Anomaly: SQLRecord {
    static let columns: SQLStatement = "code, place, detail, other_id, evidence, told"

    init(row: SQLRow) throws {
        self.init(
            code: try row["code"], place: try row["place"], detail: try row["detail"], otherID: try row["other_id"],
            evidence: try row.json("evidence"), telling: Telling(rawValue: try row["told"]) ?? .untold)
    }
}
