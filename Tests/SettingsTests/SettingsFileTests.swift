import Settings
import Testing

@Suite struct SettingsFileTests {
    private struct Example: Codable, Sendable {
        var name: String
        var limits: [Limit]
        var note: String?
        struct Limit: Codable, Sendable { var pages: Int }
    }

    private func problem(_ text: String) -> SettingsError? {
        do {
            _ = try SettingsFile<Example>(text: text, path: "settings.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test func knownKeysAreDecoded() throws {
        let file = try SettingsFile<Example>(text: "name: a\nlimits:\n  - pages: 3\n", path: "settings.yaml")
        #expect(file.content.limits.map(\.pages) == [3])
    }

    @Test func anUnknownKeyIsRefusedWithItsLine() {
        let error = problem("name: a\nlimits:\n  - pages: 3\n    pagse: 4\n")
        #expect(error?.line == 4)
        #expect(error?.problem.contains("limits.0.pagse") == true)
    }

    @Test func aMissingKeyIsNamed() {
        #expect(problem("limits: []\n")?.problem == "The key 'name' is missing. Add it.")
    }

    @Test func aWrongTypeNamesTheLine() {
        let error = problem("name: a\nlimits:\n  - pages: many\n")
        #expect(error?.line == 3)
    }

    @Test func brokenYAMLIsSaidToBeNoYAML() {
        #expect(problem("name: [a\n")?.problem.hasPrefix("This is not YAML") == true)
    }

    @Test func aRuleOfTheCallerGetsTheLineOfItsKey() throws {
        let file = try SettingsFile<Example>(text: "name: a\nlimits:\n  - pages: -3\n", path: "settings.yaml")
        #expect(file.error(at: ["limits", "0", "pages"], "negative").description == "settings.yaml:3: negative")
    }
}
