/// How often the audit sample found a field wrong.
package struct SampledError: Sendable, Hashable {
    package var type: String
    /// Nil for the type as a whole: any field.
    package var field: String?
    /// Documents of the sample with a value of it.
    package var documentCount: Int
    /// Those of which a value of it was wrong.
    package var wrongCount: Int

    package init(type: String, field: String?, documentCount: Int, wrongCount: Int) {
        self.type = type
        self.field = field
        self.documentCount = documentCount
        self.wrongCount = wrongCount
    }
}

extension Transaction {
    /// What the audit sample found of what `model` read, by type and field; each type as a whole before its fields.
    package func sampledErrors(model: String) throws -> [SampledError] {
        func errors(_ grouping: SQLStatement) throws -> [SQLRow] {
            try rows(
                """
                SELECT \(grouping), COUNT(*) AS documents, SUM(wrong) AS wrongs FROM (
                    SELECT document_id, \(grouping), MAX(1 - is_right) AS wrong FROM value_outcomes
                    WHERE is_sampled = 1 AND model = \(model) GROUP BY document_id, \(grouping)) judged
                GROUP BY \(grouping) ORDER BY \(grouping)
                """)
        }
        let types = try errors("type").map { row in
            SampledError(
                type: try row["type"], field: nil, documentCount: try row["documents"], wrongCount: try row["wrongs"])
        }
        let fields = try errors("type, field").map { row in
            SampledError(
                type: try row["type"], field: try row["field"], documentCount: try row["documents"],
                wrongCount: try row["wrongs"])
        }
        return types.flatMap { type in [type] + fields.filter { $0.type == type.type } }
    }
}
