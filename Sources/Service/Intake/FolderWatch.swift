import Foundation
package import Logging
import ServiceLifecycle

/// Watches one folder and takes in each file that is whole; runs until the service stops.
///
/// The kernel's events only wake it: what counts is what the folder holds when it is looked through, so that a lost
/// event, an overflowed queue or a network share costs time and never a file.
package struct FolderWatch: ServiceLifecycle.Service {
    /// How often the event queue is emptied: the delay before a change is noticed.
    private static let tick = Duration.milliseconds(200)

    private let folder: WatchedFolder
    private let intake: Intake
    private let settings: IntakeSettings
    private let logger: Logger

    /// - Parameter folder: its path is absolute.
    package init(folder: WatchedFolder, intake: Intake, settings: IntakeSettings, logger: Logger) {
        self.folder = folder
        self.intake = intake
        self.settings = settings
        var logger = logger
        logger[metadataKey: "folder.name"] = "\(folder.name)"
        self.logger = logger
    }

    /// Makes the folder when it is not there, finishes what a killed service left, then watches.
    package func run() async throws {
        try await withTaskExecutorPreference(BlockingExecutor(label: "mailroom.folder.\(folder.name)")) {
            guard let lock = try await prepare() else { return }
            defer { withExtendedLifetime(lock) {} }
            var inbox = Inbox(folder: folder, intake: intake, settings: settings, logger: logger)
            while !Task.isShuttingDownGracefully && !Task.isCancelled {
                await inbox.turn()
                try? await Task.sleep(for: FolderWatch.tick)
            }
        }
    }

    /// Makes the folder and locks it, again and again for as long as the file system refuses.
    ///
    /// A share may not be mounted yet, say. Nil when the service stops before. Throws when another service watches the folder.
    private func prepare() async throws -> FolderLock? {
        let claims = URL(filePath: folder.path).appending(path: Claim.folderName)
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            do {
                try FileManager.default.createDirectory(at: claims, withIntermediateDirectories: true)
                return try FolderLock(claims, purpose: "watches")
            } catch let error as ServiceError where error.code == .alreadyRunning {
                throw error
            } catch {
                logger.error("The folder cannot be watched.", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(settings.sweepSeconds))
            }
        }
        return nil
    }
}
