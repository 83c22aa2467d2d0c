import Documents

/// How two readings of one kind of value stand to each other.
enum ValueLikeness: Sendable {
    /// They say the same.
    case same
    /// One of them may be a misreading of the other.
    case near
    case different

    /// A reading that is less sure may be wrong in a sign or two.
    private static let doubtful: Confidence = 0.9
    /// Longer texts with this part of their words in common are readings of one text.
    private static let commonWordShare = 0.6

    init(_ left: Field, _ right: Field, kind: NormalForm) {
        let (mine, theirs) = (left.value.description, right.value.description)
        if ValueLikeness.isSame(mine, theirs, kind) {
            self = .same
        } else {
            let others =
                (left.alternatives ?? []).contains(right.value) || (right.alternatives ?? []).contains(left.value)
            let isDoubtful = min(left.confidence, right.confidence) < ValueLikeness.doubtful
            self = others || isDoubtful && ValueLikeness.isOneSignOff(mine, theirs) ? .near : .different
        }
    }

    private static func isSame(_ left: String, _ right: String, _ kind: NormalForm) -> Bool {
        switch kind {
        case .identifier, .npi, .taxIdentifier, .phone:
            return left == right || folded(left) == folded(right)
        case .name:
            let (mine, theirs) = (PersonName(left), PersonName(right))
            return mine.maySpell(theirs) || PayerName(left).mayBe(PayerName(right))
        case .text:
            let (mine, theirs) = (Set(PersonName(left).words), Set(PersonName(right).words))
            let common = Double(mine.intersection(theirs).count)
            return common >= commonWordShare * Double(max(mine.count, theirs.count))
        default: return left == right
        }
    }

    /// A number's signs with letters made the digits they look like.
    private static func folded(_ number: String) -> [UInt8] {
        AccountKeys.signs(number).map { AccountKeys.digit(lookingLike: $0) }
    }

    private static func isOneSignOff(_ left: String, _ right: String) -> Bool {
        let (mine, theirs) = (Array(left.utf8), Array(right.utf8))
        guard mine.count == theirs.count, mine.count > 3 else { return false }
        return zip(mine, theirs).count { $0 != $1 } == 1
    }
}
