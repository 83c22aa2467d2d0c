package import Foundation
package import Records
package import Settings

/// A text under `Config` that says who may decide what, and that it takes two people to change: `Policy`,
/// `ApprovalMatrix`.
///
/// `GovernedShelf` finds it when the service starts, `GovernedDesk` has it proposed and confirmed, `InService` is where the
/// service reads it.
package protocol Governed: Sendable {
    /// What its text is checked against.
    associatedtype Ground: Sendable

    static var kind: GovernedKind { get }

    /// SHA-256 of its text: what decisions call it.
    var hash: String { get }

    static func hash(of text: String) -> String

    /// The text of the file at `path`; throws when it cannot be read.
    static func text(path: String) throws(SettingsError) -> String

    /// Checks a text as a whole; `path` is only what problems call it.
    static func check(_ text: String, path: String, on ground: Ground) -> GovernedCheck<Self>

    static func ground(of context: ServiceContext) -> Ground

    /// Where the service reads the one that decides now.
    static func inService(_ context: ServiceContext) -> InService<Self>

    /// Why it may not come into service in the house as it is now, as sentences; none when it may.
    func lockedOut(in transaction: Transaction, _ context: ServiceContext, at now: Date) throws -> [String]

    /// What it would change in the place of `former`, tried on what came, in words and tables.
    ///
    /// - Parameter differences: the settings that are said otherwise.
    func report(
        against former: Self, _ differences: [SettingsDifference], _ context: ServiceContext
    ) async throws -> String
}

/// What checking a text as a whole found.
package struct GovernedCheck<Value: Sendable>: Sendable {
    /// Nil while there is a problem.
    package let value: Value?
    /// Everything that is wrong, in the order of the lines.
    package let problems: [SettingsError]
    /// What does no harm, and is hardly meant.
    package let warnings: [SettingsError]
}
