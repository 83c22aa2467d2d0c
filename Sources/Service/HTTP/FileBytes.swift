import Dispatch
import Foundation
import NIOCore
import NIOFoundationCompat

/// Reads whole files off the threads that everything else shares.
enum FileBytes {
    private static let queue = DispatchQueue(label: "mailroom.file-bytes", attributes: .concurrent)

    static func read(_ file: URL) async throws -> ByteBuffer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { ByteBuffer(data: try Data(contentsOf: file)) })
            }
        }
    }
}
