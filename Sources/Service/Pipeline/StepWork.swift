import Documents
import Records

/// The work of one claimed step; each kind ends with one transaction that also completes the step.
struct StepWork: Sendable {
    /// The kinds of step that this pipeline works.
    static let kinds: [StepKind] = [
        .read, .understand, .reject, .learn, .followLayout, .understandAgain, .readTurned, .findRecalled,
        .carryOutRecall,
    ]

    let context: ServiceContext
    let step: Step

    func perform() async throws {
        switch step.kind {
        case .read: try await read()
        case .understand: try await understand()
        case .reject: try await reject()
        case .learn: try await learn()
        case .followLayout: try await followLayout()
        case .understandAgain: try await understandAgain()
        case .readTurned: try await readTurned()
        case .findRecalled: try await findRecalled()
        case .carryOutRecall: try await carryOutRecall()
        default:
            throw ServiceError(.missing, "No work is known for steps of the kind '\(step.kind.rawValue)'.")
        }
    }

    /// The file that the step is about.
    func custodyFile() async throws -> CustodyFile {
        let sha256 = step.subject
        guard let file = try await context.store.read({ try $0.file(sha256) }) else {
            throw ServiceError(.missing, "The file \(sha256) is not in the store. Look at the store's database.")
        }
        return file
    }

    /// Marks the step as done without any other change.
    func complete() async throws {
        try await context.store.write { [step] in try $0.complete(step) }
    }

    /// Ends a file that cannot be read: with its reason, and with a copy to wherever it was dropped.
    func quarantine(_ file: CustodyFile, because sentence: String) async throws {
        let now = context.clock()
        try await context.store.write { [step, context] transaction in
            try transaction.setFileStatus(file.sha256, .quarantined, detail: sentence)
            for arrival in try transaction.arrivals(sha256: file.sha256, limit: .max) {
                try transaction.enqueueRejection(of: arrival, at: now)
            }
            try transaction.audit(
                actor: "pipeline", action: "file.quarantined", subject: file.sha256,
                detail: ["reason": sentence, "reader": context.versions.reader], correlationID: file.correlationID,
                at: now)
            try transaction.complete(step)
        }
    }
}
