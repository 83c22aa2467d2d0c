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

CZXingBarcode czxing_read(const uint8_t *grey, int32_t width, int32_t height, int32_t stride) {
    // No C++ exception may reach Swift: an image on which the library fails has no barcode.
    try {
        ZXing::DecodeHints hints;
        hints.setFormats(
            ZXing::BarcodeFormat::Code39 | ZXing::BarcodeFormat::Code128 | ZXing::BarcodeFormat::QRCode |
            ZXing::BarcodeFormat::PDF417 | ZXing::BarcodeFormat::DataMatrix);
        hints.setTryHarder(true);
        hints.setTryRotate(true);
        // Not ReadBarcodes: comparing its results with one another, ZXing 1.4 aborts on some pages.
        const auto result = ZXing::ReadBarcode(ZXing::ImageView(grey, width, height, ZXing::ImageFormat::Lum, stride), hints);
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
