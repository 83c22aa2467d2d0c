import Actions
import Glibc
import NIOCore
import Testing

@Suite struct IPAddressTests {
    private func reach(_ text: String) throws -> IPAddress.Reach {
        let bytes: [UInt8] =
            switch try SocketAddress(ipAddress: text, port: 0) {
            case .v4(let address): withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
            case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            case .unixDomainSocket: []
            }
        return try #require(IPAddress(bytes: bytes)).reach
    }

    @Test(arguments: [
        "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "223.255.255.255", "2606:4700::1111", "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ])
    func theInternetIsGlobal(address: String) throws {
        #expect(try reach(address) == .global)
    }

    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "::1", "fd00::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1",
    ])
    func thisMachineAndNetworkAreLocal(address: String) throws {
        #expect(try reach(address) == .local)
    }

    @Test(arguments: [
        "0.0.0.0", "169.254.169.254", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::",
        "fe80::1", "ff02::1", "2001:db8::1", "2002:a00:1::", "2001:0:1::", "::ffff:169.254.169.254", "::7f00:1",
    ])
    func whatNoWebhookMayCallIsForbidden(address: String) throws {
        #expect(try reach(address) == .forbidden)
    }
}
