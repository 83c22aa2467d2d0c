import Foundation
import Records

extension StepWork {
    /// Gives a refused file back to people: a copy in the folder `rejected`, and beside it why.
    ///
    /// The original stays in custody.
    func reject() async throws {
        let arrivalID = step.subject
        guard let arrival = try await context.store.read({ try $0.arrival(arrivalID) }), let sha256 = arrival.sha256,
            let folder = context.settings.folders.first(where: { $0.source == arrival.source })
        else { return try await complete() }
        let file = try await context.store.read { try $0.file(sha256) }
        let reason = file?.detail ?? arrival.detail ?? "It cannot be read."
        let bytes = try await context.store.originals.bytes(of: sha256)
        try Rejection(arrival: arrival, reason: reason, folder: folder.rejectedFolder).write(bytes)
        try await complete()
    }
}

/// A refused file on its way back to the people who sent it.
struct Rejection {
    let arrival: Arrival
    let reason: String
    let folder: URL

    /// Writes the reason, then the copy; written again after a crash, the same two files come out.
    func write(_ bytes: Data) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let name = freeName()
        try Data(note.utf8).write(to: reasonFile(of: name), options: .atomic)
        try bytes.write(to: folder.appending(path: name), options: .atomic)
    }

    private var signature: String { "Arrival \(arrival.id)\n" }

    private var note: String {
        """
        \(arrival.name)
        \(reason)
        Arrived \(arrival.firstSeenAt.formatted(.iso8601)). The original is in Mailroom's custody.
        \(signature)
        """
    }

    /// The file's own name; with the arrival's identifier before it when another refused file has the name, or when its
    /// reason's name would be too long for a file system.
    private func freeName() -> String {
        guard arrival.name.utf8.count <= 200 else { return "\(arrival.id)-\(arrival.name.suffix(40))" }
        let isFree = ![folder.appending(path: arrival.name), reasonFile(of: arrival.name)].contains {
            FileManager.default.fileExists(atPath: $0.path)
        }
        let found = try? String(contentsOf: reasonFile(of: arrival.name), encoding: .utf8)
        return isFree || found?.hasSuffix(signature) == true ? arrival.name : "\(arrival.id)-\(arrival.name)"
    }

    private func reasonFile(of name: String) -> URL { folder.appending(path: "\(name).reason.txt") }
}
