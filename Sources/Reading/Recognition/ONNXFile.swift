import Foundation

/// An ONNX file as far as reading needs to know it: its notes, and its tables of numbers by shape.
///
/// The format is Protocol Buffers (`onnx.proto`): `ModelProto` has `graph` = 7 and `metadata_props` = 14, `GraphProto`
/// has `initializer` = 5, `TensorProto` has `dims` = 1, `data_type` = 2, `float_data` = 4 and `raw_data` = 9.
struct ONNXFile {
    private let fields: [WireField]

    init?(_ data: Data) {
        guard let fields = WireField.fields(of: data) else { return nil }
        self.fields = fields
    }

    /// The note with this name, such as the alphabet of a recognition model.
    func note(_ name: String) -> String? {
        for field in fields where field.number == 14 {
            guard let entry = field.message, let key = entry.first(where: { $0.number == 1 })?.bytes,
                String(decoding: key, as: UTF8.self) == name
            else { continue }
            return entry.first { $0.number == 2 }?.bytes.map { String(decoding: $0, as: UTF8.self) }
        }
        return nil
    }

    /// The file with every table whose last side is `count` cut down to the columns in `kept`: a classifier that knows
    /// fewer classes.
    func keepingColumns(_ kept: [Int], of count: Int) -> Data? {
        var result = Data()
        for field in fields {
            guard field.number == 7, let graph = field.message else {
                result.append(field.encoded)
                continue
            }
            var narrowed = Data()
            for part in graph {
                guard part.number == 5, let tensor = part.message, ONNXFile.sides(of: tensor).last == count else {
                    narrowed.append(part.encoded)
                    continue
                }
                guard let table = ONNXFile.narrowed(tensor, kept: kept, of: count) else { return nil }
                narrowed.append(WireField(number: 5, bytes: table).encoded)
            }
            result.append(WireField(number: 7, bytes: narrowed).encoded)
        }
        return result
    }

    private static func sides(of tensor: [WireField]) -> [Int] {
        tensor.filter { $0.number == 1 }.flatMap { field -> [Int] in
            guard let packed = field.bytes else { return [Int(clamping: field.value)] }
            return WireField.numbers(of: packed).map { Int(clamping: $0) }
        }
    }

    /// Only tables of 32-bit floats in `raw_data` can be cut.
    private static func narrowed(_ tensor: [WireField], kept: [Int], of count: Int) -> Data? {
        var sides = sides(of: tensor)
        guard let raw = tensor.first(where: { $0.number == 9 })?.bytes, raw.count == 4 * sides.reduce(1, *),
            tensor.first(where: { $0.number == 2 })?.value == 1, kept.allSatisfy({ $0 < count })
        else { return nil }
        var columns = Data(capacity: raw.count / count * kept.count)
        for row in 0..<(raw.count / 4 / count) {
            for column in kept {
                let start = raw.startIndex + 4 * (row * count + column)
                columns.append(raw[start..<start + 4])
            }
        }
        sides[sides.count - 1] = kept.count
        var result = Data()
        for side in sides { result.append(WireField(number: 1, value: UInt64(side)).encoded) }
        for field in tensor where field.number != 1 && field.number != 9 { result.append(field.encoded) }
        result.append(WireField(number: 9, bytes: columns).encoded)
        return result
    }
}

/// One field of a Protocol Buffers message.
private struct WireField {
    let number: Int
    /// The number of a field that is one; 0 otherwise.
    private(set) var value: UInt64 = 0
    /// The bytes of a field that has a length; nil otherwise.
    private(set) var bytes: Data?
    /// The field as it stands in the file.
    let encoded: Data

    init(number: Int, value: UInt64) {
        self.number = number
        self.value = value
        encoded = WireField.variable(UInt64(number) << 3) + WireField.variable(value)
    }

    init(number: Int, bytes: Data) {
        self.number = number
        self.bytes = bytes
        encoded = WireField.variable(UInt64(number) << 3 | 2) + WireField.variable(UInt64(bytes.count)) + bytes
    }

    private init(number: Int, value: UInt64 = 0, bytes: Data? = nil, encoded: Data) {
        self.number = number
        self.value = value
        self.bytes = bytes
        self.encoded = encoded
    }

    /// The fields of the message that this field holds.
    var message: [WireField]? { bytes.flatMap(WireField.fields) }

    /// The fields of a message; nil when it is torn.
    static func fields(of data: Data) -> [WireField]? {
        var fields: [WireField] = []
        var place = data.startIndex
        while place < data.endIndex {
            let start = place
            guard let tag = variable(in: data, at: &place) else { return nil }
            let number = Int(tag >> 3)
            var (value, bytes): (UInt64, Data?) = (0, nil)
            switch tag & 7 {
            case 0:
                guard let read = variable(in: data, at: &place) else { return nil }
                value = read
            case 1: place += 8
            case 2:
                guard let length = variable(in: data, at: &place), length <= UInt64(data.endIndex - place) else {
                    return nil
                }
                bytes = data[place..<place + Int(length)]
                place += Int(length)
            case 5: place += 4
            default: return nil
            }
            guard place <= data.endIndex else { return nil }
            fields.append(WireField(number: number, value: value, bytes: bytes, encoded: data[start..<place]))
        }
        return fields
    }

    /// The numbers of a packed field.
    static func numbers(of data: Data) -> [UInt64] {
        var numbers: [UInt64] = []
        var place = data.startIndex
        while let number = variable(in: data, at: &place) { numbers.append(number) }
        return numbers
    }

    private static func variable(in data: Data, at place: inout Int) -> UInt64? {
        var (value, shift) = (UInt64(0), UInt64(0))
        while place < data.endIndex, shift < 64 {
            let byte = data[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    private static func variable(_ value: UInt64) -> Data {
        var (left, result) = (value, Data())
        while left >= 0x80 {
            result.append(UInt8(left & 0x7F) | 0x80)
            left >>= 7
        }
        result.append(UInt8(left))
        return result
    }
}
