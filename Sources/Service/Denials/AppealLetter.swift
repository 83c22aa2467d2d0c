import Documents
import Foundation
import Mustache
import Settings

/// The draft of an appeal: `Config/templates/appeal.txt`, a Mustache template that is plain text.
struct AppealLetter: Sendable {
    private let template: MustacheTemplate

    /// Throws when the file cannot be read or is no template.
    init(file: URL) throws(SettingsError) {
        let text = try SettingsFile<[String: String]>.text(path: file.path)
        do {
            template = try MustacheTemplate(string: text)
        } catch {
            throw SettingsError(file: file.path, problem: "The file is no Mustache template: \(error)")
        }
    }

    /// The letter with these values; what is nil is left out with what stands around it.
    func text(_ values: [String: String?]) -> String {
        template.render(values.compactMapValues(\.self), library: nil)
    }
}
