import Crypto
import Documents

/// One resource of a bundle, and how the server is asked to take it.
struct FHIREntry {
    let type: String
    let fullURL: String
    let value: FHIRValue

    /// A resource that is created once: by its identifier, or by its tag where its type has no identifier.
    ///
    /// What is taken back is updated by the same condition (R4, 3.1.0.4.3 and 3.1.0.8.1): a repetition changes nothing.
    init(
        _ type: String, called part: String, _ subject: FHIRSubject, isTagged: Bool = false,
        children: [String: FHIRValue?]
    ) {
        let key = isTagged && subject.isRecall ? "\(subject.eventID)-\(part)" : subject.key(part)
        let condition = "\(isTagged ? "_tag" : "identifier")=\(FHIRSystem.resource)|\(key)"
        var resource = children.compactMapValues { $0 }
        resource["resourceType"] = .text(type)
        if isTagged {
            resource["meta"] = .object(["tag": .list([.coding(FHIRSystem.resource, key)])])
        }
        let request: [String: FHIRValue] =
            subject.isRecall && !isTagged
            ? ["method": .text("PUT"), "url": .text("\(type)?\(condition)")]
            : ["method": .text("POST"), "url": .text(type), "ifNoneExist": .text(condition)]
        self.type = type
        fullURL = FHIREntry.fullURL(type, key)
        value = .object([
            "fullUrl": .text(fullURL), "resource": .object(resource), "request": .object(request),
        ])
    }

    /// The name of a resource within its bundle: a UUID of version 8 (RFC 9562, 5.8) from the hash of its key.
    static func fullURL(_ type: String, _ key: String) -> String {
        var bytes = Array(SHA256.hash(data: Array("\(type)/\(key)".utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.hexadecimal
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return "urn:uuid:\(parts.joined(separator: "-"))"
    }
}
