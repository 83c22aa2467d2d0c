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

    /// What loading libraries and models may read: nothing of the service's, and no process but this one.
    private static let libraryPlaces = [
        "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime", "/lib", "/lib64", "/opt", "/proc/cpuinfo", "/proc/meminfo",
        "/proc/self", "/sys/devices/system", "/sys/fs/cgroup", "/usr/lib", "/usr/lib64", "/usr/local/lib",
        "/usr/local/share/fonts", "/usr/share", "/var/cache/fontconfig",
    ]

    /// Closes the file system but for libraries, fonts, recognition models and what tells of the processor.
    ///
    /// No new privileges must have been renounced before. False where the kernel has no Landlock.
    static func closeAllButLibraries() -> Bool {
        let models = [ProcessInfo.processInfo.environment["TESSDATA_PREFIX"], EngineFolder.locate()?.url.path]
        return closeAll(but: libraryPlaces + models.compactMap(\.self))
    }

    /// Closes the file system but for fonts and character maps; false where the kernel has no Landlock.
    static func closeAllButFonts() -> Bool { closeAll(but: fontFolders() + ["/usr/share/poppler"]) }

    /// Closes the file system to this thread and those that it starts.
    private static func closeAll(but places: [String]) -> Bool {
        let version = landlockVersion
        guard version > 0 else { return false }
        var attributes = handled(version: version)
        let ruleset = reader_landlock_create_ruleset(&attributes, MemoryLayout<UInt64>.size)
        guard ruleset >= 0 else { return false }
        defer { close(ruleset) }
        for place in places { allowReading(place, ruleset) }
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

    /// Leaves a file or folder readable; one that is not there is passed over.
    private static func allowReading(_ place: String, _ ruleset: Int32) {
        let descriptor = open(place, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        var rule = landlock_path_beneath_attr(
            allowed_access: isFolder ? readFile | readFolder : readFile, parent_fd: descriptor)
        _ = reader_landlock_add_path(ruleset, &rule)
    }
}
