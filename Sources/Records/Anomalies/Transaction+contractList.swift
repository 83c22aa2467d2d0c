package import Documents
package import Foundation

/// A rate of a contract in a list, with who brought it and when.
package struct ListedRate: Sendable, Hashable, SQLRecord {
    package var rate: ContractRate
    /// Who brought it; nil for one that came before that was kept.
    package var source: String?
    package var importedAt: Date

    static let columns: SQLStatement = "\(ContractRate.columns), source, imported_at"

    init(row: SQLRow) throws {
        let source: String = try row["source"]
        rate = try ContractRate(row: row)
        self.source = source.isEmpty ? nil : source
        importedAt = try row["imported_at"]
    }
}

/// The contract of one payer as a whole.
package struct PayerContract: Sendable, Hashable, SQLRecord {
    /// The payer's name as it is compared (`PayerName.key`).
    package var payerKey: String
    package var payerName: String
    package var rateCount: Int
    package var importedAt: Date

    init(row: SQLRow) throws {
        payerKey = try row["payer_key"]
        payerName = try row["payer_name"]
        rateCount = try row["number"]
        importedAt = try row["imported_at"]
    }
}

extension Transaction {
    /// The contracts by payer, in the order of the payers' keys, from `offset` on.
    package func payerContracts(offset: Int = 0, limit: Int) throws -> [PayerContract] {
        try all(
            """
            SELECT payer_key, MIN(payer_name) AS payer_name, COUNT(*) AS number, MAX(imported_at) AS imported_at
            FROM contract_rates GROUP BY payer_key ORDER BY payer_key LIMIT \(limit) OFFSET \(offset)
            """)
    }

    /// Rates in the order of payer, procedure, modifier, facility and first day, from `offset` on.
    ///
    /// - Parameters:
    ///   - payer: nil for those of all payers.
    ///   - procedure: nil for all procedures.
    package func contractRates(
        of payer: PayerName?, procedure: String?, offset: Int = 0, limit: Int
    ) throws -> [ListedRate] {
        var conditions: [SQLStatement] = []
        if let payer { conditions.append("payer_key = \(payer.key)") }
        if let procedure { conditions.append("procedure_code = \(procedure)") }
        return try all(
            """
            SELECT \(ListedRate.columns) FROM contract_rates WHERE \(SQLStatement.all(conditions))
            ORDER BY payer_key, procedure_code, modifier, facility, effective_from LIMIT \(limit) OFFSET \(offset)
            """)
    }
}
