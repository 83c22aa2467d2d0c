/// What is wrong in a configuration file, where, and what to do.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's path as the operator would type it.
    package var file: String
    /// The line, from 1; nil when the whole file is meant.
    package var line: Int?
    /// A sentence that says what is wrong and what to write instead.
    package var problem: String

    package init(file: String, line: Int? = nil, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    package var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(problem)"
    }
}
