import Actions
import Foundation
import Logging
import Records
import ServiceLifecycle

/// Looks from time to time which 835 files are to be written.
///
/// Each file is one transaction, with its number and its delivery: however many processes look, and whenever one is
/// killed, each payment is in one file and no number is left out.
package struct RemittanceSweep: ServiceLifecycle.Service {
    private static let pauseSeconds = 30.0

    private let context: ServiceContext

    package init(context: ServiceContext) { self.context = context }

    package func run() async throws {
        while !Task.isShuttingDownGracefully && !Task.isCancelled {
            await sweep()
            try? await cancelWhenGracefulShutdown {
                try await Task.sleep(for: .seconds(RemittanceSweep.pauseSeconds))
            }
        }
    }

    /// Writes every file that is due.
    package func sweep() async {
        for settings in context.remittanceSettings {
            do {
                let batcher = RemittanceBatcher(store: context.store, settings: settings)
                let lateCount = try await batcher.judgePapers(at: context.clock())
                if lateCount > 0 {
                    context.logger.warning(
                        "remittance.incomplete",
                        metadata: ["action.connector": "\(settings.name)", "remittance.papers": "\(lateCount)"])
                }
                let batches = try await batcher.closeDue(at: context.clock())
                for batch in batches {
                    context.logger.info(
                        "remittance.written",
                        metadata: ["remittance.file": "\(batch.fileName)", "remittance.sets": "\(batch.setCount)"])
                }
            } catch {
                context.logger.error(
                    "The 835 files could not be written.",
                    metadata: ["action.connector": "\(settings.name)", "error": "\(error)"])
            }
        }
    }
}

extension ServiceContext {
    /// The connectors that write 835 files, by name.
    var remittanceSettings: [RemittanceSettings] {
        actionRules.connectors.values.compactMap { ($0 as? RemittanceConnector)?.settings }.sorted { $0.name < $1.name }
    }
}
