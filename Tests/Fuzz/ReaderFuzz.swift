import CLeptonica
import Documents
import Foundation

@testable import Reading

// What a reader process does with a file, but for the engines, which would take a second a page: the file is accepted,
// opened and its first pages are read; images are decoded and searched for marks. `.ci/fuzz` builds and runs it.

/// Limits small enough that a slow file is a finding.
private let limits = ReaderLimits(fileBytesMax: 8 << 20, pageCountMax: 200, pixelsMax: 4_000_000)

/// Pages that are read of one file.
private let pagesMax = 2

/// Keeps the libraries quiet.
@_cdecl("LLVMFuzzerInitialize")
public func start(
    _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<UnsafeMutableRawPointer>
) -> Int32 {
    setMsgSeverity(Int32(L_SEVERITY_NONE))
    setLeptDebugOK(0)
    return 0
}

/// libFuzzer's entry, called for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryReading(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let data = Data(bytes: start, count: count)
    guard let kind = FileKind.sniff(data), FileKind.isComplete(data, kind: kind),
        let file = try? OpenFile(OwnedBytes(data), kind: kind, password: nil, limits: limits),
        let reader = try? PageReader(limits: limits, recognises: false)
    else { return 0 }
    _ = file.attachments
    for page in 0..<min(pagesMax, file.pageCount) {
        if reader.read(file, page: page, wantImage: true) == nil { analyse(file, page: page) }
    }
    return 0
}

/// What is done with an image before and after its words are recognised.
private func analyse(_ file: OpenFile, page: Int) {
    switch file {
    case .pdf: break
    case .bundle(let bundle):
        if let place = try? bundle.place(of: page) { analyse(place.file, page: place.page) }
    case .image(let image):
        guard let scan = try? image.page(page, pixelsMax: limits.pixelsMax) else { return }
        let dpi = scan.believedDPI.horizontal
        guard let analysis = PageAnalysis(of: scan.image, dpi: dpi), !analysis.isBlank,
            let ink = analysis.ink.straightened(analysis.straightening)
        else { return }
        _ = analysis.clockwiseTurn
        _ = CheckboxFinder.checkboxes(in: ink, dpi: dpi / 2, scale: 2, words: [])
        _ = BarcodeFinder.barcodes(on: scan.image, ink: ink, dpi: dpi / 2, scale: 2)
        _ = scan.image.encoded()
    }
}
