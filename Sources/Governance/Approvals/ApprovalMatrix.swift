package import Documents

/// The delegated-authority matrix: who may approve what, up to which amount.
///
/// It is `Config/approvals.yaml`, checked as a whole. An open approval is judged by the matrix in service when somebody
/// decides on it: what one of two approved under another matrix does not count.
package struct ApprovalMatrix: Hashable, Sendable {
    /// SHA-256 of the file's bytes in hexadecimal: every decision names the matrix that it was made under.
    package let hash: String
    /// In the order of the file.
    package let kinds: [ApprovalKind]
    /// The file as it was read.
    package let text: String

    package init(hash: String, kinds: [ApprovalKind], text: String = "") {
        self.hash = hash
        self.kinds = kinds
        self.text = text
    }

    package func kind(_ name: String) -> ApprovalKind? { kinds.first { $0.name == name } }

    /// What people call the kind; its name where the matrix has it no longer.
    package func title(of name: String) -> String { kind(name)?.title ?? name.replacing("_", with: " ") }
}

/// One kind of approval: a refund, a write-off.
package struct ApprovalKind: Hashable, Sendable {
    package let name: String
    package let title: String
    /// Working hours after which whoever is asked is reminded, again and again; nil for never.
    package let remindHours: Double?
    /// Working hours after which nobody decides it any more; nil for never.
    package let expireHours: Double?
    /// The first row whose conditions hold counts.
    package let rows: [AuthorityRow]

    package init(name: String, title: String, remindHours: Double?, expireHours: Double?, rows: [AuthorityRow]) {
        self.name = name
        self.title = title
        self.remindHours = remindHours
        self.expireHours = expireHours
        self.rows = rows
    }

    /// The row that counts for `content`; nil where nobody has authority, or where it does not say what the row depends on.
    package func row(for content: ApprovalContent) -> AuthorityRow? {
        unnamed(in: content) == nil ? rows.first { $0.covers(content) } : nil
    }

    /// What `content` has to name before anybody has authority over it; nil where it names all that counts.
    ///
    /// Who may decide for one cost centre or legal entity is not asked for the money of one that nobody knows: a row for
    /// any does not take the place of one that might hold.
    package func unnamed(in content: ApprovalContent) -> ApprovalContent.Place? {
        for row in rows {
            if row.covers(content) { return nil }
            if let place = row.placeLacking(in: content) { return place }
        }
        return nil
    }

    /// Whether anybody has authority over as much, wherever it is for: over what nobody covers nobody can decide.
    package func isCovered(_ content: ApprovalContent) -> Bool {
        row(for: content)?.band(for: content.amount) != nil
    }
}

/// Who has authority where; nil is anywhere.
package struct AuthorityRow: Hashable, Sendable {
    package let facilities: Set<String>?
    package let costCentres: Set<String>?
    package let legalEntities: Set<String>?
    /// From the least amount up; never empty.
    package let bands: [AuthorityBand]

    package init(
        facilities: Set<String>? = nil, costCentres: Set<String>? = nil, legalEntities: Set<String>? = nil,
        bands: [AuthorityBand]
    ) {
        self.facilities = facilities
        self.costCentres = costCentres
        self.legalEntities = legalEntities
        self.bands = bands
    }

    var hasConditions: Bool { facilities != nil || costCentres != nil || legalEntities != nil }

    func covers(_ content: ApprovalContent) -> Bool {
        AuthorityRow.holds(facilities, content.facility) && AuthorityRow.holds(costCentres, content.costCentre)
            && AuthorityRow.holds(legalEntities, content.legalEntity)
    }

    /// The one place that `content` lacks of those that this row is for, while all that it says would hold.
    func placeLacking(in content: ApprovalContent) -> ApprovalContent.Place? {
        guard AuthorityRow.holds(facilities, content.facility),
            content.costCentre == nil || AuthorityRow.holds(costCentres, content.costCentre),
            content.legalEntity == nil || AuthorityRow.holds(legalEntities, content.legalEntity)
        else { return nil }
        if costCentres != nil, content.costCentre == nil { return .costCentre }
        return legalEntities != nil && content.legalEntity == nil ? .legalEntity : nil
    }

    private static func holds(_ wanted: Set<String>?, _ value: String?) -> Bool {
        guard let wanted else { return true }
        return value.map(wanted.contains) ?? false
    }

    /// Whether every content that `other` covers is covered by this one.
    func covers(_ other: AuthorityRow) -> Bool {
        func includes(_ own: Set<String>?, _ others: Set<String>?) -> Bool {
            guard let own else { return true }
            return others.map(own.isSuperset) ?? false
        }
        return includes(facilities, other.facilities) && includes(costCentres, other.costCentres)
            && includes(legalEntities, other.legalEntities)
    }

    /// The place of the band that an amount falls into; the last one for an amount that nobody knows, nil for one over
    /// every limit.
    package func band(for amount: Money?) -> Int? {
        guard let amount else { return bands.indices.last }
        return bands.firstIndex { band in band.upTo.map { amount <= $0 } ?? true }
    }
}

/// Who may approve up to one limit, and less.
package struct AuthorityBand: Hashable, Sendable {
    /// The greatest amount, inclusive; nil for no limit.
    package let upTo: Money?
    package let roles: Set<Role>
    /// The names that people sign in with.
    package let people: Set<String>
    /// How many different people it takes: 1 or 2.
    package let approverCount: Int
    /// Working hours after which the people of the next band are asked as well; nil for never.
    package let climbHours: Double?

    package init(
        upTo: Money?, roles: Set<Role> = [], people: Set<String> = [], approverCount: Int = 1,
        climbHours: Double? = nil
    ) {
        self.upTo = upTo
        self.roles = roles
        self.people = people
        self.approverCount = approverCount
        self.climbHours = climbHours
    }

    package func names(_ approver: Approver) -> Bool {
        people.contains(approver.name) || approver.role.map(roles.contains) == true
    }

    var limitWords: String { upTo.map { "up to \($0.dollars)" } ?? "without limit" }
}

extension Money {
    /// As people read it: `$1,234.50`.
    package var dollars: String {
        let (whole, fraction) = (cents.magnitude / 100, cents.magnitude % 100)
        let digits = "\(whole)"
        var groups: [Substring] = []
        var rest = digits[...]
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(rest, at: 0)
        return "\(cents < 0 ? "−" : "")$\(groups.joined(separator: ",")).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}
