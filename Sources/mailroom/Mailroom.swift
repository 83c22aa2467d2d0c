import ArgumentParser

/// The command line; each command has a file of its own.
@main
struct Mailroom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailroom",
        abstract: "Reads the paper that payers still send: remittances, letters, authorization forms.",
        discussion: ExitCode.table,
        subcommands: [
            ProcessCommand.self,
            ServeCommand.self,
            CorpusCommand.self,
            TrainCommand.self,
            EvaluateCommand.self,
            AuditCommand.self,
            UserCommand.self,
            KeyCommand.self,
            DoctorCommand.self,
            ReaderCommand.self,
        ])
}
