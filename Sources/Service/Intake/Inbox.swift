import Foundation
import Glibc
import Logging
import Reading
import Records
import ServiceLifecycle

/// The files of one watched folder between their first sight and their end.
///
/// What is kept here is only what the folder and the ledger say too: a killed service starts again from those.
struct Inbox {
    private let folder: WatchedFolder
    private let intake: Intake
    private let settings: IntakeSettings
    private let logger: Logger
    private let events: FolderEvents

    /// Files in the folder, by name.
    private var waiting: [String: WaitingFile] = [:]
    /// Files moved out of sight that are not yet in custody, with what is known of them.
    private var claimed: [Claim: WaitingFile] = [:]
    /// What lies in the folder and is no mail (links, pipes, folders), as it looked when it was refused.
    private var refused: [String: FileLook] = [:]
    private var nextSweep = Date.distantPast
    private var isRecovered = false
    private var failures = 0

    init(folder: WatchedFolder, intake: Intake, settings: IntakeSettings, logger: Logger) {
        self.folder = folder
        self.intake = intake
        self.settings = settings
        self.logger = logger
        events = FolderEvents(path: folder.path)
    }

    /// One round: looks through the folder when there is cause to, and moves every file that is due one step on.
    ///
    /// Throws nothing: a folder or a store that fails is tried again after a pause, and one file's failure leaves the
    /// others alone.
    mutating func turn() async {
        let drained = events.drain()
        let now = intake.clock()
        let isDue = waiting.values.contains { $0.dueAt <= now } || claimed.values.contains { $0.dueAt <= now }
        let isCalled = (drained.changed || isDue) && failures == 0
        guard isCalled || nextSweep <= now else { return }
        do {
            if nextSweep <= now {
                events.rearm()
                nextSweep = now.addingTimeInterval(settings.sweepSeconds)
            }
            if !isRecovered { try await recover(at: now) }
            try await lookThrough(appeared: drained.appeared, at: now)
            if failures > 0 { logger.notice("The folder is watched again.") }
            failures = 0
        } catch {
            failures += 1
            let pause = min(settings.retrySecondsMax, pow(2, Double(min(failures, 30) - 1)))
            nextSweep = now.addingTimeInterval(pause)
            logger.error("The folder cannot be looked through.", metadata: ["error": "\(error)"])
            return
        }
        for (name, file) in waiting.sorted(by: { $0.value.unchangedSince < $1.value.unchangedSince })
        where file.dueAt <= now && !Task.isShuttingDownGracefully {
            await advance(name, file)
        }
        for (claim, file) in claimed where file.dueAt <= now && !Task.isShuttingDownGracefully {
            await finish(claim, file)
        }
    }

    /// Takes up what the ledger and the claims say from before: the service was stopped or killed.
    private mutating func recover(at now: Date) async throws {
        for claim in try Claim.all(in: folder.path) {
            guard let look = try FileLook(path: claim.path) else { continue }
            claimed[claim] = WaitingFile(arrivalID: claim.arrivalID, look: look, at: now, settings: settings)
        }
        let here = Set(claimed.keys.map(\.arrivalID))
        for arrival in try await intake.waitingArrivals(in: folder) where !here.contains(arrival.id) {
            if let look = try FileLook(path: path(arrival.name)), look.kind == .file {
                waiting[arrival.name] = WaitingFile(arrivalID: arrival.id, look: look, at: now, settings: settings)
            } else {
                try await intake.recordVanished(arrival.id)
            }
        }
        isRecovered = true
    }

