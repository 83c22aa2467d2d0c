import ArgumentParser
import Foundation
import Records

/// The `--store` option, the same for every command that opens one.
struct StoreLocation: ParsableArguments {
    @Option(help: "The folder that holds the store.", completion: .directory)
    var store: String = "var/store"

    /// Opens the store, which must exist already: a command that only looks makes none.
    func open() async throws -> Store {
        guard FileManager.default.fileExists(atPath: store) else {
            throw ValidationError("There is no store at \(store). Name the folder that 'mailroom serve --store' uses.")
        }
        return try await Store.open(folder: URL(filePath: store))
    }
}
