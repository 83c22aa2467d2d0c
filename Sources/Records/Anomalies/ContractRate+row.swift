import Documents

extension ContractRate: SQLRecord {
    static let columns: SQLStatement =
        "payer_name, procedure_code, modifier, facility, effective_from, effective_to, allowed_cents"

    init(row: SQLRow) throws {
        let (modifier, facility): (String, String) = (try row["modifier"], try row["facility"])
        guard let from = try row.day("effective_from") else {
            throw RecordsError(.damagedStore, "A contract's rate does not say from when it holds.")
        }
        self.init(
            payerName: try row["payer_name"], procedureCode: try row["procedure_code"],
            modifier: modifier.isEmpty ? nil : modifier, facility: facility.isEmpty ? nil : facility,
            effectiveFrom: from, effectiveTo: try row.day("effective_to"),
            allowedAmount: Money(cents: try row["allowed_cents"]))
    }
}
