// A C face for ZXing-C++, whose interface is C++ only.
#ifndef CZXING_H
#define CZXING_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a barcode says; both are null when there is none.
typedef struct {
    /// The symbology as ZXing names it, such as "Code128" or "QRCode".
    char *format;
    /// The value in UTF-8.
    char *text;
} CZXingBarcode;

/// The barcode of a grey image of `width` times `height` bytes in rows of `stride`; to be given to `czxing_free`.
///
/// Its bars or modules take at most `code_width` times `code_height` pixels of the image, the rest is quiet zone.
CZXingBarcode czxing_read(
    const uint8_t *grey, int32_t width, int32_t height, int32_t stride, int32_t code_width, int32_t code_height);

void czxing_free(CZXingBarcode *barcode);

/// The modules of a barcode, a byte each, row by row: 1 is black. No rows when the text does not fit the format.
typedef struct {
    uint8_t *modules;
    int32_t width;
    int32_t height;
} CZXingModules;

/// Encodes text in the symbology that ZXing names so, without a margin; to be given to `czxing_free_modules`.
CZXingModules czxing_write(const char *format, const char *text);

void czxing_free_modules(CZXingModules *modules);

#ifdef __cplusplus
}
#endif

#endif
