import ArgumentParser
import Foundation
import Reading

/// Where the program begins.
@main
enum Program {
    /// A reader process walls itself in before a second thread exists; every other command runs on Swift's threads.
    static func main() {
        if CommandLine.arguments.dropFirst().first == Mailroom.readerCommand { ReaderProcess.run() }
        Task {
            await Mailroom.main()
            exit(EXIT_SUCCESS)
        }
        dispatchMain()
    }
}

/// The command line; each command has a file of its own.
struct Mailroom: AsyncParsableCommand {
    /// What the service calls the program with, to parse untrusted files in a process of its own.
    fileprivate static let readerCommand = "reader"

    static let configuration = CommandConfiguration(
        commandName: "mailroom",
        abstract: "Reads the paper that payers still send: remittances, letters, authorization forms.",
        discussion: ExitCode.table,
        subcommands: [
            ProcessCommand.self,
            LearnCommand.self,
            MemoryCommand.self,
            ServeCommand.self,
            CorpusCommand.self,
            TrainCommand.self,
            EvaluateCommand.self,
            ModelCommand.self,
            ExamplesCommand.self,
            ImportCommand.self,
            RemittancesCommand.self,
            DenialsCommand.self,
            PolicyCommand.self,
            ApprovalsCommand.self,
            ActionsCommand.self,
            RecallCommand.self,
            AuditCommand.self,
            UserCommand.self,
            KeyCommand.self,
            DoctorCommand.self,
        ])
}
