import Foundation

/// What ends a conversation between the service and a reader process.
enum ChannelError: Error, Hashable {
    /// The other side is gone.
    case closed
    /// The deadline passed.
    case late
    /// The other side sent what the protocol does not allow.
    case malformed
}

/// A connected socket that carries frames: a JSON message, and bytes that belong to it.
///
/// A frame is the length of its message (4 bytes) and of its payload (8 bytes), both big-endian, then message and
/// payload. The channel owns nothing: whoever made the descriptors closes them.
struct FrameChannel {
    let input: Int32
    let output: Int32
    /// Longer messages and payloads are refused before a byte of them is read.
    let messageBytesMax: Int
    let payloadBytesMax: Int

    private static let prefixBytes = 12

    func send(
        _ message: some Encodable, payload: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0),
        deadline: ContinuousClock.Instant? = nil
    ) throws {
        let encoded = try JSONEncoder().encode(message)
        var start = Data()
        withUnsafeBytes(of: UInt32(encoded.count).bigEndian) { start.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt64(payload.count).bigEndian) { start.append(contentsOf: $0) }
        try (start + encoded).withUnsafeBytes { try write($0, deadline: deadline) }
        try write(payload, deadline: deadline)
    }

    /// Waits for a frame whose message is a `Message`.
    func receive<Message: Decodable>(
        _ type: Message.Type, deadline: ContinuousClock.Instant? = nil
    ) throws -> (message: Message, payload: OwnedBytes) {
        let lengths = try bytes(FrameChannel.prefixBytes, deadline: deadline).withReader { start in
            (start.number(0, size: 4, bigEndian: true), start.number(4, size: 8, bigEndian: true))
        }
        guard let messageLength = lengths.0, messageLength <= UInt64(messageBytesMax),
            let payloadLength = lengths.1, payloadLength <= UInt64(payloadBytesMax)
        else { throw ChannelError.malformed }
        let encoded = try bytes(Int(messageLength), deadline: deadline)
        let payload = try bytes(Int(payloadLength), deadline: deadline)
        guard let message = try? JSONDecoder().decode(type, from: encoded.data) else { throw ChannelError.malformed }
        return (message, payload)
    }

    private func bytes(_ count: Int, deadline: ContinuousClock.Instant?) throws -> OwnedBytes {
        let bytes = OwnedBytes(count: count)
        var filled = 0
        while filled < count {
            try wait(for: Int16(POLLIN), on: input, deadline: deadline)
            let taken = recv(input, bytes.address + filled, count - filled, Int32(MSG_DONTWAIT))
            guard taken != 0 else { throw ChannelError.closed }
            filled += try FrameChannel.progress(taken)
        }
        return bytes
    }

    private func write(_ bytes: UnsafeRawBufferPointer, deadline: ContinuousClock.Instant?) throws {
        guard let start = bytes.baseAddress else { return }
        let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
        var sent = 0
        while sent < bytes.count {
            try wait(for: Int16(POLLOUT), on: output, deadline: deadline)
            sent += try FrameChannel.progress(Glibc.send(output, start + sent, bytes.count - sent, flags))
        }
    }

    /// Bytes moved by one call; 0 when it has to be made again.
    private static func progress(_ result: Int) throws -> Int {
        if result >= 0 { return result }
        guard errno == EAGAIN || errno == EINTR else { throw ChannelError.closed }
        return 0
    }

    private func wait(for events: Int16, on descriptor: Int32, deadline: ContinuousClock.Instant?) throws {
        while true {
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            let ready = poll(&entry, 1, try deadline.map(FrameChannel.milliseconds) ?? -1)
            if ready > 0 { return }
            if ready < 0, errno != EINTR { throw ChannelError.closed }
        }
    }

    /// Milliseconds until `deadline`, rounded up.
    private static func milliseconds(until deadline: ContinuousClock.Instant) throws -> Int32 {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { throw ChannelError.late }
        return Int32(clamping: Int64((left / .milliseconds(1)).rounded(.up)))
    }
}
