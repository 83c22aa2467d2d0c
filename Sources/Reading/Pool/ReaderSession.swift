import Documents
import Foundation

/// The conversation with one reader process: what it has open and what is asked of it next.
struct ReaderSession {
    let limits: ReaderLimits
    private(set) var child: ReaderChild?
    /// Whether the process has what recognises images.
    let recognises: Bool
    /// Files that the process holds, the least recently used first.
    private var files: [(file: Int, byteCount: Int)] = []

    init(limits: ReaderLimits, child: ReaderChild? = nil, recognises: Bool = false) {
        self.limits = limits
        self.child = child
        self.recognises = recognises
    }

    var openFiles: Set<Int> { Set(files.map(\.file)) }

    func begin(deadline: ContinuousClock.Instant) throws {
        let channel = try channel()
        try channel.send(ReaderRequest.begin(limits, recognises: recognises), deadline: deadline)
        switch try channel.receive(ReaderAnswer.self, deadline: deadline).message {
        case .ready: return
        case .refused(let error): throw ReadingError(.readerFailed, error.description)
        case .opened, .page, .needsRecognition: throw ChannelError.malformed
        }
    }

    /// Gives the file to the process unless it has it; what is in it.
    mutating func open(_ job: ReadingJob) throws -> FileContents {
        makeRoom(for: job.bytes.count)
        let channel = try channel()
        let deadline = pageDeadline
        try job.bytes.withUnsafeBytes { bytes in
            let request = ReaderRequest.open(file: job.file, kind: job.kind, password: job.password)
            try channel.send(request, payload: bytes, deadline: deadline)
        }
        switch try channel.receive(ReaderAnswer.self, deadline: deadline).message {
        case .opened(let contents) where contents.isPlausible(pageCountMax: limits.pageCountMax):
            files.append((job.file, job.bytes.count))
            return contents
        case .refused(let error) where error.description.utf8.count <= AnswerLimits.problemBytesMax:
            throw error
        case .opened, .refused, .ready, .page, .needsRecognition:
            throw ChannelError.malformed
        }
    }

    /// Reads a page; nil when it has to be recognised, and the process reads text only.
    mutating func read(_ job: ReadingJob, page: Int) throws -> ReadPage? {
        if let place = files.firstIndex(where: { $0.file == job.file }) {
            files.append(files.remove(at: place))
        } else {
            _ = try open(job)
        }
        let channel = try channel()
        let deadline = pageDeadline
        try channel.send(
            ReaderRequest.read(
                file: job.file, page: page, depth: job.depth, wantImage: job.wantImages, turn: job.turn),
            deadline: deadline)
        let (answer, payload) = try channel.receive(ReaderAnswer.self, deadline: deadline)
        if case .needsRecognition = answer, !recognises { return nil }
        guard case .page(var reading, let isPart, let wordByteCount, let mediaType, let scale) = answer,
            let (words, image) = payload.withReader({ ReaderSession.parts(of: $0.bytes, wordByteCount) }),
            ["image/png", "image/jpeg"].contains(mediaType), scale.isFinite, scale > 0, scale <= 1
        else { throw ChannelError.malformed }
        reading.words = words
        guard reading.isPlausible(number: page + 1) else { throw ChannelError.malformed }
        if let image, FileKind.sniff(image)?.mediaType != mediaType { throw ChannelError.malformed }
        return ReadPage(
            reading: reading, image: image, imageMediaType: mediaType, imageScale: scale, isPart: isPart)
    }

    /// The words and the image that an answer carries.
    private static func parts(of payload: UnsafeRawBufferPointer, _ wordByteCount: Int) -> (
        words: [Word], image: Data?
    )? {
        guard (0...payload.count).contains(wordByteCount),
            let words = WordBytes.decoded(UnsafeRawBufferPointer(rebasing: payload[..<wordByteCount]))
        else { return nil }
        return (words, wordByteCount == payload.count ? nil : Data(payload[wordByteCount...]))
    }

    /// Has the process let go of files; a process that is gone is found out by the next request.
    mutating func forget(_ done: Set<Int>) {
        for file in done {
            files.removeAll { $0.file == file }
            try? child?.channel.send(ReaderRequest.close(file: file), deadline: pageDeadline)
        }
    }

    /// Closes files until another of `byteCount` bytes fits beside them: together they stay below the limit of one file.
    private mutating func makeRoom(for byteCount: Int) {
        while let oldest = files.first, files.reduce(byteCount, { $0 + $1.byteCount }) > limits.fileBytesMax {
            forget([oldest.file])
        }
    }

    private var pageDeadline: ContinuousClock.Instant { ContinuousClock.now + .seconds(limits.pageSecondsMax) }

    private func channel() throws -> FrameChannel {
        guard let child else { throw ChannelError.closed }
        return child.channel
    }
}
