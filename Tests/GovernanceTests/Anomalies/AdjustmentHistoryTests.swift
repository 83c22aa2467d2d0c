import Governance
import TestSupport
import Testing

struct AdjustmentHistoryTests {
    @Test func anAdjustmentIsUnusualOnlyBesideEnoughOthers() throws {
        var generator = SeededGenerator(seed: 21)
        let usual = (0..<140).map { _ in Int.random(in: 3100...4800, using: &generator) }
        #expect(AdjustmentHistory(shares: Array(usual.prefix(49)), least: 50) == nil)
        let history = try #require(AdjustmentHistory(shares: usual, least: 50))
        #expect(history.isUnusual(9200, amongLines: 1) && history.isUnusual(9200, amongLines: 2))
        #expect(![4800, 5000, 100].contains { history.isUnusual($0, amongLines: 1) })
        #expect(history.usual.hasPrefix("3"))
        // Of three lines one is the first of three.
        #expect(!history.isUnusual(9200, amongLines: 3))
        // Always the same share, and two price lists.
        let constant = try #require(AdjustmentHistory(shares: Array(repeating: 4000, count: 60), least: 50))
        #expect(!constant.isUnusual(4500, amongLines: 1) && constant.isUnusual(5000, amongLines: 1))
        #expect(constant.usual == "40 %")
        let two = try #require(
            AdjustmentHistory(shares: Array(repeating: 3000, count: 90) + Array(repeating: 9000, count: 10), least: 50))
        #expect(!two.isUnusual(9000, amongLines: 1))
    }

    @Test(arguments: [1, 5, 40, 400])
    func whatIsLookedAtIsEnoughToCallALineUnusual(lineCount: Int) throws {
        let wanted = AdjustmentHistory.wanted(forLines: lineCount, least: 50)
        let history = try #require(
            AdjustmentHistory(shares: Array(repeating: 4000, count: wanted), least: 50))
        #expect(history.isUnusual(9500, amongLines: lineCount))
        #expect(wanted <= 20_000)
    }

    /// How payers take off: what of the charge a line loses, and how alike the lines of one paper are.
    enum Habit: CaseIterable {
        /// Around one share.
        case even
        /// Another price list for one line in a hundred.
        case twoLists
        /// Now and then far more than usual, in all sizes.
        case longTail
        /// One share a paper.
        case byPaper

        func paper(lines: Int, using generator: inout SeededGenerator) -> [Int] {
            let own = Int.random(in: 2000...6000, using: &generator)
            return (0..<lines).map { _ in
                let chance = Double.random(in: 0..<1, using: &generator)
                let even = (0..<12).reduce(0) { sum, _ in sum + Int.random(in: 0...400, using: &generator) }
                switch self {
                case .even: return 1600 + even
                case .twoLists: return chance < 0.01 ? 9000 : 1600 + even
                case .longTail: return min(10_000, Int(3000 / max(chance, 1e-4).squareRoot().squareRoot()))
                case .byPaper: return own + even / 24
                }
            }
        }
    }

    /// Of papers without anything unusual one in fifty at most is named, whatever the payer's habit, however many lines they
    /// have and however long the history is; printed are the shares.
    @Test(arguments: Habit.allCases, [1, 10, 40])
    func ordinaryPapersAreNamedOnceInFiftyAtMost(habit: Habit, lineCount: Int) throws {
        var generator = SeededGenerator(seed: 2026)
        let trials = 400
        for length in [60, 2000] {
            var named = 0
            for _ in 0..<trials {
                var before: [Int] = []
                while before.count < length { before += habit.paper(lines: lineCount, using: &generator) }
                let history = try #require(AdjustmentHistory(shares: before, least: 50))
                let paper = habit.paper(lines: lineCount, using: &generator)
                if paper.contains(where: { history.isUnusual($0, amongLines: lineCount) }) { named += 1 }
            }
            let share = Double(named) / Double(trials)
            print("Ordinary papers named by chance, \(habit), \(lineCount) lines, \(length) before: \(share)")
            // One in fifty, and three standard errors of the sample.
            #expect(share <= 0.02 + 3 * (0.02 * 0.98 / Double(trials)).squareRoot())
        }
    }
}
