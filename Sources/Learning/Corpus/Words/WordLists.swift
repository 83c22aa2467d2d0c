import Foundation

/// The words that documents are drawn from: the files of `Corpus/words`, one entry a line.
struct WordLists: Sendable {
    let firstNames: [String]
    let lastNames: [String]
    let streets: [String]
    let payers: [String]
    let providers: [String]
    let facilities: [String]
    let drugs: [String]
    let suppliers: [String]
    let supplies: [String]
    let adjustmentReasons: [String]
    let remarkCodes: [String]
    let cities: [[String]]
    let diagnoses: [[String]]
    /// Code and words, by the trade that has them.
    private let procedures: [Style.Trade: [[String]]]
    let placesOfService: [[String]]
    /// The ways to name a field, by the field's name.
    let labels: [String: [String]]
    /// The prose, by the name of its file.
    let grammars: [String: Grammar]
    /// The outlines of papers that are none of ours.
    let outlines: [Outline]
    /// The same of kinds that are only judged by, never learned from.
    let unseenOutlines: [Outline]

    init(folder: URL) throws(LearningError) {
        func lines(_ name: String) throws(LearningError) -> [String] {
            try WordLists.lines(of: folder.appending(path: name))
        }
        func columns(_ name: String) throws(LearningError) -> [[String]] {
            try lines(name).map { $0.split(separator: "|").map(String.init) }
        }
        firstNames = try lines("first-names.txt")
        lastNames = try lines("last-names.txt")
        streets = try lines("streets.txt")
        payers = try lines("payers.txt")
        providers = try lines("providers.txt")
        facilities = try lines("facilities.txt")
        drugs = try lines("drugs.txt")
        suppliers = try lines("suppliers.txt")
        supplies = try lines("supplies.txt")
        adjustmentReasons = try lines("adjustment-reasons.txt")
        remarkCodes = try lines("remark-codes.txt")
        cities = try columns("cities.txt")
        diagnoses = try columns("diagnoses.txt")
        procedures = Dictionary(grouping: try columns("procedures.txt")) { WordLists.trade(of: $0[0]) }
        placesOfService = try columns("places-of-service.txt")
        labels = WordLists.labels(try lines("labels.txt"))
        var grammars: [String: Grammar] = [:]
        for name in WordLists.proseFiles {
            grammars[name] = Grammar(lines: try lines("prose/\(name).txt"))
        }
        self.grammars = grammars
        outlines = try WordLists.outlines(of: folder.appending(path: "others.txt"))
        unseenOutlines = try WordLists.outlines(of: folder.appending(path: "others-unseen.txt"))
    }

    /// The procedures, code and words, that a payer of this trade sees.
    func procedures(of trade: Style.Trade) -> [[String]] { procedures[trade] ?? [] }

    /// CDT codes begin with D; eye care has HCPCS codes with V and the CPT codes from 92002 to 92499.
    private static func trade(of code: String) -> Style.Trade {
        if code.hasPrefix("D") { return .dental }
        return code.hasPrefix("V") || (92_002...92_499).contains(Int(code) ?? 0) ? .vision : .medical
    }

    static let proseFiles = [
        "common", "denial", "information_request", "overpayment_request", "authorization_approval",
        "authorization_denial", "appeal_acknowledgement", "appeal_decision", "coverage_notice", "general", "remittance",
        "forms", "others",
    ]

    private static func lines(of file: URL) throws(LearningError) -> [String] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw LearningError(
                .wordListMissing, "\(file.path) cannot be read. Name the folder Corpus/words of the installation.")
        }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("//") }
        guard !lines.isEmpty else { throw LearningError(.wordListMissing, "\(file.path) is empty.") }
        return lines
    }

    private static func labels(_ lines: [String]) -> [String: [String]] {
        var labels: [String: [String]] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            labels[String(parts[0])] = parts[1].split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
        return labels
    }

    /// The outlines of a file: `[name]`, then its steps, one a line.
    static func outlines(of file: URL) throws(LearningError) -> [Outline] {
        var outlines: [Outline] = []
        for line in try lines(of: file) {
            if line.hasPrefix("["), line.hasSuffix("]") {
                outlines.append(Outline(name: String(line.dropFirst().dropLast()), steps: []))
            } else if !outlines.isEmpty {
                outlines[outlines.count - 1].steps.append(line)
            }
        }
        guard !outlines.isEmpty else {
            throw LearningError(
                .badDrawing, "\(file.path) holds no outline. Begin each with its name, [id_card/folded].")
        }
        if let problem = outlines.lazy.compactMap(\.problem).first {
            throw LearningError(.badDrawing, "\(file.path): \(problem) Correct the outline.")
        }
        return outlines
    }
}
