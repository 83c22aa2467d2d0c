package import Documents
package import Foundation

extension Transaction {
    /// Keeps what is unusual about the document now, in place of what was known; the document itself may be added later in
    /// the transaction.
    ///
    /// Of what was known already people need not be told again. Gives what stood and stands no more.
    ///
    /// - Parameter because: says of what stands no more why that is, for people to read; without it, it is forgotten, as
    ///   what a person changed themselves is.
    @discardableResult
    package func setAnomalies(
        _ anomalies: [Anomaly], of documentID: String, withdrawing because: ((Anomaly) throws -> String)? = nil,
        at now: Date
    ) throws -> [Anomaly] {
        var known = try anomalyRecords(of: documentID)
        try execute("DELETE FROM anomalies WHERE document_id = \(documentID)")
        var records: [AnomalyRecord] = anomalies.map { anomaly in
            var record = AnomalyRecord(
                id: Identifier.make(at: now), documentID: documentID, anomaly: anomaly, foundAt: now)
            record.anomaly.telling = .untold
            guard let index = known.firstIndex(where: { $0.anomaly.isSame(as: anomaly) }) else { return record }
            let former = known.remove(at: index)
            guard former.ending == nil else { return record }
            (record.id, record.foundAt, record.anomaly.telling) = (former.id, former.foundAt, former.anomaly.telling)
            return record
        }
        let gone = known.filter { $0.ending == nil }.map(\.anomaly)
        for var record in known {
            if record.ending == nil {
                guard let because else { continue }
                record.ending = .init(outcome: .withdrawn, at: now, because: try because(record.anomaly))
            }
            records.append(record)
        }
        for (index, record) in records.enumerated() { try insert(record, ordinal: index + 1) }
        return gone
    }

    private func insert(_ record: AnomalyRecord, ordinal: Int) throws {
        let anomaly = record.anomaly
        try execute(
            """
            INSERT INTO anomalies (id, document_id, ordinal, code, place, detail, other_id, amount_cents, evidence, found_at,
                told, outcome, ended_at, ended_because)
            VALUES (\(record.id), \(record.documentID), \(ordinal), \(anomaly.code), \(anomaly.place),
                \(anomaly.detail), \(anomaly.otherID), \(anomaly.amount?.cents), \(try jsonText(anomaly.evidence)),
                \(record.foundAt), \(anomaly.telling.rawValue), \(record.ending?.outcome), \(record.ending?.at),
                \(record.ending?.because))
            """)
    }

    /// All that was unusual about the document: what stands, or stood when it was settled, before what was withdrawn.
    package func anomalyRecords(of documentID: String) throws -> [AnomalyRecord] {
        let records: [AnomalyRecord] = try all(
            "SELECT \(AnomalyRecord.columns) FROM anomalies a WHERE a.document_id = \(documentID) ORDER BY a.ordinal")
        return records.filter { !$0.isWithdrawn } + records.filter(\.isWithdrawn)
    }

    /// What is unusual about the document, as it was looked at last, or was when it was settled.
    package func anomalies(of documentID: String) throws -> [Anomaly] {
        try anomalyRecords(of: documentID).filter { !$0.isWithdrawn }.map(\.anomaly)
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

    // MARK: Ends

    /// Ends what stands of a document's anomalies: a person settled it, or it is none any more.
    package func endAnomalies(
        of documentID: String, as outcome: AnomalyRecord.Outcome, because: String? = nil, at now: Date
    ) throws {
        try execute(
            """
            UPDATE anomalies SET outcome = \(outcome), ended_at = \(now), ended_because = \(because)
            WHERE document_id = \(documentID) AND outcome IS NULL
            """)
    }

    /// Has what a person ended of a document's anomalies stand again: the document is reviewed once more.
    package func reopenAnomalies(of documentID: String) throws {
        try execute(
            """
            UPDATE anomalies SET outcome = NULL, ended_at = NULL WHERE document_id = \(documentID)
                AND outcome <> 'withdrawn'
            """)
    }

    /// The documents in review of which an anomaly stands that names one of these.
    package func documentsInReview(naming ids: [String]) throws -> [String] {
        try documents(naming: ids, "a.outcome IS NULL AND d.status = 'in_review'")
    }

    /// The documents that a person closed for one of these counts, of which an anomaly of the code `code` says so.
    package func documentsClosed(asCopiesOf ids: [String], code: String) throws -> [String] {
        try documents(naming: ids, "a.outcome = 'duplicate' AND a.code = \(code) AND d.status = 'rejected'")
    }

    private func documents(naming ids: [String], _ condition: SQLStatement) throws -> [String] {
        try rows(
            """
            SELECT DISTINCT a.document_id AS id FROM anomalies a JOIN documents d ON d.id = a.document_id
            WHERE a.other_id IN (\(list: ids)) AND \(condition) ORDER BY a.document_id
            """
        ).map { try $0["id"] }
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
