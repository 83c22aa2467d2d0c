import Actions
import Documents
import Foundation
import Governance
import Records
import Understanding

extension StepWork {
    /// Makes documents of the file's pages, has policy decide on each, and writes all that follows in one transaction.
    func understand() async throws {
        let file = try await custodyFile()
        guard file.status == .read else { return try await complete() }
        let pages = try await context.store.read { try $0.pages(of: file.sha256).map(\.reading) }
        guard pages.contains(where: { !$0.page.blank }) else {
            return try await quarantine(
                file, because: "Nothing is on any page. Look at the original: was it fed face down?")
        }
        let layouts = try await context.layouts.current()
        let understander = context.understander(knowing: layouts)
        let read = understander.understand(pages)
        let followed = read.map { understander.followedLayout($0, pages: pages) }
        let understood = try await context.store.read { [context] transaction in
            try read.map { try context.accountMatcher.match($0, in: StoredBooks(transaction: transaction)) }
        }
        let problems = PageReading.problems(of: pages)
        let now = context.clock()
        let learned = try await context.thresholds.thresholds(at: now)
        try await context.store.write { transaction in
            // What was learned or forgotten while this read has not looked through these documents.
            let isLate = try transaction.layoutChange() != layouts.change
            for (index, document) in understood.enumerated() {
                let id = Identifier.make(at: now)
                let noted = try context.noting(
                    anomaliesOf: document, id: id, sha256: file.sha256, in: transaction, at: now)
                let decided = context.policy.decide(
                    noted, unreadablePages: problems, learned: learned,
                    isAudited: context.policy.isAudited(sha256: file.sha256, ordinal: index + 1))
                let record = try keep(
                    decided, id: id, ordinal: index + 1, by: followed[index], of: file, learned, in: transaction,
                    at: now)
                if isLate {
                    try transaction.enqueueUnderstandingAgain(record.id, correlationID: file.correlationID, at: now)
                }
            }
            try transaction.setFileStatus(file.sha256, .understood)
            try transaction.complete(step)
        }
        context.bell.ring()
    }

    private func keep(
        _ document: Document, id: String, ordinal: Int, by followed: FollowedLayout?, of file: CustodyFile,
        _ learned: LearnedThresholds, in transaction: Transaction, at now: Date
    ) throws -> DocumentRecord {
        let isAccepted = document.disposition == .accept
        let record = DocumentRecord(
            id: id, sha256: file.sha256, ordinal: ordinal,
            status: isAccepted ? .accepted : .inReview, document: document, versions: context.versions, createdAt: now,
            correlationID: file.correlationID)
        try transaction.insertDocument(record)
        try transaction.setLayoutUse(followed.map { LayoutUse($0, at: now) }, of: record.id)
        if !isAccepted {
            try transaction.keepDecided(document, of: record.id)
            let task = ReviewTask(
                id: Identifier.make(at: now), documentID: record.id,
                queue: context.policy.queue(for: document, facility: file.facility), createdAt: now,
                reasons: document.reasons)
            try transaction.openTask(task)
            try context.taskClocks.start(task, document, in: transaction)
        }
        try context.raise(
            isAccepted ? .documentAccepted : .documentReviewRequested, about: record, in: transaction, at: now)
        var detail = [
            "file": file.sha256, "ordinal": "\(ordinal)", "type": document.type,
            "disposition": document.disposition.rawValue,
            "reasons": document.reasons.map(\.code).joined(separator: ","),
            "accounts": "\(document.accountNumbers.count)", "model": record.versions.model,
            "policy": record.versions.policy, "reader": record.versions.reader,
        ]
        detail["layout"] = followed?.memoryID
        let notOfPolicy = context.policy.thresholdsLearned(for: document, learned)
        if !notOfPolicy.isEmpty {
            detail["thresholds_learned"] = notOfPolicy.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
                .joined(separator: ",")
        }
        try transaction.audit(
            actor: "policy", action: "document.decided", subject: record.id, detail: detail,
            correlationID: file.correlationID, at: now)
        return record
    }
}
