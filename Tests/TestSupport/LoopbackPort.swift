import Glibc

/// Ports of this machine for servers that tests start, kill and start again.
package enum LoopbackPort {
    /// A port that nobody listens on and that the system gives to no outgoing connection
    /// (`/proc/sys/net/ipv4/ip_local_port_range` begins above): it is still free when the server is started again.
    package static func free() -> Int {
        while true {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port) { return port }
        }
    }

    /// Whether a server answers there.
    package static func isListening(_ port: Int) -> Bool { succeeds(port, connect) }

    private static func isFree(_ port: Int) -> Bool { succeeds(port, bind) }

    private static func succeeds(
        _ port: Int, _ call: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32
    ) -> Bool {
        let end = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(end) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafeBytes(of: &address) { bytes in
            call(end, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count)) == 0
        }
    }
}
