import Foundation
import Service
import TestSupport

/// An empty store and a copy of the shipped settings, of which one file is another at each start of the service.
struct FreshHouse {
    private let root: TemporaryFolder
    private let settings: ServiceSettings
    private let config: URL

    init() throws {
        root = try TemporaryFolder()
        var settings = ServiceSettings()
        settings.store = root.url.appending(path: "store").path
        settings.folders = []
        self.settings = settings
        config = root.url.appending(path: "config")
        try FileManager.default.copyItem(at: packageFolder.appending(path: "Config"), to: config)
    }

    /// Starts the service with `text` in the file `name`; its store is to be closed before the next start.
    func start(with text: String, in name: String) async throws -> MailroomService {
        try Data(text.utf8).write(to: config.appending(path: name))
        return try await PipelineHouse.build(settings, config: config)
    }
}
