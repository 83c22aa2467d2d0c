import Foundation
package import Governance
import Records

/// `openid` in `Config/service.yaml`: the provider through which people sign in (OpenID Connect Core 1.0).
package struct OpenIDSettings: Hashable, Sendable {
    /// The provider's own name, an address; its description is at `/.well-known/openid-configuration` below it.
    package var issuer: String
    /// The name under which the provider knows Mailroom.
    package var clientID: String
    /// The environment variable that holds the client's secret; nil for a client without one.
    package var clientSecretVariable: String?
    /// What the button on the sign-in page calls the provider; nil: the issuer's host.
    package var title: String?
    package var scopes = ["openid", "profile"]
    /// The claim from which a new person's name is made.
    package var nameClaim = "preferred_username"
    /// The claim with the person's groups; points lead into claims that have parts: `realm_access.roles`.
    package var groupsClaim = "groups"
    /// Which group has which role; the first that a person is in counts.
    package var roles: [GroupRole]
    /// Whether people may still sign in with passwords of their own.
    package var allowsPasswords = true

    package init(issuer: String, clientID: String, roles: [GroupRole]) {
        self.issuer = issuer
        self.clientID = clientID
        self.roles = roles
    }

    /// What being in a group gives a person here.
    package struct GroupRole: Codable, Hashable, Sendable {
        package var group: String
        package var role: Role
        /// The only queues that the person works; nil: what was set by hand stands, for a new person every one.
        package var queues: [String]?
        /// The only facilities whose mail the person sees; nil: what was set by hand stands, for a new person every one.
        package var facilities: [String]?

        package init(group: String, role: Role, queues: [String]? = nil, facilities: [String]? = nil) {
            self.group = group
            self.role = role
            self.queues = queues
            self.facilities = facilities
        }

        /// What somebody in the group is limited to who was limited to `former` before.
        func reach(instead former: Reach) -> Reach {
            Reach(
                queues: queues.map { Set($0) } ?? former.queues,
                facilities: facilities.map { Set($0) } ?? former.facilities)
        }
    }

    /// What a person in `groups` may; nil when none of them has a role.
    func role(of groups: [String]) -> GroupRole? { roles.first { groups.contains($0.group) } }

    var buttonTitle: String { title ?? URLComponents(string: issuer)?.host ?? issuer }

    /// The rules that the values break, as the keys below `openid` and a sentence.
    func problems() -> [(keys: [String], sentence: String)] {
        var problems: [(keys: [String], sentence: String)] = []
        func ask(_ holds: Bool, _ keys: String..., sentence: String) {
            if !holds { problems.append((keys, sentence)) }
        }
        ask(
            OpenIDAddress.isAllowed(issuer) && !issuer.contains("?") && !issuer.contains("#"), "issuer",
            sentence: "should be the provider's https address (http on this machine alone), without a query.")
        ask(!clientID.isEmpty, "client_id", sentence: "should be the name under which the provider knows Mailroom.")
        ask(
            clientSecretVariable.map { $0.wholeMatch(of: /[A-Z_][A-Z0-9_]*/) != nil } ?? true, "client_secret_variable",
            sentence:
                "should name an environment variable, as MAILROOM_OPENID_SECRET; the secret itself stays out of here.")
        ask(scopes.contains("openid"), "scopes", sentence: "should have 'openid' among them.")
        ask(!nameClaim.isEmpty, "name_claim", sentence: "should name a claim.")
        ask(!groupsClaim.isEmpty, "groups_claim", sentence: "should name a claim.")
        ask(!roles.isEmpty, "roles", sentence: "should give a role to one group at least: nobody could sign in.")
        for (index, given) in roles.enumerated() {
            ask(!given.group.isEmpty, "roles", "\(index)", "group", sentence: "should name a group.")
            ask(
                given.queues?.isEmpty != true, "roles", "\(index)", "queues",
                sentence: "should name a queue of policy.yaml at least, or be left out: no limit.")
            ask(
                given.facilities?.isEmpty != true, "roles", "\(index)", "facilities",
                sentence: "should name a facility at least, or be left out: no limit.")
            for name in given.facilities ?? [] {
                ask(
                    FacilityName.isProper(name), "roles", "\(index)", "facilities",
                    sentence: "'\(name)' is no name of a facility: \(FacilityName.rule)")
            }
        }
        return problems
    }
}

extension OpenIDSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case issuer
        case clientID = "client_id"
        case clientSecretVariable = "client_secret_variable"
        case title, scopes
        case nameClaim = "name_claim"
        case groupsClaim = "groups_claim"
        case roles
        case allowsPasswords = "allows_passwords"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            issuer: try container.decode(String.self, forKey: .issuer),
            clientID: try container.decode(String.self, forKey: .clientID),
            roles: try container.decode([GroupRole].self, forKey: .roles))
        clientSecretVariable = try container.decodeIfPresent(String.self, forKey: .clientSecretVariable)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        scopes = try container.decodeIfPresent([String].self, forKey: .scopes) ?? scopes
        nameClaim = try container.decodeIfPresent(String.self, forKey: .nameClaim) ?? nameClaim
        groupsClaim = try container.decodeIfPresent(String.self, forKey: .groupsClaim) ?? groupsClaim
        allowsPasswords = try container.decodeIfPresent(Bool.self, forKey: .allowsPasswords) ?? allowsPasswords
    }
}
