import ArgumentParser
import Reading

/// The sandboxed process that parses untrusted files; the service starts it, nobody else has a use for it.
struct ReaderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reader", abstract: "Parses pages for the service.", shouldDisplay: false)

    func run() { ReaderProcess.run() }
}
