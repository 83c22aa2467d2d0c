import Actions
import Foundation
import TestSupport

/// Ways in which an 835 that balances is made one that does not.
enum RemittanceMutant: CaseIterable {
    case centMore, digitsSwapped, signFlipped, adjustmentDropped, claimDropped, lineDropped, setCountWrong,
        groupCountWrong
    case interchangeCountWrong, setNumberWrong, interchangeNumberWrong, groupNumberWrong, endDropped, cutOff, noAmount

    /// The elements that are amounts of the sums, by segment.
    private static func amounts(of segment: X12Segment) -> [Int] {
        switch segment.name {
        case "BPR": [2]
        case "CLP": [3, 4] + (segment[5].isEmpty ? [] : [5])
        case "SVC": [2, 3]
        case "CAS": Array(stride(from: 3, through: segment.elements.count, by: 3))
        case "PLB": Array(stride(from: 4, through: segment.elements.count, by: 2))
        default: []
        }
    }

    /// The mutant's bytes; nil where the file has nothing of the kind.
    func bytes(of file: X12File, using generator: inout SeededGenerator) -> Data? {
        var segments = file.segments
        let places = segments.indices.flatMap { place in
            RemittanceMutant.amounts(of: segments[place]).map { (segment: place, element: $0) }
        }
        guard let amount = places.randomElement(using: &generator) else { return nil }
        let value = segments[amount.segment][amount.element]
        func set(_ text: String) { segments[amount.segment].elements[amount.element - 1] = [text] }
        func add(_ number: Int, to name: String, _ element: Int) {
            guard let place = segments.firstIndex(where: { $0.name == name }) else { return }
            let changed = (Int(segments[place][element]) ?? 0) + number
            segments[place].elements[element - 1] = [String(changed)]
        }
        func drop(_ name: String) -> Bool {
            let found = segments.indices.filter { segments[$0].name == name }
            guard let place = found.randomElement(using: &generator) else { return false }
            segments.remove(at: place)
            add(-1, to: "SE", 1)
            return true
        }
        switch self {
        case .centMore: set("\(((Double(value) ?? 0) * 100 + 1).rounded() / 100)")
        case .digitsSwapped:
            var digits = Array(value)
            guard
                let place = digits.indices.dropLast().first(where: {
                    digits[$0] != digits[$0 + 1] && digits[$0 + 1] != "." && digits[$0] != "." && digits[$0] != "-"
                })
            else { return nil }
            digits.swapAt(place, place + 1)
            set(String(digits))
        case .signFlipped:
            guard (Double(value) ?? 0) != 0 else { return nil }
            set(value.hasPrefix("-") ? String(value.dropFirst()) : "-\(value)")
        case .adjustmentDropped: guard drop("CAS") else { return nil }
        case .lineDropped:
            // Without its only line a claim is one that is adjusted as a whole.
            let second = segments.indices.first { place in
                let start = segments[..<place].lastIndex { $0.name == "CLP" } ?? place
                return segments[place].name == "SVC" && segments[start..<place].contains { $0.name == "SVC" }
            }
            guard let second else { return nil }
            segments.remove(at: second)
            add(-1, to: "SE", 1)
        case .claimDropped:
            guard let start = segments.firstIndex(where: { $0.name == "CLP" && $0[4] != "0" }) else { return nil }
            let end = segments[(start + 1)...].firstIndex { ["CLP", "PLB", "SE"].contains($0.name) } ?? start + 1
            segments.removeSubrange(start..<end)
            add(start - end, to: "SE", 1)
        case .setCountWrong: add(1, to: "SE", 1)
        case .groupCountWrong: add(1, to: "GE", 1)
        case .interchangeCountWrong: add(-1, to: "IEA", 1)
        case .setNumberWrong: add(1, to: "SE", 2)
        case .interchangeNumberWrong: add(1, to: "IEA", 2)
        case .groupNumberWrong: add(1, to: "GE", 2)
        case .endDropped: segments.removeLast()
        case .cutOff: return Data(segments.map(\.text).joined().utf8.dropLast(3))
        case .noAmount: set("1,00")
        }
        return Data(segments.map(\.text).joined().utf8)
    }
}
