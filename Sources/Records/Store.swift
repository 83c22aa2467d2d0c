package import Foundation

/// Everything that Mailroom remembers: a database, and beside it the files' own bytes and their page images.
package struct Store: Sendable {
    package let folder: URL
    /// The files' bytes and page images.
    package let originals: Originals
    private let driver: any SQLDriver
    private let presence: StorePresence

    /// Opens the store in `folder` with an embedded database, making both when there are none.
    ///
    /// Any number of processes may open the same store. Throws `newerStore` when a newer version of the program made it.
    package static func open(folder: URL, at now: Date = Date()) async throws -> Store {
        try await Store(folder: folder, at: now) { try SQLiteDriver(file: folder.appending(path: "mailroom.sqlite")) }
    }

    /// Brings the driver's database up to date and joins it with the files in `folder`.
    package init(driver: any SQLDriver, folder: URL, at now: Date = Date()) async throws {
        try await self.init(folder: folder, at: now) { driver }
    }

    private init(
        folder: URL, at now: Date, driver makeDriver: @escaping @Sendable () throws -> any SQLDriver
    ) async throws {
        let (driver, presence) = try await BlockingWork.run {
            try DurableFile.makeFolder(folder)
            return try StorePresence.begin(in: folder, opening: makeDriver)
        }
        self.folder = folder
        self.driver = driver
        self.presence = presence
        self.originals = Originals(folder: folder)
        try await Migration.run(Migration.all, on: driver, at: now)
        while try await write({ try $0.keepMissingKeys(limit: Store.keyBatch) }) == Store.keyBatch {}
    }

    /// How many documents get keys that they lack in one transaction, so that others are not kept waiting.
    private static let keyBatch = 200

    /// Runs `body` in one transaction: all that it writes is kept, durably, or nothing when it throws.
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await driver.write { try body(Transaction($0)) }
    }

    /// Runs `body`, which only reads, on one state of the store.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await driver.read { try body(Transaction($0)) }
    }

    /// Closes the database and leaves the folder to others; the store must not be used afterwards.
    package func close() async throws {
        try await driver.close()
        presence.end()
    }
}
