package import Foundation

/// The `mailroom` program is not beside the tests.
package struct ExecutableMissing: Error, CustomStringConvertible {
    package let description: String
}

/// The `mailroom` program that was built together with the running tests.
///
/// A test target that calls this depends on the target `mailroom`, so that it is there.
package func mailroomExecutable() throws -> URL { try builtProgram("mailroom") }

/// A program that was built together with the running tests.
package func builtProgram(_ name: String) throws -> URL {
    let bundle = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    let running = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    var folders = [bundle.deletingLastPathComponent()]
    folders += Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
    if let running { folders.append(URL(filePath: running).deletingLastPathComponent()) }
    for argument in CommandLine.arguments where argument.contains(".xctest") {
        folders.append(URL(filePath: argument).deletingLastPathComponent())
    }
    for folder in folders {
        let candidate = folder.appending(path: name)
        if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw ExecutableMissing(
        description:
            "No program '\(name)' in \(folders.map(\.path)). Let the test target depend on it and build again.")
}
