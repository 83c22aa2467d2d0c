import Crypto
import Documents
package import Foundation
package import Settings

extension DenialTable {
    /// Reads and checks `denials.yaml` in the folder `config`, with the lists of codes in `code-lists` beside it.
    ///
    /// Throws the first problem with its line.
    package static func load(config: URL) throws(SettingsError) -> DenialTable {
        try DenialTableReader(
            file: try SettingsFile(path: config.appending(path: "denials.yaml").path),
            codes: try CodeLists(folder: config.appending(path: "code-lists"))
        ).read()
    }

    /// Checks the table written in `text`; `path` is only what problems call it.
    package init(text: String, path: String, codes: CodeLists) throws(SettingsError) {
        self = try DenialTableReader(file: try SettingsFile(text: text, path: path), codes: codes).read()
    }
}

/// Checks the denials file as a whole.
struct DenialTableReader {
    private static let daysRange = 1...730
    private static let marginDaysRange = 0...60
    private static let deadlineDaysRange = 1...365
    private static let weightRange = 0.0...50.0

    let file: SettingsFile<DenialsFile>
    let codes: CodeLists

    func read() throws(SettingsError) -> DenialTable {
        let content = file.content
        let generalCodes = content.generalCodes ?? []
        try check(generalCodes, among: codes.reasons, "reason code", at: ["general_codes"])
        return DenialTable(
            hash: SHA256.hash(data: file.bytes).hexadecimal, categories: try categories(), deadlines: try deadlines(),
            marginDays: try within(
                content.work?.marginDays ?? 3, DenialTableReader.marginDaysRange, at: ["work", "margin_days"]),
            priority: try priority(), weights: try weights(), generalCodes: Set(generalCodes))
    }

    // MARK: Categories

    private func categories() throws(SettingsError) -> [DenialCategory] {
        var categories: [DenialCategory] = []
        var owners: [String: String] = [:]
        for (index, entry) in file.content.categories.enumerated() {
            let place = ["categories", "\(index)"]
            guard entry.name.wholeMatch(of: /[a-z][a-z_]{0,39}/) != nil else {
                throw file.error(
                    at: place + ["name"], "'\(entry.name)' is no name. Write lower-case letters and '_', 40 at most.")
            }
            guard !categories.contains(where: { $0.name == entry.name }) else {
                throw file.error(at: place + ["name"], "The category '\(entry.name)' is there twice. Rename one.")
            }
            for code in (entry.reasonCodes ?? []) + (entry.remarkCodes ?? []) {
                if let owner = owners.updateValue(entry.name, forKey: code) {
                    throw file.error(
                        at: place, "The code \(code) is in '\(owner)' and in '\(entry.name)'. Leave it in one.")
                }
            }
            categories.append(try category(entry, at: place))
        }
        guard categories.contains(where: { $0.name == DenialCategory.unspecified }) else {
            throw file.error(
                at: ["categories"],
                "The category '\(DenialCategory.unspecified)' is missing: it is what nothing speaks for. Add it.")
        }
        return categories
    }

    private func category(_ entry: DenialsFile.Category, at place: [String]) throws(SettingsError) -> DenialCategory {
        try check(entry.reasonCodes ?? [], among: codes.reasons, "reason code", at: place + ["reason_codes"])
        try check(entry.remarkCodes ?? [], among: codes.remarks, "remark code", at: place + ["remark_codes"])
        var phrases: [DenialPhrase] = []
        for (index, text) in (entry.phrases ?? []).enumerated() {
            guard let phrase = DenialPhrase(text) else {
                throw file.error(
                    at: place + ["phrases", "\(index)"],
                    "'\(text)' is no phrase. Write words, with .. between two of them for up to five others.")
            }
            phrases.append(phrase)
        }
        let isDenial = entry.isDenial ?? true
        return DenialCategory(
            name: entry.name, title: entry.title,
            scenario: try word(entry.scenario, "scenario", isDenial, else: .notCovered, at: place),
            rootCause: try word(entry.rootCause, "root_cause", isDenial, else: .payer, at: place),
            isDenial: isDenial, isAppealable: entry.isAppealable ?? true, reasonCodes: Set(entry.reasonCodes ?? []),
            remarkCodes: Set(entry.remarkCodes ?? []), phrases: phrases)
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String?, _ key: String, _ isRequired: Bool, else none: Word, at place: [String]
    ) throws(SettingsError) -> Word {
        if text == nil, !isRequired { return none }
        if let word = text.flatMap(Word.init) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw file.error(
            at: place + [key], "'\(key)' is \(text.map { "'\($0)'" } ?? "missing"). It should be one of \(known).")
    }

