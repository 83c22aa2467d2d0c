/// The queues and facilities that a person or a machine is limited to; nil is no limit.
///
/// What is within it is decided here and nowhere else: every list, look and taking asks one of these conditions.
package struct Reach: Sendable, Hashable {
    package var queues: Set<String>?
    package var facilities: Set<String>?

    package init(queues: Set<String>? = nil, facilities: Set<String>? = nil) {
        self.queues = queues
        self.facilities = facilities
    }

    /// Without any limit.
    package static let everything = Reach()

    package var isLimited: Bool { self != .everything }

    package func includes(queue: String) -> Bool { queues?.contains(queue) ?? true }

    /// What came to no facility is within no limit on facilities.
    package func includes(facility: String?) -> Bool {
        guard let facilities else { return true }
        return facility.map(facilities.contains) ?? false
    }
}

extension Reach {
    /// Which rows of `review_tasks`, called `tasks` in the statement, are within it: by their queue, and their file's
    /// facility.
    func ofTasks(_ tasks: SQLStatement = "review_tasks") -> SQLStatement {
        var conditions: [SQLStatement] = []
        if let queues { conditions.append("\(tasks).queue IN (\(list: queues.sorted()))") }
        if let facilities {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM documents rd JOIN files rf ON rf.sha256 = rd.sha256
                    WHERE rd.id = \(tasks).document_id AND rf.facility IN (\(list: facilities.sorted())))
                """)
        }
        return .all(conditions)
    }

    /// Which rows of `documents` are within it: by the queue that each waits or last waited in, and its file's facility.
    ///
    /// A document that was accepted unseen waited in no queue: who is limited to some has nothing to do with it.
    func ofDocuments(_ documents: SQLStatement = "documents") -> SQLStatement {
        var conditions: [SQLStatement] = []
        if let queues { conditions.append(Reach.lastQueue(of: documents, isOneOf: queues)) }
        if let facilities {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM files rf
                    WHERE rf.sha256 = \(documents).sha256 AND rf.facility IN (\(list: facilities.sorted())))
                """)
        }
        return .all(conditions)
    }

    /// Which rows of `files` are within it: those of its facilities that have a document of its queues.
    ///
    /// Whoever sees one document of a file sees all of the file's pages: they are moved between its documents.
    func ofFiles(_ files: SQLStatement = "files") -> SQLStatement {
        var conditions: [SQLStatement] = []
        if let facilities { conditions.append("\(files).facility IN (\(list: facilities.sorted()))") }
        if let queues {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM documents rd
                    WHERE rd.sha256 = \(files).sha256 AND \(Reach.lastQueue(of: "rd", isOneOf: queues)))
                """)
        }
        return .all(conditions)
    }

    /// Which rows of `arrivals` are within it: by the facility that they came to, and by their file's documents.
    var ofArrivals: SQLStatement {
        var conditions: [SQLStatement] = []
        if let facilities { conditions.append("arrivals.facility IN (\(list: facilities.sorted()))") }
        if queues != nil {
            conditions.append(
                "EXISTS (SELECT 1 FROM files af WHERE af.sha256 = arrivals.sha256 AND \(ofFiles("af")))")
        }
        return .all(conditions)
    }

    private static func lastQueue(of documents: SQLStatement, isOneOf queues: Set<String>) -> SQLStatement {
        """
        (SELECT rt.queue FROM review_tasks rt WHERE rt.document_id = \(documents).id ORDER BY rt.id DESC LIMIT 1)
            IN (\(list: queues.sorted()))
        """
    }
}
