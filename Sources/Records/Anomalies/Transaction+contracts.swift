package import Documents
package import Foundation

extension Transaction {
    /// Takes the contracts of some payers in: what was known of each of these is replaced as a whole; with
    /// `replacingAll` that of all other payers is removed too.
    ///
    /// Gives how many rates were removed.
    ///
    /// - Parameter actor: who brings them.
    @discardableResult
    package func importContracts(
        _ rates: [ContractRate], replacingAll: Bool = false, by actor: String, at now: Date
    ) throws -> Int {
        var removed = 0
        if replacingAll {
            removed = try execute("DELETE FROM contract_rates")
        } else {
            for key in Set(rates.map { PayerName($0.payerName).key }).sorted() {
                removed += try execute("DELETE FROM contract_rates WHERE payer_key = \(key)")
            }
        }
        for rate in rates {
            try execute(
                """
                INSERT INTO contract_rates (payer_key, procedure_code, modifier, facility, effective_from, effective_to,
                    payer_name, allowed_cents, imported_at, source)
                VALUES (\(PayerName(rate.payerName).key), \(rate.procedureCode), \(rate.modifier ?? ""),
                    \(rate.facility ?? ""), \(rate.effectiveFrom.description), \(rate.effectiveTo?.description),
                    \(rate.payerName), \(rate.allowedAmount.cents), \(now), \(actor))
                """)
        }
        return removed
    }

    package func contractRateCount() throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM contract_rates").first?["number"] ?? 0
    }

    /// The keys of the payers with a contract (`PayerName.key`), each once: from one to the next in the index, for there are
    /// few payers and many rates, and each look for anomalies asks.
    package func contractPayers() throws -> [String] {
        try rows(
            """
            WITH RECURSIVE payers (payer) AS (
                SELECT MIN(payer_key) FROM contract_rates
                UNION ALL
                SELECT (SELECT MIN(payer_key) FROM contract_rates WHERE payer_key > payer) FROM payers
                WHERE payer IS NOT NULL)
            SELECT payer FROM payers WHERE payer IS NOT NULL ORDER BY payer
            """
        ).map { try $0["payer"] }
    }

    /// Every rate of the payer for one of the procedures.
    package func contractRates(payer: PayerName, procedures: [String]) throws -> [ContractRate] {
        try all(
            """
            SELECT \(ContractRate.columns) FROM contract_rates
            WHERE procedure_code IN (\(list: procedures)) AND payer_key = \(payer.key)
            ORDER BY procedure_code, modifier, facility, effective_from
            """)
    }
}
