package import Foundation
package import Settings

/// The codes that were ever published, active or not: old letters print old codes.
package struct CodeLists: Hashable, Sendable {
    /// Claim Adjustment Reason Codes.
    let reasons: Set<String>
    /// Remittance Advice Remark Codes.
    let remarks: Set<String>

    package init(reasons: Set<String>, remarks: Set<String>) {
        self.reasons = reasons
        self.remarks = remarks
    }

    /// Reads `carc.txt` and `rarc.txt` in `folder`: one code a line, comments behind `//`.
    package init(folder: URL) throws(SettingsError) {
        reasons = try CodeLists.codes(in: folder.appending(path: "carc.txt"))
        remarks = try CodeLists.codes(in: folder.appending(path: "rarc.txt"))
    }

    private static func codes(in file: URL) throws(SettingsError) -> Set<String> {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw SettingsError(
                file: file.path,
                problem: "The list of codes cannot be read. Put it back from the installation: one code a line.")
        }
        return Set(text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("//") })
    }
}
