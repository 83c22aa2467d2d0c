import CPoppler
import CSeccomp

/// The wall between a reader process and the machine: untrusted bytes are parsed only behind it.
///
/// It renounces new privileges, closes the file system but for fonts (`FileAccess`) and leaves few system calls
/// (`SystemCallFilter`). Nothing takes it down again.
package enum ProcessWall {
    /// Raises the wall; called when libraries and models are loaded, before threads are started and files arrive.
    ///
    /// Without Landlock the file system stays readable, which `mailroom doctor` says; a kernel without seccomp filters
    /// gets no reader.
    package static func raise() throws(ReadingError) {
        warmUp()
        _ = reader_set_no_new_privileges()
        _ = FileAccess.closeAllButFonts()
        try SystemCallFilter.install()
    }

    /// Has libraries read now what they would read later from places that the wall closes.
    private static func warmUp() {
        // The configuration of fonts, which is else looked at again every thirty seconds.
        FcInit()
        FcConfigSetRescanInterval(nil, 0)
        // The conversion of strings in UTF-16, as PDF's form values and names are.
        let converted = g_convert("\0A", 2, "UTF-8", "UTF-16BE", nil, nil, nil)
        g_free(converted)
    }
}
