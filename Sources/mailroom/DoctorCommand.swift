import ArgumentParser
import Foundation
import Governance
import Reading
import Service
import Settings
import Understanding

/// `mailroom doctor`: what is installed, what is missing, and how to get it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Says what is installed, what is missing, and how to get it.")

    func run() async throws {
        var healthy = true
        for finding in await findings() {
            print(
                "\(finding.problem == nil ? "ok  " : finding.isNeeded ? "FAIL" : "note")  \(finding.subject)\(finding.problem.map { ": \($0)" } ?? "")"
            )
            if finding.problem != nil, finding.isNeeded { healthy = false }
        }
        guard healthy else { throw ExitCode.cannotStart }
    }

    private struct Finding {
        var subject: String
        var problem: String?
        var isNeeded = true
    }

    private func findings() async -> [Finding] {
        var findings: [Finding] = []
        let installation: Installation
        do {
            installation = try Installation.locate()
            findings.append(Finding(subject: "installation at \(installation.home.path)"))
        } catch {
            return [Finding(subject: "installation", problem: "\(error)")]
        }
        findings.append(
            finding("configuration, model and policy") {
                _ = try FileReader(installation: installation, readerCount: 1)
            })
        findings += ["eng", "osd"].map(languageModel)
        findings.append(
            Finding(subject: "second reading engine", problem: EngineFolder.problem(), isNeeded: false))
        findings.append(await readerFinding())
        findings.append(wallFinding())
        findings.append(webhookFinding())
        findings += await signInFindings(installation)
        findings.append(diskFinding(installation.home))
        return findings
    }

    private func finding(_ subject: String, _ check: () throws -> Void) -> Finding {
        do {
            try check()
            return Finding(subject: subject)
        } catch {
            return Finding(subject: subject, problem: "\(error)")
        }
    }

    private func languageModel(_ name: String) -> Finding {
        let folders = [ProcessInfo.processInfo.environment["TESSDATA_PREFIX"], "/usr/share/tesseract-ocr/5/tessdata"]
            .compactMap(\.self)
        let found = folders.contains { FileManager.default.fileExists(atPath: "\($0)/\(name).traineddata") }
        return Finding(
            subject: "Tesseract's \(name) data",
            problem: found
                ? nil : "not in \(folders.joined(separator: " or ")). Install it: apt-get install tesseract-ocr-\(name)"
        )
    }

    /// Really starts a reader and reads a page: libraries that do not load are found here.
    private func readerFinding() async -> Finding {
        let subject = "reader process"
        do {
            let pool = ReaderPool(executable: try Executable.current(), processCount: 1, limits: ReaderLimits())
            let page = Data(base64Encoded: DoctorCommand.onePixelPNG) ?? Data()
            _ = try await pool.read(page, wantImages: false, pages: nil) { _ in }
            await pool.close()
            return Finding(subject: subject)
        } catch {
            return Finding(subject: subject, problem: "\(error)")
        }
    }

    /// A reader without Landlock may open files for reading; it can write to none and send nothing anywhere.
    private func wallFinding() -> Finding {
        Finding(
            subject: "readers' wall",
            problem: FileAccess.landlockVersion > 0
                ? nil
                : "this kernel has no Landlock, so a reader process that a file takes over can read other files, though write none and send nothing. Use Linux 5.13 or later with landlock among its security modules.",
            isNeeded: false)
    }

    private func webhookFinding() -> Finding {
        let isSet = ProcessInfo.processInfo.environment["MAILROOM_WEBHOOK_URL"] != nil
        return Finding(
            subject: "webhook",
            problem: isSet
                ? nil : "MAILROOM_WEBHOOK_URL is not set, so the shipped rule of Config/actions.yaml sends nothing.",
            isNeeded: false)
    }

    /// Asks the OpenID provider for its description and keys; nothing when people sign in with passwords alone.
    private func signInFindings(_ installation: Installation) async -> [Finding] {
        let file = installation.config.appending(path: "service.yaml").path
        guard let settings = try? ServiceSettings.load(path: file), let openID = settings.openID else { return [] }
        let subject = "OpenID provider \(openID.issuer)"
        do {
            let signIn = try OpenIDSignIn(settings, environment: ProcessInfo.processInfo.environment)
            return [Finding(subject: subject, problem: await signIn?.problem())]
        } catch {
            return [Finding(subject: subject, problem: "\(error)")]
        }
    }

    private func diskFinding(_ home: URL) -> Finding {
        let values = try? FileManager.default.attributesOfFileSystem(forPath: home.path)
        let free = (values?[.systemFreeSize] as? NSNumber)?.int64Value ?? .max
        let freeGibibytes = free / (1 << 30)
        return Finding(
            subject: "disk",
            problem: freeGibibytes >= 2
                ? nil : "only \(freeGibibytes) GiB are free; custody keeps every file that arrives. Make room.",
            isNeeded: false)
    }

    private static let onePixelPNG =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg=="
}
