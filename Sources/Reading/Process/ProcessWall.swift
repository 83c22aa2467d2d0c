import CPoppler
import CSeccomp

/// The wall between a reader process and the machine: untrusted bytes are parsed only behind it.
///
/// It renounces new privileges, closes the file system but for fonts (`FileAccess`) and leaves few system calls
/// (`SystemCallFilter`). Nothing takes it down again.
package enum ProcessWall {
    /// Closes the file system but for what libraries and models are loaded from; called before any of them starts a
    /// thread, since Landlock covers only the thread that asks for it and those that this one starts.
    package static func begin() {
        _ = reader_set_no_new_privileges()
        _ = FileAccess.closeAllButLibraries()
    }

    /// Raises the wall; called after `begin`, when libraries and models are loaded, before threads are started and files arrive.
    ///
    /// Without Landlock the file system stays readable, which `mailroom doctor` says; a kernel without seccomp filters
    /// gets no reader.
    package static func raise() throws(ReadingError) {
        warmUp()
        _ = FileAccess.closeAllButFonts()
        try SystemCallFilter.install()
    }

    /// Has libraries read now what they would read later from places that the wall closes.
    private static func warmUp() {
        // The configuration of fonts, which is else looked at again every thirty seconds.
        FcInit()
        FcConfigSetRescanInterval(nil, 0)
        // The conversions of PDF's strings and passwords; the C library drops those of which none is open.
        for set in ["ISO-8859-1", "UTF-16BE", "UTF-16LE", "UTF-16"] {
            _ = g_iconv_open("UTF-8", set)
            _ = g_iconv_open(set, "UTF-8")
        }
    }
}
