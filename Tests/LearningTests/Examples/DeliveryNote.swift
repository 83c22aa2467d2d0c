import Documents
import Foundation
import Learning
import Understanding

/// Paper of a type that only examples teach, printed as shops abroad print.
///
/// A name and an address run over several lines that no label announces, the day stands before the month, amounts have
/// another currency. The truth is written in capitals.
struct DeliveryNote {
    let name: [String]
    let address: [String]
    /// In 2025.
    let day: (month: Int, day: Int)
    let sum: Money
    private let number: Int

    static let typeName = "delivery_note"

    /// The shipped types and this one.
    static let catalog = Result {
        let yaml = """
            name: delivery_note
            title: Delivery note
            fields:
              - {name: shop_name, title: Shop, kind: name, names_sender: true, labels: [shop]}
              - {name: shop_address, title: Address, kind: text, labels: [address]}
              - {name: delivery_date, title: Delivered, kind: date, labels: [delivered, date]}
              - {name: note_sum, title: Sum, kind: money, labels: [sum]}
            """
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-types-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let shipped = CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Config/document-types")
        try FileManager.default.copyItem(at: shipped, to: folder)
        try Data(yaml.utf8).write(to: folder.appending(path: "\(typeName).yaml"))
        return try DocumentTypeCatalog(folder: folder)
    }

    private static let families = [
        "Hartmann", "Okafor", "Lindqvist", "Moreau", "Castellan", "Brandt", "Novak", "Petrov",
    ]
    private static let trades = ["Timber", "Bakery", "Hardware", "Flowers", "Stationery", "Printing", "Tailoring"]
    private static let streets = [
        "Rosenweg", "Mill Lane", "Harbour Road", "Castle Street", "Quai Nord", "Linden Alley",
    ]
    private static let parts = ["Old Town", "Riverside Park", "North Quarter", "Market Square", "Upper Fields"]
    private static let towns = ["Graz", "Odense", "Malmo", "Ghent", "Leiden", "Bergen", "Basel"]
    private static let goods = ["Oak boards", "Rye bread", "Door hinges", "White lilies", "Copy paper", "Buttons"]

    /// The note with a number; two numbers differ in most of what they say.
    init(_ number: Int) {
        func pick(_ list: [String], _ step: Int) -> String { list[number * step % list.count] }
        self.number = number
        let name = "\(pick(Self.families, 3)) \(pick(Self.trades, 5))"
        self.name = number % 3 == 0 ? [name + " And Sons", "Trading Company"] : [name + " Ltd"]
        address = [
            "No. \(11 + number * 7 % 80), \(pick(Self.streets, 1)),", "\(pick(Self.parts, 2)),",
            "\(41_000 + number * 173 % 9_000) \(pick(Self.towns, 4)).",
        ]
        day = (1 + number % 12, 1 + number * 11 % 28)
        sum = Money(cents: Int64(1_000 + number * 1_337 % 90_000))
    }

    /// What a person writes of it.
    var values: [String: String] {
        [
            "shop_name": name.joined(separator: " ").uppercased(),
            "shop_address": address.joined(separator: " ").uppercased(),
            "delivery_date": "2025-\(Self.two(day.month))-\(Self.two(day.day))", "note_sum": sum.description,
        ]
    }

    var json: Data {
        get throws {
            try JSONSerialization.data(withJSONObject: ["documents": [["type": Self.typeName, "fields": values]]])
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Its page as a faultless reader would read it, after `misreading` each line.
    func page(misreading: (String) -> String = { $0 }) -> PageReading {
        let first = Money(cents: sum.cents / 3)
        let lines =
            name + ["(\(1_203_000 + number * 37)-K)"] + address
            + [
                "Tel: 0\(3_000_000 + number * 4_441)", "", "DELIVERY NOTE", "",
                "Delivered: \(Self.two(day.day))/\(Self.two(day.month))/2025", "",
                "1 \(Self.goods[number % 6])   \(first)", "2 \(Self.goods[(number + 1) % 6])   \(sum - first)", "",
                "Sum   EUR\(sum)", "Cash   \(sum + Money(cents: 500))", "Change   5.00", "", "Thank you, come again",
            ]
        var reading = PageReading(page: Page(number: 1, source: .ocr, width: 900, height: 1400, dpi: 300))
        for (row, line) in lines.enumerated() {
            var x = 450 - Double(line.count) * 8
            for word in misreading(line).split(separator: " ", omittingEmptySubsequences: false) {
                let width = Double(word.count) * 16
                if !word.isEmpty {
                    let box = Box(
                        left: x, top: 80 + Double(row) * 44, right: x + width, bottom: 108 + Double(row) * 44)
                    reading.words.append(Word(text: String(word), box: box, confidence: 0.95, line: row))
                }
                x += width + 16
            }
        }
        return reading
    }

    /// Notes as a folder of examples gives them.
    static func examples(_ notes: [DeliveryNote]) async throws -> ExampleFolder {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-notes-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (index, note) in notes.enumerated() {
            try Data("\(index)".utf8).write(to: folder.appending(path: "\(index).png"))
            try note.json.write(to: folder.appending(path: "\(index).json"))
        }
        return try await ExampleFolder(folders: [folder], catalog: try catalog.get(), readers: 2) { bytes in
            Int(String(decoding: bytes, as: UTF8.self)).map { [notes[$0].page()] } ?? []
        }
    }
}
