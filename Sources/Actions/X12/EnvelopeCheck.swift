/// The counts and control numbers of a file's envelopes (X12.6, 3.9; TR3 005010X221A1 appendix C.1).
enum EnvelopeCheck {
    private struct Open {
        let header: X12Segment
        let place: Int
        var count = 0
    }

    private struct Level {
        let header: String
        let trailer: String
        let what: String
        /// Where the header has its control number; the trailer has it second, after its count.
        let number: Int
    }

    private static let levels = [
        Level(header: "ISA", trailer: "IEA", what: "interchange", number: 13),
        Level(header: "GS", trailer: "GE", what: "functional group", number: 6),
        Level(header: "ST", trailer: "SE", what: "transaction set", number: 2),
    ]

    /// One sentence for each count or number that does not hold.
    static func findings(in segments: [X12Segment]) -> [String] {
        var findings: [String] = []
        var open: [Open] = []
        var setNumbers: Set<String> = []
        if segments.first?.name != "ISA" { findings.append("The file has no interchange envelope (ISA, IEA).") }
        for (place, segment) in segments.enumerated() {
            if let level = levels.first(where: { $0.header == segment.name }) {
                if segment.name == "GS" { setNumbers = [] }
                if segment.name == "ST", !setNumbers.insert(segment[2]).inserted {
                    findings.append("Two transaction sets of a group have the number \(segment[2]).")
                }
                if let last = open.indices.last { open[last].count += 1 }
                if level.number > segment.elements.count || segment[level.number].isEmpty {
                    findings.append("\(segment.name) has no control number.")
                }
                open.append(Open(header: segment, place: place))
            } else if let level = levels.first(where: { $0.trailer == segment.name }) {
                guard let ended = open.popLast(), ended.header.name == level.header else {
                    return findings + ["\(segment.name) ends what no \(level.header) begins."]
                }
                let count = level.header == "ST" ? place - ended.place + 1 : ended.count
                if Int(segment[1]) != count {
                    findings.append("\(segment.name) counts \(segment[1]); the \(level.what) has \(count).")
                }
                if segment[2] != ended.header[level.number] {
                    findings.append(
                        "\(segment.name) has the number \(segment[2]), its \(level.header) \(ended.header[level.number])."
                    )
                }
            } else if open.last?.header.name != "ST" {
                findings.append("The segment \(segment.name) stands outside every transaction set.")
            }
        }
        findings += open.map { "\($0.header.name) \($0.header[1]) has no end." }
        return findings
    }
}
