import Foundation
import Service
import Settings
import TestSupport
import Testing

@Suite struct ServiceSettingsTests {
    @Test func theShippedFileSaysTheDefaults() throws {
        let shipped = try ServiceSettings.load(path: packageFolder.appending(path: "Config/service.yaml").path)
        var defaults = ServiceSettings()
        defaults.folders[0].rejected = "var/rejected"
        #expect(shipped == defaults)
    }

    @Test(arguments: [
        ("folders:\n  - name: Mail Slot\n    path: inbox\n", 2, "folders.0.name"),
        ("listen:\n  port: 70000\n", 2, "listen.port"),
        ("intake:\n  quiet_seconds: 20\n  patience_seconds: 2\n", 3, "intake.patience_seconds"),
        ("external_url: mailroom.example.org\n", 1, "external_url"),
        ("inbox: here\n", 1, "inbox"),
        ("folders:\n  - name: mail\n    path: inbox\n    facility: North Wing\n", 4, "folders.0.facility"),
        ("openid:\n  issuer: http://login.example.org\n  client_id: m\n  roles: []\n", 2, "openid.issuer"),
        ("openid:\n  issuer: https://login.example.org\n  client_id: m\n  roles: []\n", 4, "openid.roles"),
        (
            "openid:\n  issuer: https://login.example.org\n  client_id: m\n  roles:\n    - {group: a, role: reviewer}\n",
            1, "external_url"
        ),
    ])
    func whatIsOutOfRangeOrUnknownIsRefusedWithItsLine(text: String, line: Int, key: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "service.yaml")
        try Data(text.utf8).write(to: file)
        let error = #expect(throws: SettingsError.self) { try ServiceSettings.load(path: file.path) }
        #expect(error?.line == line)
        #expect(error?.problem.contains(key) == true)
    }

    @Test func pathsAreTakenFromTheInstallation() {
        var settings = ServiceSettings()
        settings.store = "/srv/store"
        let resolved = settings.resolved(against: URL(filePath: "/opt/mailroom"))
        #expect(resolved.store == "/srv/store")
        #expect(resolved.folders.map(\.path) == ["/opt/mailroom/var/inbox"])
    }
}
