import Documents
import Foundation
import Settings

/// Makes a matrix of its file and gathers everything that is wrong with it.
///
/// An amount or a place for which nobody has authority is a gap; it has to be meant, in words.
struct ApprovalMatrixReader {
    private static let nobody = "nobody"
    private static let hoursRange = 0.1...10_000.0
    private static let dollarsRange = 0.01...1_000_000_000.0
    private static let approverCountRange = 1...2

    let file: SettingsFile<ApprovalsFile>
    let policy: Policy
    private(set) var problems: [SettingsError]
    private(set) var warnings: [SettingsError] = []

    init(file: SettingsFile<ApprovalsFile>, policy: Policy, problems: [SettingsError]) {
        self.file = file
        self.policy = policy
        self.problems = problems
    }

    mutating func kinds() -> [ApprovalKind] {
        var kinds: [ApprovalKind] = []
        for (index, given) in (needed(file.content.kinds, at: ["kinds"]) ?? []).enumerated() {
            let place = ["kinds", "\(index)"]
            let title = needed(given.title, at: place + ["title"]) ?? ""
            guard let name = needed(given.name, at: place + ["name"]) else { continue }
            if name.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
                wrong(
                    at: place + ["name"], "'\(name)' cannot name a kind. Use lower-case letters, digits and '_'.")
            }
            if kinds.contains(where: { $0.name == name }) {
                wrong(
                    at: place + ["name"], "The kind '\(name)' is there twice. Rename one, or put their rows together.")
            }
            let kind = ApprovalKind(
                name: name, title: title, remindHours: hours(given.remindHours, at: place + ["remind_hours"]),
                expireHours: hours(given.expireHours, at: place + ["expire_hours"]),
                rows: rows(of: given, called: name, at: place))
            warnOfClimbsTooLate(kind, at: place)
            kinds.append(kind)
        }
        if file.content.kinds?.isEmpty == true {
            wrong(at: ["kinds"], "There is no kind of approval. Name one, such as refund.")
        }
        return kinds
    }

    // MARK: Rows

    private mutating func rows(
        of given: ApprovalsFile.Kind, called name: String, at place: [String]
    ) -> [AuthorityRow] {
        var rows: [AuthorityRow] = []
        for (index, entry) in (needed(given.authority, at: place + ["authority"]) ?? []).enumerated() {
            let place = place + ["authority", "\(index)"]
            let row = AuthorityRow(
                facilities: names(entry.facilities, at: place + ["facilities"]),
                costCentres: names(entry.costCentres, at: place + ["cost_centres"]),
                legalEntities: names(entry.legalEntities, at: place + ["legal_entities"]),
                bands: bands(of: entry, at: place))
            if let earlier = rows.firstIndex(where: { $0.covers(row) }) {
                warn(
                    at: place,
                    "This row can never count: row \(earlier + 1) takes all that it would. Move it up, or remove it.")
            }
            rows.append(row)
        }
        checkTheRest(of: given, rows, called: name, at: place)
        return rows
    }

    private mutating func checkTheRest(
        of given: ApprovalsFile.Kind, _ rows: [AuthorityRow], called name: String, at place: [String]
    ) {
        let isWhole = rows.contains { !$0.hasConditions }
        guard let otherwise = given.otherwise else {
            if !isWhole, given.authority != nil {
                wrong(
                    at: place + ["authority"],
                    "Nobody has authority for '\(name)' where no row holds. Add a row without conditions at the end, or 'otherwise: nobody'."
                )
            }
            return
        }
        if otherwise != ApprovalMatrixReader.nobody {
            wrong(at: place + ["otherwise"], "'otherwise' can only be nobody. Add a row without conditions instead.")
        } else if isWhole {
            wrong(
                at: place + ["otherwise"],
                "'otherwise: nobody' is never reached: a row without conditions takes all. Remove one of the two.")
        }
    }

    // MARK: Bands

    private mutating func bands(of entry: ApprovalsFile.Row, at place: [String]) -> [AuthorityBand] {
        let given = needed(entry.bands, at: place + ["bands"]) ?? []
        if given.isEmpty, entry.bands != nil {
            wrong(at: place + ["bands"], "The row names nobody. Add a band, or remove the row.")
        }
        var bands: [AuthorityBand] = []
        for (index, one) in given.enumerated() {
            let place = place + ["bands", "\(index)"]
            let band = band(one, isLast: index == given.count - 1, at: place)
            if let before = bands.last {
                if before.upTo == nil {
                    wrong(
                        at: place,
                        "This band is never reached: the one before it has no 'up_to'. Give that one a limit.")
                } else if let limit = band.upTo, let lower = before.upTo, limit <= lower {
                    wrong(
                        at: place + ["up_to"],
                        "The limit is not above that of the band before, \(lower.dollars). Order bands from the least up."
                    )
                }
            }
            bands.append(band)
        }
        checkAbove(entry, bands, at: place)
        return bands
    }

    private mutating func checkAbove(_ entry: ApprovalsFile.Row, _ bands: [AuthorityBand], at place: [String]) {
        let isOpen = bands.last?.upTo == nil
        switch entry.above {
        case nil:
            guard !isOpen, let limit = bands.last?.upTo else { return }
            wrong(
                at: place + ["bands"],
                "Nobody has authority above \(limit.dollars). Add a band without 'up_to', or 'above: nobody' to the row."
            )
        case ApprovalMatrixReader.nobody:
            if isOpen, !bands.isEmpty {
                wrong(
                    at: place + ["above"],
                    "'above: nobody' is never reached: the last band has no 'up_to'. Remove one of the two.")
            }
        default: wrong(at: place + ["above"], "'above' can only be nobody. Add a band without 'up_to' instead.")
        }
    }

    private mutating func band(
        _ given: ApprovalsFile.Band, isLast: Bool, at place: [String]
    ) -> AuthorityBand {
        let roles = roles(given.roles ?? [], at: place + ["roles"])
        let people = Set(given.people ?? [])
        if given.roles ?? [] == [], people.isEmpty {
            wrong(at: place, "The band names nobody. Add 'roles' or 'people'.")
        }
        let count = given.approvers ?? 1
        if !ApprovalMatrixReader.approverCountRange.contains(count) {
            wrong(at: place + ["approvers"], "'approvers' should be 1 or 2.")
        }
        if count == 2, roles.isEmpty, people.count == 1 {
            wrong(
                at: place + ["people"], "Two people have to approve, and the band names one. Name another, or a role.")
        }
        if isLast, given.climbHours != nil {
            wrong(
                at: place + ["climb_hours"], "There is no band above for it to climb to. Remove 'climb_hours' here.")
        }
        return AuthorityBand(
            upTo: amount(given.upTo, at: place + ["up_to"]), roles: roles, people: people, approverCount: count,
            climbHours: hours(given.climbHours, at: place + ["climb_hours"]))
    }

    private mutating func roles(_ words: [String], at place: [String]) -> Set<Role> {
        var roles: Set<Role> = []
        for (index, word) in words.enumerated() {
            let place = place + ["\(index)"]
            guard let role = Role(rawValue: word) else {
                let known = Role.allCases.map(\.rawValue).sorted().joined(separator: ", ")
                wrong(at: place, "The role '\(word)' is not known. Known are \(known).")
                continue
            }
            if role == .service {
                wrong(at: place, "A machine approves nothing. Name a role of people.")
            } else if !policy.permissions(of: role).contains(.decideApprovals) {
                // The policy in service changes by itself: a role gets and loses permissions while the matrix stays.
                warn(
                    at: place,
                    "The role '\(word)' lacks the permission 'decide_approvals': nobody of it may decide until policy gives it."
                )
            }
            roles.insert(role)
        }
        return roles
    }
}

