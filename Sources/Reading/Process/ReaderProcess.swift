import CLeptonica
import Documents
import Foundation

/// The body of the hidden command `mailroom reader`: the only place where untrusted bytes meet the C libraries.
///
/// Requests arrive on standard input and answers leave on standard output, which are one socket. When it closes the
/// process ends, whatever it is doing.
package enum ReaderProcess {
    /// Answers requests until the other side is gone.
    ///
    /// Called on the program's first thread before any other is started: Landlock's part of the wall covers only the
    /// thread that raises it and those that this one starts.
    package static func run() -> Never {
        ProcessLimits.closeInheritedDescriptors()
        setMsgSeverity(Int32(L_SEVERITY_NONE))
        setLeptDebugOK(0)
        ProcessLimits.keepMemory()
        var conversation = Conversation(
            channel: FrameChannel(
                input: STDIN_FILENO, output: STDOUT_FILENO, messageBytesMax: 1 << 20, payloadBytesMax: Int.max))
        do {
            try conversation.begin()
            while true { try conversation.answerNext() }
        } catch {
            exit(error as? ChannelError == .closed ? 0 : 1)
        }
    }
}

/// What a reader process holds between two requests.
private struct Conversation {
    private var channel: FrameChannel
    private var limits = ReaderLimits()
    private var reader: PageReader?
    private var files: [Int: OpenFile] = [:]

    init(channel: FrameChannel) { self.channel = channel }

    mutating func begin() throws {
        guard case .begin(let limits, let recognises) = try channel.receive(ReaderRequest.self).message else {
            throw ChannelError.malformed
        }
        self.limits = limits
        channel = FrameChannel(
            input: channel.input, output: channel.output, messageBytesMax: channel.messageBytesMax,
            payloadBytesMax: limits.fileBytesMax)
        do {
            ProcessWall.begin()
            reader = try PageReader(limits: limits, recognises: recognises)
            ProcessLimits.apply(limits)
            try ProcessWall.raise()
        } catch {
            try channel.send(ReaderAnswer.refused(error))
            throw error
        }
        ProcessLimits.endWithStandardInput()
        try channel.send(ReaderAnswer.ready)
    }

    mutating func answerNext() throws {
        let (request, payload) = try channel.receive(ReaderRequest.self)
        ProcessLimits.rearmProcessorTime(seconds: limits.cpuSecondsMax)
        switch request {
        case .open(let file, let kind, let password):
            try channel.send(open(file, kind: kind, password: password, payload))
        case .read(let file, let page, let depth, let wantImage, let turn):
            try read(file, page: page, depth: depth, wantImage: wantImage, turn: turn)
            ProcessLimits.giveMemoryBack()
        case .close(let file): files[file] = nil
        case .begin: throw ChannelError.malformed
        }
    }

    private mutating func open(
        _ number: Int, kind: FileKind, password: String?, _ bytes: OwnedBytes
    ) -> ReaderAnswer {
        do {
            let file = try OpenFile(bytes, kind: kind, password: password, limits: limits)
            guard file.pageCount > 0 else {
                return .refused(ReadingError(.damaged, "The file has no pages. Ask its sender for a sound copy."))
            }
            guard file.pageCount <= limits.pageCountMax else {
                return .refused(
                    ReadingError(
                        .tooManyPages,
                        "The file has \(file.pageCount) pages, more than the \(limits.pageCountMax) allowed. Split it.")
                )
            }
            files[number] = file
            return .opened(FileContents(pageCount: file.pageCount, attachments: file.attachments))
        } catch {
            return .refused(error)
        }
    }

    private func read(_ number: Int, page: Int, depth: ReadingDepth, wantImage: Bool, turn: Int?) throws {
        guard let file = files[number], let reader else { throw ChannelError.malformed }
        guard let read = reader.read(file, page: page, depth: depth, wantImage: wantImage, turn: turn) else {
            return try channel.send(ReaderAnswer.needsRecognition)
        }
        var reading = read.reading
        let words = WordBytes.encoded(reading.words)
        reading.words = []
        let answer = ReaderAnswer.page(
            reading, isPart: read.isPart, wordByteCount: words.count, imageMediaType: read.imageMediaType,
            imageScale: read.imageScale)
        try (words + (read.image ?? Data())).withUnsafeBytes { try channel.send(answer, payload: $0) }
    }
}
