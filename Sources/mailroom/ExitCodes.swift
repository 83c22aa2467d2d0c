import ArgumentParser

/// What the command's exit status says; `mailroom --help` prints the table.
extension ExitCode {
    /// Some of the files named, or of a file's rows, could not be read; the others were.
    static let someFilesFailed = ExitCode(2)
    /// A configuration file, a model or the store cannot be used as it is.
    static let cannotStart = ExitCode(3)
    /// The audit chain was altered.
    static let auditBroken = ExitCode(4)

    static let table = """
        EXIT STATUS
          0   done
          1   an error that a sentence on standard error explains
          2   some of the files named, or of a file's rows, could not be read; the others were
          3   a configuration file, a model or the store cannot be used as it is
          4   the audit chain was altered
          64  the command line is wrong
        """
}
