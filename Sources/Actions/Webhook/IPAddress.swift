/// An address of the internet protocol, to tell where a call would really go.
package struct IPAddress: Hashable, Sendable {
    /// Who can be met at an address.
    package enum Reach: Hashable, Sendable {
        /// Anybody on the internet.
        case global
        /// This machine or this network.
        case local
        /// Nobody that a webhook may call: link-local (where clouds keep their credentials), multicast, reserved.
        case forbidden
    }

    /// Four bytes, or sixteen.
    package let bytes: [UInt8]

    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// The reach by the IANA special-purpose address registries (RFC 6890 and its updates).
    ///
    /// IPv6 addresses that carry an IPv4 address (mapped, NAT64) reach what that one reaches.
    package var reach: Reach {
        if bytes.count == 4 { return IPAddress.reachOfVersion4(bytes) }
        if starts([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) || starts([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) {
            return IPAddress.reachOfVersion4(Array(bytes.suffix(4)))
        }
        if bytes.dropLast().allSatisfy({ $0 == 0 }) { return bytes[15] == 1 ? .local : .forbidden }
        if bytes[0] & 0xFE == 0xFC { return .local }
        let tunnelled = starts([0x20, 0x02]) || starts([0x20, 0x01, 0, 0])
        let documentation = starts([0x20, 0x01, 0x0D, 0xB8]) || starts([0x3F, 0xFF, 0x00])
        return bytes[0] & 0xE0 == 0x20 && !tunnelled && !documentation ? .global : .forbidden
    }

    private func starts(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }

    private static func reachOfVersion4(_ bytes: [UInt8]) -> Reach {
        switch (bytes[0], bytes[1], bytes[2]) {
        case (10, _, _), (127, _, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _): .local
        case (0, _, _), (169, 254, _), (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113),
            (224..., _, _):
            .forbidden
        default: .global
        }
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimal, or eight groups of hexadecimal without shortening.
    package var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }
}
