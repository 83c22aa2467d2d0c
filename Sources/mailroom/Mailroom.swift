import ArgumentParser

@main
struct Mailroom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailroom", abstract: "Reads the paper that payers still send.",
        subcommands: [ReaderCommand.self])
}
