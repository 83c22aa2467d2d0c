import Documents
package import Foundation
package import Reading
package import Records

/// A file's way into custody, the same for a watched folder and for HTTP: bytes first, then one transaction for the
/// ledger, the file, its first step and the audit entry.
package struct Intake: Sendable {
    let store: Store
    package let limits: ReaderLimits
    let bell: WorkBell
    package let clock: @Sendable () -> Date

    package init(store: Store, limits: ReaderLimits, bell: WorkBell, clock: @escaping @Sendable () -> Date) {
        self.store = store
        self.limits = limits
        self.bell = bell
        self.clock = clock
    }

    /// What taking a file in gave.
    package struct TakenIn: Hashable, Sendable {
        package var fileSHA256: String
        /// The correlation id of the file: for a duplicate, that of its first arrival.
        package var correlationID: String
        /// The name under which the same bytes came first; nil when they are new.
        package var duplicateOf: String?
    }

    /// Takes in bytes that were handed over whole.
    ///
    /// - Parameters:
    ///   - name: what the sender calls the file; only its last part is kept.
    ///   - source: who handed it over, for the ledger: `http:KEYNAME`.
    ///   - facility: where it came to, if the sender says.
    /// - Throws: `ServiceError` with `emptyFile`, `fileTooLarge`, `unknownFileKind` or `tornFile` when it cannot be a
    ///   file that Mailroom reads; then nothing was taken.
    package func takeIn(
        _ data: Data, name: String, source: String, facility: String? = nil
    ) async throws -> TakenIn {
        try check(data)
        let now = clock()
        let sha256 = try await store.originals.put(data)
        let arrival = Arrival(
            id: Identifier.make(at: now), source: source, name: Intake.safeName(name), size: Int64(data.count),
            firstSeenAt: now, correlationID: Identifier.make(at: now), facility: facility)
        let receipt = Receipt(
            arrival: arrival, sha256: sha256, size: Int64(data.count),
            mediaType: Intake.mediaType(of: data.prefix(FileKind.prefixBytes)), refusal: nil)
        let taken = try await store.write { transaction in
            try transaction.recordArrival(arrival)
            return try receipt.settle(in: transaction, at: now)
        }
        bell.ring()
        return taken
    }

    private func check(_ data: Data) throws(ServiceError) {
        guard !data.isEmpty else { throw ServiceError(.emptyFile, "The file is empty. Send it again.") }
        guard data.count <= limits.fileBytesMax else {
            throw ServiceError(
                .fileTooLarge, Inspection.tooLarge(Int64(data.count), bytesMax: limits.fileBytesMax))
        }
        switch Inspection.finding(in: data) {
        case .torn(let sentence): throw ServiceError(.tornFile, "\(sentence) Send all of it.")
        case .unreadableKind(let sentence): throw ServiceError(.unknownFileKind, sentence)
        case .whole, .openForWriting, .failed: break
        }
    }

    static func mediaType(of start: Data) -> String {
        FileKind.sniff(start)?.mediaType ?? "application/octet-stream"
    }

    /// The last part of a path, without control characters, at most 255 bytes; `unnamed` when nothing is left.
    private static func safeName(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var safe = String(last.unicodeScalars.filter { $0.properties.generalCategory != .control })
        while safe.utf8.count > 255 { safe.removeLast() }
        return safe.isEmpty || safe == "." || safe == ".." ? "unnamed" : safe
    }
}
