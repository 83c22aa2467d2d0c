import Governance
import Logging
import Records
import Settings

extension GovernedDesk {
    /// Has what the file at `path` says proposed where it is another than that in service and was never proposed.
    ///
    /// The service goes on with the one in service, whatever is in the file: the log says in a sentence what was found.
    func takeUp(file path: String) async throws {
        do {
            let text = try Value.text(path: path)
            let hash = Value.hash(of: text)
            guard hash != Value.inService(context).current.hash else { return }
            if let known = try await context.store.read({ try $0.governed(Value.kind, hash: hash) }) {
                say(
                    "What the file says is not what is in service. It was proposed before: see its page.",
                    known.status.rawValue)
                return
            }
            _ = try await propose(
                text, because: "The file differs from the \(kind.noun) in service.",
                by: Succession.Voice(actor: kind.fileActor, isPerson: false))
            say(
                "What the file says is not what is in service, which goes on. It is proposed: see its page.", "proposed"
            )
        } catch let error as GovernanceError {
            say(
                "What the file says cannot take the place of what is in service, which goes on.",
                error.problems.first.map { "\($0.path): \($0.sentence)" } ?? error.description)
        } catch let error as SettingsError {
            say("The file cannot be read; what is in service goes on.", error.description)
        }
    }

    private func say(_ sentence: Logger.Message, _ what: String) {
        context.logger.warning(
            sentence,
            metadata: [
                "file": "\(kind.fileName)", "file.finding": "\(what)",
                "in_service.hash": "\(Value.inService(context).current.hash)",
            ])
    }
}
