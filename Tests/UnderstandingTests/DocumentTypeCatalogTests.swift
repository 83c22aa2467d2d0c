import Documents
import Foundation
import Settings
import Testing
import Understanding

@Suite("The catalog of document types")
struct DocumentTypeCatalogTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Config/document-types")

    @Test("The types that Mailroom ships load, with the fields of the document result")
    func shipped() throws {
        let catalog = try DocumentTypeCatalog(folder: Self.folder)
        #expect(
            catalog.types.map(\.name) == [
                "authorization_form", "eob", "financial_assistance_application", "invoice", "other", "payer_letter",
            ])
        #expect(catalog.hash.count == 64)
        let eob = try #require(catalog["eob"])
        #expect(eob.definition(at: "claims[3].service_lines[0].paid_amount")?.kind == .money)
        #expect(eob.definition(at: "payment_number")?.kind == .identifier)
        #expect(eob.definition(at: "provider_adjustments[0].amount")?.kind == .money)
        #expect(eob.definition(at: "claims[0].nothing") == nil)
    }

    @Test(
        "A file that breaks a rule is refused with its line",
        arguments: [
            ("name: a\ntitle: A\nfields:\n  - {name: x, title: X, kind: colour, labels: [x]}\n", 4, "colour"),
            (
                "name: a\ntitle: A\nfields:\n  - {name: x, title: X, kind: date, labels: [x]}\n"
                    + "  - {name: x, title: X, kind: date, labels: [y]}\n", 5, "twice"
            ),
            ("name: a\ntitle: A\nfields:\n  - {name: x, title: X, kind: date, labels: []}\n", 4, "No label"),
            ("name: a\ntitle: A\nfields:\n  - {name: x, title: X, kind: date}\n", 4, "No label"),
            ("name: a\ntitle: A\ncolour: red\n", 3, "colour"),
            ("name: b\ntitle: A\n", 1, "same name"),
            ("name: a\ntitle: A\nchecks:\n  - {name: date_sane, fields: [when]}\n", 4, "no field of this type"),
            ("name: a\ntitle: A\nchecks:\n  - {name: date_order}\n", 4, "wants 2 fields"),
            ("name: a\ntitle: A\nfields:\n  - {name: x, title: X, kind: choice, labels: [x]}\n", 4, "without options"),
            ("name: a\ntitle: A\nfields:\n  - {name: X y, title: X, kind: date, labels: [x]}\n", 4, "small letters"),
        ])
    func refused(yaml: String, line: Int, words: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "types-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(yaml.utf8).write(to: folder.appending(path: "a.yaml"))
        try Data("name: other\ntitle: Other\n".utf8).write(to: folder.appending(path: "other.yaml"))
        let error = try #require(throws: SettingsError.self) { try DocumentTypeCatalog(folder: folder) }
        #expect(error.line == line)
        #expect(error.description.contains(words))
    }

    @Test("A folder without types, or without 'other', is refused")
    func incomplete() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "types-\(UUID().uuidString)")
        #expect(throws: SettingsError.self) { try DocumentTypeCatalog(folder: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("name: a\ntitle: A\n".utf8).write(to: folder.appending(path: "a.yaml"))
        let error = try #require(throws: SettingsError.self) { try DocumentTypeCatalog(folder: folder) }
        #expect(error.problem.contains("other"))
    }
}