    private mutating func lookThrough(appeared: Set<String>, at now: Date) async throws {
        let settings = settings
        var looks: [String: FileLook] = [:]
        for name in try FolderListing.names(in: folder.path) where !isIgnored(name) {
            if let look = try FileLook(path: path(name)) { looks[name] = look }
        }
        let ghosts = appeared.filter { looks[$0] == nil && waiting[$0] == nil && !isIgnored($0) }
        refused = refused.filter { looks[$0.key] == $0.value }
        for (name, file) in waiting where looks[name]?.kind != .file {
            try await intake.recordVanished(file.arrivalID)
            waiting[name] = nil
        }
        for (name, look) in looks where refused[name] == nil {
            if let refusal = look.kind.refusal {
                try await intake.refuseInPlace(name: name, look: look, in: folder, sentence: refusal)
                refused[name] = look
            } else if claimed.keys.contains(where: { $0.name == name }) {
                continue  // Its namesake before it holds the name in the ledger until it is settled.
            } else if waiting[name] == nil {
                let id = try await intake.recordSighting(name: name, size: look.size, in: folder)
                waiting[name] = WaitingFile(arrivalID: id, look: look, at: now, settings: settings)
            } else {
                waiting[name]?.seen(look, at: now, settings: settings)
            }
        }
        for name in ghosts {
            let id = try await intake.recordSighting(name: name, size: nil, in: folder)
            try await intake.recordVanished(id)
        }
    }

    /// Looks into a file that is quiet; moves it out of sight when it is to be taken or refused.
    private mutating func advance(_ name: String, _ file: WaitingFile) async {
        let now = intake.clock()
        var file = file
        let finding = Inspection.inspect(path: path(name), bytesMax: intake.limits.fileBytesMax)
        if case .wait(let sentence) = file.found(finding, at: now, settings: settings) {
            waiting[name] = file
            await note(sentence, file, finding)
            return
        }
        do throws(ServiceError) {
            waiting[name] = nil
            guard let claim = try Claim.make(of: name, in: folder.path, arrivalID: file.arrivalID) else {
                waiting[name] = file
                return
            }
            claimed[claim] = file
            await finish(claim, file)
        } catch {
            _ = file.found(.failed(error.description), at: now, settings: settings)
            waiting[name] = file
            await note(error.description, file, .failed(error.description))
        }
    }

    /// Brings a claimed file into custody and the ledger; whatever fails is tried again later.
    ///
    /// The file is looked at and into once more: between the last look and the claim it may have been replaced or
    /// written to.
    private mutating func finish(_ claim: Claim, _ file: WaitingFile) async {
        let now = intake.clock()
        var file = file
        do {
            guard let look = try FileLook(path: claim.path) else {
                claimed[claim] = nil
                try await intake.recordVanished(claim.arrivalID)
                return
            }
            file.seen(look, at: now, settings: settings)
            let finding = Inspection.inspect(path: claim.path, bytesMax: intake.limits.fileBytesMax)
            switch file.found(finding, at: now, settings: settings) {
            case .wait(let sentence): await note(sentence, file, finding)
            case .take: try await keep(claim, refusal: nil)
            case .refuse(let sentence): try await keep(claim, refusal: sentence)
            }
        } catch {
            _ = file.found(.failed("\(error)"), at: now, settings: settings)
            await note("\(error)", file, .failed("\(error)"))
        }
        if claimed[claim] != nil { claimed[claim] = file }
    }

    private mutating func keep(_ claim: Claim, refusal: String?) async throws {
        try await intake.take(claim, from: folder, refusal: refusal)
        try claim.discard()
        claimed[claim] = nil
    }

    /// Writes into the ledger, and into the log when something failed, why the file waits.
    private func note(_ sentence: String, _ file: WaitingFile, _ finding: WaitingFile.Finding) async {
        if case .failed = finding {
            logger.error(
                "A file waits because of a failure.",
                metadata: ["arrival.id": "\(file.arrivalID)", "error": "\(sentence)"])
        }
        do {
            try await intake.recordWaiting(file.arrivalID, size: file.look.size, detail: sentence)
        } catch {
            logger.error(
                "The ledger cannot be written.", metadata: ["arrival.id": "\(file.arrivalID)", "error": "\(error)"])
        }
    }

    private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func isIgnored(_ name: String) -> Bool {
        name == Claim.folderName || path(name) == folder.rejectedFolder.path
            || settings.ignoredNames.contains { fnmatch($0, name, FileNameMatch.foldCase) == 0 }
    }
}

/// The GNU flag `FNM_CASEFOLD` of fnmatch(3), which Glibc declares only as a macro that Swift does not import.
private enum FileNameMatch {
    static let foldCase: Int32 = 1 << 4
}
