import Foundation

/// A file in a watched folder between its first sight and its end: a pure value that is told what was seen and says
/// what to do.
struct WaitingFile: Hashable, Sendable {
    /// What looking into a quiet file found.
    enum Finding: Hashable, Sendable {
        case whole
        case openForWriting
        /// The file ends before its format says so, or has not begun; the sentence says where.
        case torn(String)
        /// No kind that Mailroom reads; the sentence names those it does.
        case unreadableKind(String)
        /// It could not be opened, moved or stored; the sentence says why.
        case failed(String)
    }

    /// What to do with the file now.
    enum Step: Hashable, Sendable {
        case take
        /// Keep waiting; the sentence is for the ledger.
        case wait(String)
        case refuse(String)
    }

    let arrivalID: String
    private(set) var look: FileLook
    /// Since when size, time and identity are as they are.
    private(set) var unchangedSince: Date
    /// When to look into the file next, provided that it does not change before.
    private(set) var dueAt: Date
    private var failures = 0

    init(arrivalID: String, look: FileLook, at now: Date, settings: IntakeSettings) {
        self.arrivalID = arrivalID
        self.look = look
        unchangedSince = now
        dueAt = now.addingTimeInterval(settings.quietSeconds)
    }

    /// Takes note of how the file looks now; a change starts its quiet time anew.
    mutating func seen(_ current: FileLook, at now: Date, settings: IntakeSettings) {
        guard current != look else { return }
        look = current
        unchangedSince = now
        failures = 0
        dueAt = now.addingTimeInterval(settings.quietSeconds)
    }

    /// Says what follows from what was found inside.
    ///
    /// An unchanged torn file is looked into once more when patience ends: its bytes are the same until its size or time
    /// changes. Failures are tried again for ever, after pauses that double from one second up to the longest.
    mutating func found(_ finding: Finding, at now: Date, settings: IntakeSettings) -> Step {
        switch finding {
        case .whole:
            return .take
        case .openForWriting:
            dueAt = now.addingTimeInterval(settings.quietSeconds)
            return .wait("A program still has the file open for writing.")
        case .torn(let sentence):
            let end = unchangedSince.addingTimeInterval(settings.patienceSeconds)
            guard now < end else { return .refuse(sentence) }
            dueAt = end
            return .wait("\(sentence) Waiting for the rest.")
        case .unreadableKind(let sentence):
            return .refuse(sentence)
        case .failed(let sentence):
            failures += 1
            let pause = min(settings.retrySecondsMax, pow(2, Double(min(failures, 30) - 1)))
            dueAt = now.addingTimeInterval(pause)
            return .wait(sentence)
        }
    }
}
