import CPoppler
import CSeccomp
import Foundation

/// What a reader process may still open once its wall stands: fonts and character maps, for reading only.
///
/// Landlock (Linux 5.13) closes the rest of the file system. A PDF that embeds no fonts needs the machine's, and one in
/// Chinese, Japanese or Korean the character maps of `poppler-data`; which of them, only the page says.
package enum FileAccess {
    /// The version of Landlock that this machine's kernel offers; 0 when it offers none.
    package static var landlockVersion: Int { max(0, Int(reader_landlock_version())) }

    /// Every access that the first three versions of Landlock know: bits 0 to 12, then REFER, then TRUNCATE; the fifth
    /// adds device control.
    private static func handled(version: Int) -> UInt64 {
        switch version {
        case 1: 0x1FFF
        case 2: 0x3FFF
        case 3, 4: 0x7FFF
        default: 0xFFFF
        }
    }

    private static let readFile = UInt64(LANDLOCK_ACCESS_FS_READ_FILE)
    private static let readFolder = UInt64(LANDLOCK_ACCESS_FS_READ_DIR)

    /// Closes the file system to this thread and those that it starts; false where the kernel has no Landlock.
    ///
    /// No new privileges must have been renounced before.
    static func closeAllButFonts() -> Bool {
        let version = landlockVersion
        guard version > 0 else { return false }
        var attributes = handled(version: version)
        let ruleset = reader_landlock_create_ruleset(&attributes, MemoryLayout<UInt64>.size)
        guard ruleset >= 0 else { return false }
        defer { close(ruleset) }
        for folder in fontFolders() + ["/usr/share/poppler"] { allowReading(folder, ruleset) }
        return reader_landlock_restrict_self(ruleset) == 0
    }

    /// The folders in which the machine's fontconfig looks for fonts.
    private static func fontFolders() -> [String] {
        guard let folders = FcConfigGetFontDirs(nil) else { return [] }
        defer { FcStrListDone(folders) }
        var names: [String] = []
        while let name = FcStrListNext(folders) { names.append(String(cString: name)) }
        return names
    }

    /// Leaves a folder readable; one that is not there is passed over.
    private static func allowReading(_ folder: String, _ ruleset: Int32) {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var rule = landlock_path_beneath_attr(allowed_access: readFile | readFolder, parent_fd: descriptor)
        _ = reader_landlock_add_path(ruleset, &rule)
    }
}
