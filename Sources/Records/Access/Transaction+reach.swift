/// What people and machines are limited to, and what of the store is within it.
extension Transaction {
    private enum Kind: String, SQLConvertible {
        case queue, facility
    }

    /// What the person or key with the identifier `holder` is limited to.
    package func reach(of holder: String) throws -> Reach {
        try reach(rows("SELECT kind, name FROM grants WHERE holder_id = \(holder)"))
    }

    /// What each person or key that has a limit is limited to, by their identifiers.
    package func reaches() throws -> [String: Reach] {
        let rows = try rows("SELECT holder_id, kind, name FROM grants")
        return try Dictionary(grouping: rows) { row -> String in try row["holder_id"] }.mapValues { try reach($0) }
    }

    private func reach(_ rows: [SQLRow]) throws -> Reach {
        let granted = try rows.reduce(into: [Kind: Set<String>]()) { granted, row in
            granted[try row["kind"], default: []].insert(try row["name"])
        }
        return Reach(queues: granted[.queue], facilities: granted[.facility])
    }

    /// Limits the person or key to `reach` from now on; an empty set is no limit, as nil is.
    package func setReach(_ reach: Reach, of holder: String) throws {
        try execute("DELETE FROM grants WHERE holder_id = \(holder)")
        let names = (reach.queues ?? []).map { (Kind.queue, $0) } + (reach.facilities ?? []).map { (Kind.facility, $0) }
        for (kind, name) in names {
            try execute("INSERT INTO grants (holder_id, kind, name) VALUES (\(holder), \(kind), \(name))")
        }
    }

    /// The document, unless it is out of reach.
    package func document(_ id: String, within reach: Reach) throws -> DocumentRecord? {
        let found = try rows("SELECT 1 AS found FROM documents WHERE id = \(id) AND \(reach.ofDocuments())")
        return found.isEmpty ? nil : try document(id)
    }

    /// The file, unless it is out of reach.
    package func file(_ sha256: String, within reach: Reach) throws -> CustodyFile? {
        try first("SELECT \(CustodyFile.columns) FROM files WHERE sha256 = \(sha256) AND \(reach.ofFiles())")
    }

    /// The documents of a file that are within reach, in their order.
    package func documents(of sha256: String, within reach: Reach) throws -> [DocumentRecord] {
        let near = try rows("SELECT id FROM documents WHERE sha256 = \(sha256) AND \(reach.ofDocuments())")
        let ids = Set(try near.map { try $0["id"] as String })
        return try documents(of: sha256).filter { ids.contains($0.id) }
    }

    /// The review task, unless it is out of reach.
    package func task(_ id: String, within reach: Reach) throws -> ReviewTask? {
        try first("SELECT \(ReviewTask.columns) FROM review_tasks WHERE id = \(id) AND \(reach.ofTasks())")
    }
}
