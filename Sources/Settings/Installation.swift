package import Foundation

/// Where Mailroom's own files are: `Config`, `Models` and `Corpus` side by side in one folder.
package struct Installation: Hashable, Sendable {
    /// The folder that holds `Config`, `Models` and `Corpus`.
    package let home: URL

    package init(home: URL) { self.home = home }

    package var config: URL { home.appending(path: "Config") }
    package var models: URL { home.appending(path: "Models") }
    package var corpus: URL { home.appending(path: "Corpus") }

    /// Finds the installation: `MAILROOM_HOME`, else the nearest folder with `Config/document-types` at or above the
    /// working directory, else at or above the executable.
    package static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        workingDirectory: String = FileManager.default.currentDirectoryPath,
        executable: String = CommandLine.arguments.first ?? ""
    ) throws(SettingsError) -> Installation {
        if let home = environment["MAILROOM_HOME"] {
            let installation = Installation(home: URL(filePath: home))
            guard installation.isComplete else {
                throw SettingsError(
                    file: home,
                    problem: "MAILROOM_HOME names a folder without Config/document-types. Name Mailroom's own folder.")
            }
            return installation
        }
        let starts = [URL(filePath: workingDirectory), URL(filePath: executable).resolvingSymlinksInPath()]
        for start in starts {
            var folder = start.standardizedFileURL
            while folder.pathComponents.count > 1 {
                let installation = Installation(home: folder)
                if installation.isComplete { return installation }
                folder.deleteLastPathComponent()
            }
        }
        throw SettingsError(
            file: "Config/document-types",
            problem:
                "The folder is not at or above the working directory, nor above the program. Run in Mailroom's folder or set MAILROOM_HOME to it."
        )
    }

    private var isComplete: Bool {
        FileManager.default.fileExists(atPath: config.appending(path: "document-types").path)
    }
}
