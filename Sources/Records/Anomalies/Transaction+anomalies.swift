package import Documents
package import Foundation

extension Transaction {
    /// Keeps what is unusual about the document now, in place of what was known; the document itself may be added later in
    /// the transaction.
    ///
    /// Of what was known already people need not be told again.
    package func setAnomalies(_ anomalies: [Anomaly], of documentID: String, at now: Date) throws {
        let known = try self.anomalies(of: documentID)
        try execute("DELETE FROM anomalies WHERE document_id = \(documentID)")
        for (index, anomaly) in anomalies.enumerated() {
            let telling = known.first { $0.isSame(as: anomaly) }?.telling ?? .untold
            try execute(
                """
                INSERT INTO anomalies (document_id, ordinal, code, place, detail, other_id, evidence, found_at, told)
                VALUES (\(documentID), \(index + 1), \(anomaly.code), \(anomaly.place), \(anomaly.detail),
                    \(anomaly.otherID), \(try jsonText(anomaly.evidence)), \(now), \(telling.rawValue))
                """)
        }
    }

    /// What is unusual about the document, as it was looked at last.
    package func anomalies(of documentID: String) throws -> [Anomaly] {
        try all(
            """
            SELECT \(Anomaly.columns) FROM anomalies WHERE document_id = \(documentID) ORDER BY ordinal
            """)
    }

    /// Notes how far the person who has the document in hand knows of all that is unusual about it now; nobody comes to
    /// know less.
    package func tellAnomalies(of documentID: String, as telling: Anomaly.Telling) throws {
        try execute(
            """
            UPDATE anomalies SET told = \(telling.rawValue)
            WHERE document_id = \(documentID) AND told < \(telling.rawValue)
            """)
    }
}

// MARK: What payers adjust

extension Transaction {
    /// Keeps what the payer took off each line of an accepted document; of any other nothing.
    func keepAdjustments(of record: DocumentRecord) throws {
        try execute("DELETE FROM line_adjustments WHERE document_id = \(record.id)")
        guard record.status == .accepted, case .one(let payer)? = record.document.fields["payer_name"] else { return }
        let key = PayerName(payer.value.description).key
        for (index, adjustment) in record.document.lineAdjustments.enumerated() {
            try execute(
                """
                INSERT INTO line_adjustments (document_id, ordinal, payer_key, reason, share)
                VALUES (\(record.id), \(index + 1), \(key), \(adjustment.reason), \(adjustment.share))
                """)
        }
    }

    /// The shares of the charge, in ten-thousandths, that the payer last took off lines of accepted documents for the
    /// reason; not of the document `id`.
    package func adjustmentShares(
        payerKey: String, reason: String, besides id: String, limit: Int
    ) throws -> [Int] {
        try rows(
            """
            SELECT share FROM line_adjustments
            WHERE payer_key = \(payerKey) AND reason = \(reason) AND document_id <> \(id)
            ORDER BY document_id DESC LIMIT \(limit)
            """
        ).map { try $0["share"] }
    }
}

extension Transaction {
    /// The looks of these pages of a file, as far as they are known (`PageReading.imageHash`).
    package func pageHashes(of sha256: String, pages: [Int]) throws -> [UInt64] {
        let rows = try rows(
            """
            SELECT image_hash FROM pages WHERE sha256 = \(sha256) AND number IN (\(list: pages))
                AND image_hash IS NOT NULL ORDER BY number
            """)
        return try rows.compactMap { UInt64(try $0["image_hash"] as String, radix: 16) }
    }
}