    private func check(
        _ given: [String], among known: Set<String>, _ what: String, at place: [String]
    ) throws(SettingsError) {
        for (index, code) in given.enumerated() where !known.contains(code) {
            throw file.error(
                at: place + ["\(index)"],
                "There is no \(what) '\(code)'. Write it as it is published, without a group, in quotation marks.")
        }
    }

    // MARK: Numbers

    private func deadlines() throws(SettingsError) -> DenialDeadlines {
        let given = file.content.deadlines
        let standard = DenialDeadlines.Days(
            appeal: try within(given.appealDays, DenialTableReader.daysRange, at: ["deadlines", "appeal_days"]),
            information: try within(
                given.informationDays, DenialTableReader.daysRange, at: ["deadlines", "information_days"]))
        var payers: [String: DenialDeadlines.Days] = [:]
        for (index, entry) in (given.payers ?? []).enumerated() {
            let place = ["deadlines", "payers", "\(index)"]
            let days = DenialDeadlines.Days(
                appeal: try within(
                    entry.appealDays ?? standard.appeal, DenialTableReader.daysRange, at: place + ["appeal_days"]),
                information: try within(
                    entry.informationDays ?? standard.information, DenialTableReader.daysRange,
                    at: place + ["information_days"]))
            guard payers.updateValue(days, forKey: DenialDeadlines.fold(entry.payer)) == nil else {
                throw file.error(at: place, "The payer '\(entry.payer)' is there twice. Leave one.")
            }
        }
        return DenialDeadlines(standard: standard, payers: payers)
    }

    private func priority() throws(SettingsError) -> DenialPriority {
        let given = file.content.priority
        return DenialPriority(
            perThousandDollars: try within(
                given?.perThousandDollars ?? 0, 0...10_000, at: ["priority", "per_thousand_dollars"]),
            dollarsMax: try within(given?.dollarsMax ?? 100_000, 1...1e9, at: ["priority", "dollars_max"]),
            perDayNearerDeadline: try within(
                given?.perDayNearerDeadline ?? 0, 0...10_000, at: ["priority", "per_day_nearer_deadline"]),
            deadlineDays: try within(
                given?.deadlineDays ?? 30, DenialTableReader.deadlineDaysRange, at: ["priority", "deadline_days"]))
    }

    private func weights() throws(SettingsError) -> DenialWeights {
        let given = file.content.weights
        let range = DenialTableReader.weightRange
        return DenialWeights(
            reasonCode: try within(given.reasonCode, range, at: ["weights", "reason_code"]),
            remarkCode: try within(given.remarkCode, range, at: ["weights", "remark_code"]),
            generalCode: try within(given.generalCode, range, at: ["weights", "general_code"]),
            phraseWord: try within(given.phraseWord, range, at: ["weights", "phrase_word"]),
            proseMax: try within(given.proseMax, range, at: ["weights", "prose_max"]))
    }

    private func within<Number: Comparable>(
        _ number: Number, _ range: ClosedRange<Number>, at place: [String]
    ) throws(SettingsError) -> Number {
        guard range.contains(number) else {
            throw file.error(
                at: place,
                "'\(place.last ?? "")' is \(number); it should be \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
