// ZXing-C++ 1.4 warns of its own coming change unless this says which text is meant.
#define ZX_USE_UTF8 1

#include "CZXing.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/DecodeHints.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>

#include <cstdlib>
#include <cstring>

static ZXing::Result read(const ZXing::ImageView &image, ZXing::BarcodeFormats formats, bool rotate) {
    ZXing::DecodeHints hints;
    hints.setFormats(formats);
    hints.setTryHarder(true);
    hints.setTryRotate(rotate);
    // Not ReadBarcodes: comparing its results with one another, ZXing 1.4 aborts on some pages.
    return ZXing::ReadBarcode(image, hints);
}

CZXingBarcode czxing_read(
    const uint8_t *grey, int32_t width, int32_t height, int32_t stride, int32_t code_width, int32_t code_height) {
    // No C++ exception may reach Swift: an image on which the library fails has no barcode.
    try {
        const ZXing::ImageView image(grey, width, height, ZXing::ImageFormat::Lum, stride);
        auto squares = ZXing::BarcodeFormat::PDF417 | ZXing::BarcodeFormat::DataMatrix;
        // The smallest QR code has 21 modules on a side, the shortest Code 128 has 35 one after the other: what has fewer
        // pixels holds none, and need not be looked through for one.
        if (code_width >= 21 && code_height >= 21) squares |= ZXing::BarcodeFormat::QRCode;
        auto result = read(image, squares, true);
        if (!result.isValid())
            result = read(image, ZXing::BarcodeFormat::Code39 | ZXing::BarcodeFormat::Code128, code_height >= 35);
        if (!result.isValid()) return {nullptr, nullptr};
        return {strdup(ZXing::ToString(result.format())), strdup(result.text().c_str())};
    } catch (...) {
        return {nullptr, nullptr};
    }
}

void czxing_free(CZXingBarcode *barcode) {
    std::free(barcode->format);
    std::free(barcode->text);
}

CZXingModules czxing_write(const char *format, const char *text) {
    try {
        const auto matrix =
            ZXing::MultiFormatWriter(ZXing::BarcodeFormatFromString(format)).setMargin(0).encode(std::string(text), 0, 0);
        const auto count = static_cast<size_t>(matrix.width()) * matrix.height();
        auto *modules = static_cast<uint8_t *>(std::malloc(count));
        if (modules == nullptr) return {nullptr, 0, 0};
        for (int y = 0; y < matrix.height(); ++y)
            for (int x = 0; x < matrix.width(); ++x) modules[y * matrix.width() + x] = matrix.get(x, y);
        return {modules, matrix.width(), matrix.height()};
    } catch (...) {
        return {nullptr, 0, 0};
    }
}

void czxing_free_modules(CZXingModules *modules) { std::free(modules->modules); }
