import Foundation
import Settings

/// The program itself, which readers run again as `mailroom reader`.
enum Executable {
    static func current() throws -> URL {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw SettingsError(
                file: "/proc/self/exe", problem: "The program's own file cannot be found: /proc must be mounted.")
        }
        return URL(filePath: path)
    }
}
