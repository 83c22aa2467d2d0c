/// Phrases that are made of phrases: `[rule]`, then its alternatives, one a line.
///
/// `<rule>` in an alternative stands for one of that rule's alternatives, `{slot}` for a value of the document.
/// An alternative that needs a value which the document does not have is not chosen.
struct Grammar: Sendable {
    private enum Part: Sendable {
        case words(String)
        case rule(String)
        case slot(String)
    }

    private var rules: [String: [[Part]]] = [:]

    init(lines: [String]) {
        var rule = ""
        for line in lines {
            if line.hasPrefix("["), line.hasSuffix("]") {
                rule = String(line.dropFirst().dropLast())
            } else {
                rules[rule, default: []].append(Grammar.parts(line))
            }
        }
    }

    /// The two grammars as one; a rule of both has the alternatives of both.
    func merging(_ other: Grammar) -> Grammar {
        var merged = self
        merged.rules.merge(other.rules) { $0 + $1 }
        return merged
    }

    func has(_ rule: String) -> Bool { rules[rule] != nil }

    /// One phrase of the rule with the values in their places, or nil when none of its alternatives can be filled.
    func phrase(_ rule: String, with facts: [String: Span], dice: inout Dice) -> [Span]? {
        guard let alternatives = rules[rule] else { return nil }
        for alternative in dice.shuffled(alternatives) {
            if let spans = fill(alternative, with: facts, dice: &dice) { return spans }
        }
        return nil
    }

    /// Every alternative of the rule that can be filled, in the order of the file.
    func phrases(_ rule: String, with facts: [String: Span], dice: inout Dice) -> [[Span]] {
        (rules[rule] ?? []).compactMap { fill($0, with: facts, dice: &dice) }
    }

    private func fill(_ alternative: [Part], with facts: [String: Span], dice: inout Dice) -> [Span]? {
        var spans: [Span] = []
        for part in alternative {
            switch part {
            case .words(let text): spans.append(Span(text))
            case .slot(let name):
                guard let fact = facts[name] else { return nil }
                spans.append(fact)
            case .rule(let name):
                guard let phrase = phrase(name, with: facts, dice: &dice) else { return nil }
                spans += phrase
            }
        }
        return spans
    }

    private static func parts(_ line: String) -> [Part] {
        var parts: [Part] = []
        var rest = Substring(line)
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "<" }) {
            guard let close = rest[open...].firstIndex(of: rest[open] == "{" ? "}" : ">") else { break }
            if open > rest.startIndex { parts.append(.words(String(rest[..<open]))) }
            let name = String(rest[rest.index(after: open)..<close])
            parts.append(rest[open] == "{" ? .slot(name) : .rule(name))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.words(String(rest))) }
        return parts
    }
}
