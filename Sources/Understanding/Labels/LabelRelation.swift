import Documents
import Foundation

/// How a label stands to a candidate on its page; lengths in heights of a line.
struct LabelRelation: Sendable {
    enum Direction: Int, Sendable {
        /// The label is left of the candidate on its line, or half a line higher or lower.
        case left
        /// The label is above the candidate.
        case above
        /// The label is under the candidate, as under a line for a signature.
        case under
        /// The label ends the line before the one that the candidate begins.
        case before
    }

    var direction: Direction
    var hit: Int
    /// Between label and candidate along the direction.
    var distance: Double
    /// Words between them (left, before), or the offset of their left edges (above, under).
    var offset: Double
    /// The share of the narrower one's width that both cover.
    var overlap: Double
    /// How many candidates of the kind stand nearer to the label in this direction.
    var rank = 0
    /// How closely they belong together, in 0…1.
    var affinity: Double

    /// The relation of the hit to the candidate, or nil when they stand apart.
    static func between(_ hit: LabelHit, at index: Int, _ candidate: Candidate, page: PageText)
        -> LabelRelation?
    {
        let tokens = candidate.tokens
        if hit.tokens.lowerBound < tokens.upperBound, tokens.lowerBound < hit.tokens.upperBound {
            return nil
        }
        let height = page.lineHeight
        let row = page.tokens[tokens.lowerBound].row
        if row == hit.row {
            guard tokens.lowerBound >= hit.tokens.upperBound else { return nil }
            let between = page.tokens[hit.tokens.upperBound..<tokens.lowerBound].count { !$0.plain.isEmpty }
            return beside(hit, at: index, candidate, height: height, between: between)
        }
        if let beside = besideOtherRow(hit, at: index, candidate, row: row, page: page) { return beside }
        if row == hit.row + 1, tokens.lowerBound >= hit.tokens.upperBound,
            tokens.lowerBound - hit.tokens.upperBound <= 4,
            page.rows[row].lowerBound + 3 >= tokens.lowerBound
        {
            let between = Double(tokens.lowerBound - hit.tokens.upperBound)
            return LabelRelation(
                direction: .before, hit: index, distance: 0, offset: between, overlap: 0,
                affinity: hit.weight * 0.8 * exp(-between / 2.5))
        }
        let drop = (candidate.box.top - hit.box.bottom) / height
        let isAbove = drop > -0.6 && row > hit.row
        let rise = (hit.box.top - candidate.box.bottom) / height
        guard isAbove ? drop < 30 : rise > -0.6 && rise < 4 && row < hit.row else { return nil }
        let shared = candidate.box.horizontalOverlap(hit.box)
        let overlap = shared / max(1, min(candidate.box.width, hit.box.width))
        let offset =
            min(
                abs(candidate.box.left - hit.box.left), abs(candidate.box.right - hit.box.right),
                abs(candidate.box.midX - hit.box.midX)) / height
        guard overlap > 0 || offset < 2 else { return nil }
        let distance = max(0, isAbove ? drop : rise)
        let affinity =
            hit.weight * exp(-distance / (isAbove ? 3 : 1.2)) * (0.3 + 0.7 * overlap) * exp(-offset / 8)
            * (isAbove ? 0.9 : 0.5)
        return LabelRelation(
            direction: isAbove ? .above : .under, hit: index, distance: distance, offset: offset,
            overlap: overlap,
            affinity: affinity)
    }

    /// The relation to a label at the left with so many words between.
    private static func beside(
        _ hit: LabelHit, at index: Int, _ candidate: Candidate, height: Double, between: Int
    ) -> LabelRelation? {
        let gap = max(0, candidate.box.left - hit.box.right) / height
        guard gap < 40, between <= 14 else { return nil }
        return LabelRelation(
            direction: .left, hit: index, distance: gap, offset: Double(between), overlap: 1,
            affinity: hit.weight * exp(-gap / 14) * exp(-Double(between) / 2.5))
    }

    /// The relation to a label at the left whose line is another, as what is filled in stands half a line higher or lower
    /// than what is printed.
    private static func besideOtherRow(
        _ hit: LabelHit, at index: Int, _ candidate: Candidate, row: Int, page: PageText
    ) -> LabelRelation? {
        guard abs(row - hit.row) == 1, candidate.box.left >= hit.box.right,
            candidate.box.verticalOverlap(hit.box) > besideOverlapMin * min(candidate.box.height, hit.box.height)
        else { return nil }
        let between = [row, hit.row].flatMap { page.tokens[page.rows[$0]] }.count {
            !$0.plain.isEmpty && $0.box.left >= hit.box.right && $0.box.right <= candidate.box.left
        }
        var relation = beside(hit, at: index, candidate, height: page.lineHeight, between: between)
        relation?.affinity *= otherRowShare
        return relation
    }

    private static let besideOverlapMin = 0.2
    /// A label on the candidate's own line is nearer than one half a line off.
    private static let otherRowShare = 0.9
}
