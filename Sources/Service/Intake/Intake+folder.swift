import Documents
import Foundation
import Reading
import Records

extension WatchedFolder {
    static let sourcePrefix = "folder:"

    /// What the ledger calls the folder.
    var source: String { WatchedFolder.sourcePrefix + name }

    /// Where refused files' copies go: the folder named for it, or `rejected` beside this one.
    var rejectedFolder: URL {
        rejected.map { URL(filePath: $0) }
            ?? URL(filePath: path).deletingLastPathComponent().appending(path: "rejected")
    }
}

/// What a folder watch writes into the ledger.
extension Intake {
    /// The files of the folder that the ledger has as waiting.
    func waitingArrivals(in folder: WatchedFolder) async throws -> [Arrival] {
        try await store.read { try $0.arrivals(verdict: .waiting, source: folder.source, limit: .max) }
    }

    /// Enters a file that waits in the folder, or sees it again; gives its arrival's identifier.
    func recordSighting(name: String, size: Int64?, in folder: WatchedFolder) async throws -> String {
        let arrival = newArrival(name: name, size: size, in: folder)
        return try await store.write { try $0.recordArrival(arrival).id }
    }

    /// Notes why a file still waits; one that does not wait any more is left alone.
    func recordWaiting(_ arrivalID: String, size: Int64, detail: String) async throws {
        let now = clock()
        try await store.write { transaction in
            guard var arrival = try transaction.arrival(arrivalID), arrival.verdict == .waiting else { return }
            arrival.size = size
            arrival.detail = detail
            arrival.lastSeenAt = now
            try transaction.recordArrival(arrival)
        }
    }

    /// Notes that a waiting file has gone without being taken.
    func recordVanished(_ arrivalID: String) async throws {
        let now = clock()
        try await store.write { transaction in
            guard let arrival = try transaction.arrival(arrivalID), arrival.verdict == .waiting else { return }
            let detail = "It was gone from the folder before it could be taken."
            try transaction.settle(arrival, .vanished, detail: detail, at: now)
        }
    }

    /// Notes something that is no file and stays where it is; once, also when the service is started again.
    func refuseInPlace(name: String, look: FileLook, in folder: WatchedFolder, sentence: String) async throws {
        let arrival = newArrival(name: name, size: look.size, in: folder)
        let now = clock()
        try await store.write { transaction in
            let earlier = try transaction.arrivals(verdict: .quarantined, source: folder.source, limit: .max)
            if earlier.contains(where: { $0.path == arrival.path && $0.sha256 == nil }) { return }
            let recorded = try transaction.recordArrival(arrival)
            try transaction.settle(recorded, .quarantined, detail: sentence, at: now)
        }
    }

    /// Brings a claimed file into custody and settles its arrival; doing it again changes nothing.
    ///
    /// The claimed file itself stays: it is removed when this has returned.
    func take(_ claim: Claim, from folder: WatchedFolder, refusal: String?) async throws {
        let file = URL(filePath: claim.path)
        let sha256 = try await Originals.sha256(ofFile: file)
        try await store.originals.put(contentsOf: file, sha256: sha256, leavingSource: true)
        let (start, size) = try Intake.start(of: claim.path)
        let now = clock()
        let unknown = Arrival(
            id: claim.arrivalID, source: folder.source, name: claim.name, path: claim.path,
            size: size, firstSeenAt: now, correlationID: Identifier.make(at: now), facility: folder.facility)
        try await store.write { transaction in
            // A claim that the ledger does not know was made under another store.
            let arrival = try transaction.arrival(claim.arrivalID) ?? transaction.recordArrival(unknown)
            let receipt = Receipt(
                arrival: arrival, sha256: sha256, size: size, mediaType: Intake.mediaType(of: start), refusal: refusal)
            _ = try receipt.settle(in: transaction, at: now)
        }
        bell.ring()
    }

    private static func start(of path: String) throws(ServiceError) -> (start: Data, size: Int64) {
        let file = try OpenFile(reading: path)
        return (try file.read(upTo: FileKind.prefixBytes), try file.look().size)
    }

    private func newArrival(name: String, size: Int64?, in folder: WatchedFolder) -> Arrival {
        let now = clock()
        return Arrival(
            id: Identifier.make(at: now), source: folder.source, name: name, path: "\(folder.path)/\(name)", size: size,
            firstSeenAt: now, correlationID: Identifier.make(at: now), facility: folder.facility)
    }
}

extension Transaction {
    /// Settles an arrival of which no bytes were taken, with its audit entry.
    fileprivate func settle(_ arrival: Arrival, _ verdict: ArrivalVerdict, detail: String, at now: Date) throws {
        try settleArrival(arrival.id, verdict, detail: detail, at: now)
        try audit(
            actor: "intake", action: "arrival.\(verdict.rawValue)", subject: arrival.id,
            detail: ["source": arrival.source, "name": arrival.name, "detail": detail],
            correlationID: arrival.correlationID, at: now)
    }
}