// MARK: - Parts of the checks

extension ApprovalMatrixReader {
    private mutating func wrong(at place: [String], _ sentence: String) {
        problems.append(file.error(at: place, sentence))
    }

    private mutating func warn(at place: [String], _ sentence: String) {
        warnings.append(file.error(at: place, sentence))
    }

    private mutating func needed<Value>(_ value: Value?, at place: [String]) -> Value? {
        if value == nil, !file.isLeftOut(place) {
            wrong(at: place, "The key '\(place.last ?? "")' is missing. Add it.")
        }
        return value
    }

    private mutating func names(_ words: [String]?, at place: [String]) -> Set<String>? {
        if words?.isEmpty == true {
            wrong(at: place, "The list is empty: the row would never count. Name something, or remove the key.")
        }
        return words.map(Set.init)
    }

    private mutating func hours(_ value: Double?, at place: [String]) -> Double? {
        if let value, !ApprovalMatrixReader.hoursRange.contains(value) {
            wrong(at: place, "'\(place.last ?? "")' is \(value); it should be in 0.1…10000 hours of work.")
        }
        return value
    }

    private mutating func amount(_ dollars: Double?, at place: [String]) -> Money? {
        guard let dollars else { return nil }
        let cents = (dollars * 100).rounded()
        guard ApprovalMatrixReader.dollarsRange.contains(dollars), abs(cents - dollars * 100) < 0.001 else {
            wrong(at: place, "'\(dollars)' is no limit. Write dollars and cents above nothing, such as 2500 or 99.50.")
            return Money(cents: 1)
        }
        return Money(cents: Int64(cents))
    }

    private mutating func warnOfClimbsTooLate(_ kind: ApprovalKind, at place: [String]) {
        guard let end = kind.expireHours else { return }
        for (index, row) in kind.rows.enumerated() where row.bands.contains(where: { $0.climbHours ?? 0 >= end }) {
            warn(
                at: place + ["authority", "\(index)"],
                "It expires before it climbs: 'expire_hours' is not more than 'climb_hours'. Have it climb earlier.")
        }
    }
}
