import Foundation
import TestSupport
import Testing

/// `mailroom import accounts` and `mailroom process --accounts` as their user runs them.
@Suite struct ImportCommandTests {
    private let list = """
        Account Number,Patient Name,Birth Date
        40017723,"SMITH, JOHN A",1961-05-04
        40017724,"DOE, JANE",1988-13-13

        """

    @Test func accountsGoIntoTheStoreAndBadRowsAreNamed() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "accounts.csv")
        try Data(list.utf8).write(to: file)
        let store = folder.url.appending(path: "store")
        let none = try await runMailroom(["import", "accounts", file.path, "--store", store.path])
        #expect(none.status == 64)
        #expect(none.standardError.contains("There is no store at"))
        try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
        let first = try await runMailroom(["import", "accounts", file.path, "--store", store.path])
        #expect(first.status == 2)
        #expect(first.standardOutput == "1 accounts added, 0 changed, 0 unchanged, 0 closed; 1 are open.\n")
        #expect(first.standardError.contains("accounts.csv, line 3: column 'Birth Date': the value is no day"))
        #expect(!first.standardError.contains("1988"))
        let second = try await runMailroom(["import", "accounts", file.path, "--store", store.path, "--replace"])
        #expect(second.standardOutput.hasPrefix("0 accounts added, 0 changed, 1 unchanged, 0 closed"))
        #expect(second.standardError.contains("No account was closed"))
        let audit = try await runMailroom(["audit", "show", "accounts", "--store", store.path])
        #expect(audit.standardOutput.contains("Accounts imported."))
        let forced = try await runMailroom(["import", "accounts", file.path, "--store", store.path, "--force"])
        #expect(forced.status == 64)
        #expect(forced.standardError.contains("--force goes with --replace"))
    }

    @Test func contractsAreTakenWholeOrWithTheirWrongLinesNotAtAll() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "contracts.csv")
        let store = folder.url.appending(path: "store")
        try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
        func run(_ rows: [String], _ more: String...) async throws -> ProgramRun {
            try Data(("payer,cpt,allowed,from\n" + rows.joined(separator: "\n") + "\n").utf8).write(to: file)
            return try await runMailroom(["import", "contracts", file.path, "--store", store.path] + more)
        }
        let good = ["Acme Inc.,99213,110.00,2026-01-01", "Zenith <Mutual>,99213,90.00,2026-01-01"]
        let first = try await run(good)
        #expect(first.status == 0, "\(first.standardError)")
        #expect(
            first.standardOutput
                == "Rates taken: 2, of payers: 2, in place of former ones: 0. Rates in all: 2.\n")
        let wrong = try await run(["ACME,99214,120.00,2026-01-01", "ACME,9921,1.00,2026-01-01", "ACME,99215,-1,soon"])
        #expect(wrong.status == 64)
        #expect(wrong.standardError.contains("No contract was taken, for 2 rows are wrong."))
        #expect(wrong.standardError.contains("Line 3: column 'procedure_code': '9921' is no CPT or HCPCS code."))
        #expect(wrong.standardError.contains("Line 4: column 'allowed_amount'"))
        // What was known of the payer is replaced, under whichever spelling; then that of all.
        let second = try await run(["ACME,99214,120.00,2026-01-01"])
        #expect(second.standardOutput.hasSuffix("in place of former ones: 1. Rates in all: 2.\n"))
        let all = try await run(["ACME,99214,125.00,2026-01-01"], "--replace")
        #expect(all.standardOutput.hasSuffix("in place of former ones: 2. Rates in all: 1.\n"))
        let audit = try await runMailroom(["audit", "show", "contracts", "--store", store.path])
        #expect(audit.standardOutput.matches(of: /Contracts imported|contracts.imported/).count == 3)
        try FileManager.default.removeItem(at: file)
        let absent = try await runMailroom(["import", "contracts", file.path, "--store", store.path])
        #expect(absent.status == 64 && absent.standardError.contains("cannot be read. Name a file"))
    }

    @Test func aFileIsMatchedWithoutAStore() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "accounts.csv")
        try Data(list.utf8).write(to: file)
        let sample = packageFolder.appending(path: "Corpus/samples/000022.pdf").path
        let run = try await runMailroom(["process", sample, "--accounts", file.path])
        #expect(run.status == 0)
        #expect(run.standardError.contains("line 3"))
        #expect(run.standardOutput.contains("\"no_account\""))
        #expect(!run.standardOutput.contains("\"account_match\""))
        let absent = try await runMailroom(["process", sample, "--accounts", "\(folder.url.path)/absent.csv"])
        #expect(absent.status == 64)
        #expect(absent.standardError.contains("cannot be read"))
    }
}
