import CHEIF
import CLeptonica

/// A photograph in HEIF as libheif opened it, owned by this object alone.
final class HEIFFile {
    private let context: OpaquePointer
    private let handle: OpaquePointer
    private let bytes: OwnedBytes

    /// Opens the main image; nil when there is none.
    init?(_ bytes: OwnedBytes) {
        guard let context = heif_context_alloc() else { return nil }
        heif_context_set_max_decoding_threads(context, 0)
        var handle: OpaquePointer?
        guard
            heif_context_read_from_memory_without_copy(context, bytes.address, bytes.count, nil).code == heif_error_Ok,
            heif_context_get_primary_image_handle(context, &handle).code == heif_error_Ok, let handle
        else {
            heif_context_free(context)
            return nil
        }
        self.context = context
        self.handle = handle
        self.bytes = bytes
    }

    deinit {
        heif_image_handle_release(handle)
        heif_context_free(context)
    }

    var width: Int { max(0, Int(heif_image_handle_get_width(handle))) }
    var height: Int { max(0, Int(heif_image_handle_get_height(handle))) }

    /// The image in colour, turned as the camera noted; nil when it cannot be decoded.
    func image() -> PixelImage? {
        var decoded: OpaquePointer?
        let verdict = heif_decode_image(handle, &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nil)
        guard verdict.code == heif_error_Ok, let decoded else { return nil }
        defer { heif_image_release(decoded) }
        let (columns, rows) = (
            heif_image_get_primary_width(decoded), heif_image_get_primary_height(decoded)
        )
        var rowBytes: Int32 = 0
        guard let samples = heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &rowBytes),
            columns > 0, rows > 0, rowBytes >= columns * 3,
            let image = PixelImage(pixCreate(columns, rows, 32)), let words = pixGetData(image.pix)
        else { return nil }
        for row in 0..<Int(rows) {
            let line = samples + row * Int(rowBytes)
            let target = words + row * Int(columns)
            for column in 0..<Int(columns) {
                let sample = line + column * 3
                target[column] = UInt32(sample[0]) << 24 | UInt32(sample[1]) << 16 | UInt32(sample[2]) << 8
            }
        }
        return image
    }
}
