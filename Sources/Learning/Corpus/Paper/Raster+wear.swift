import Foundation

extension Raster {
    /// Makes the ink paler, as a printer does that is low on toner; paper stays as it is.
    mutating func lighten(by levels: Double) {
        guard levels > 0.5 else { return }
        let table = (0...255).map { UInt8(min(255, Double($0) + levels * (255 - Double($0)) / 255)) }
        for index in pixels.indices { pixels[index] = table[Int(pixels[index])] }
    }

    /// The image with fewer lines, as a fax sends it: each line is the mean of those that it stands for.
    func flattened(by factor: Double) -> Raster {
        var result = Raster(width: width, height: Int((Double(height) * factor).rounded()))
        for y in 0..<result.height {
            let first = min(height - 1, Int(Double(y) / factor))
            let last = max(first, min(height - 1, Int(Double(y + 1) / factor) - 1))
            for x in 0..<width {
                let sum = (first...last).reduce(0) { $0 + Int(pixels[$1 * width + x]) }
                result.pixels[y * width + x] = UInt8(sum / (last - first + 1))
            }
        }
        return result
    }

    /// Mixes each pixel with its four neighbours.
    mutating func soften(weight: Double) {
        let side = Int(weight * 64)
        let centre = 256
        let total = centre + 4 * side
        let source = pixels
        for y in 1..<(height - 1) {
            for index in (y * width + 1)..<(y * width + width - 1) {
                let around =
                    Int(source[index - 1]) + Int(source[index + 1]) + Int(source[index - width])
                    + Int(source[index + width])
                pixels[index] = UInt8((Int(source[index]) * centre + around * side) / total)
            }
        }
    }

    /// The image turned clockwise about its middle by a few degrees, on paper of the same size.
    func leaning(degrees: Double, aspect: Double) -> Raster {
        guard abs(degrees) > 0.02 else { return self }
        var result = Raster(width: width, height: height, paper: 255)
        let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        let (middleX, middleY) = (Double(width) / 2, Double(height) / 2)
        for y in 0..<height {
            let down = (Double(y) - middleY) / aspect
            for x in 0..<width {
                let across = Double(x) - middleX
                let sourceX = cosine * across + sine * down + middleX
                let sourceY = (cosine * down - sine * across) * aspect + middleY
                result.pixels[y * width + x] = sample(sourceX, sourceY)
            }
        }
        return result
    }

    private func sample(_ x: Double, _ y: Double) -> UInt8 {
        guard x >= 0, y >= 0, x < Double(width - 1), y < Double(height - 1) else { return 255 }
        let (left, top) = (Int(x), Int(y))
        let (right, down) = (x - Double(left), y - Double(top))
        let index = top * width + left
        let upper = Double(pixels[index]) * (1 - right) + Double(pixels[index + 1]) * right
        let lower = Double(pixels[index + width]) * (1 - right) + Double(pixels[index + width + 1]) * right
        return UInt8(upper * (1 - down) + lower * down)
    }

    /// Sensor noise: each pixel some levels up or down.
    mutating func addGrain(_ levels: Double, dice: inout Dice) {
        guard levels > 0.5 else { return }
        let spread = Int(levels * 2)
        for index in pixels.indices {
            let bits = dice.next()
            let noise = Int(bits & 0xFFFF) * spread / 0x10000 + Int((bits >> 16) & 0xFFFF) * spread / 0x10000 - spread
            pixels[index] = UInt8(max(0, min(255, Int(pixels[index]) + noise)))
        }
    }

    /// Specks of dust and toner, dark ones and, a third of them, white ones.
    mutating func addSpecks(perMillion: Double, dice: inout Dice) {
        for _ in 0..<Int(Double(pixels.count) / 1_000_000 * perMillion) {
            let (x, y) = (dice.below(width), dice.below(height))
            let level: UInt8 = dice.chance(0.33) ? 255 : UInt8(dice.int(0...90))
            let size = dice.pick([1, 1, 2, 2, 3])
            for row in y..<min(height, y + size) {
                for column in x..<min(width, x + size) { self[column, row] = level }
            }
        }
    }

    /// A pale or dark line down the page, as a dirty roller leaves.
    mutating func addStreak(dice: inout Dice) {
        let x = dice.below(width)
        let dark = dice.chance(0.5)
        for y in 0..<height where dice.chance(0.8) { self[x, y] = dark ? 60 : 255 }
    }

    /// A fold across the sheet: a band in its own shade, and along its middle a hair of bare paper.
    ///
    /// - Parameters:
    ///   - share: the height of the fold, as a share of the image's.
    ///   - depth: grey levels by which its shade is darkest.
    mutating func addFold(at share: Double, depth: Double, dpi: Double) {
        let middle = Int(Double(height) * share)
        let reach = max(2, Int(dpi * 0.05))
        for y in max(0, middle - reach)...min(height - 1, middle + reach) {
            let shade = Int(depth * (1 - Double(abs(y - middle)) / Double(reach)))
            for x in 0..<width {
                self[x, y] = y == middle ? max(self[x, y], 235) : UInt8(max(0, Int(self[x, y]) - shade))
            }
        }
    }

    /// The dark edge that a copier leaves whose lid stood open.
    ///
    /// - Parameter share: how far it reaches into the image, as a share of the width.
    mutating func addShadow(width share: Double, onRight: Bool) {
        let reach = Int(Double(width) * share)
        guard reach > 1 else { return }
        for step in 0..<reach {
            let level = UInt8(40 + 215 * step / reach)
            let x = onRight ? width - 1 - step : step
            for y in 0..<height { self[x, y] = min(self[x, y], level) }
        }
    }

    /// Black or white.
    mutating func makeBitonal(threshold: Double) {
        for index in pixels.indices { pixels[index] = Double(pixels[index]) < threshold ? 0 : 255 }
    }

    /// The image turned clockwise by quarter turns.
    func turned(by degrees: Int) -> Raster {
        switch degrees {
        case 90:
            var result = Raster(width: height, height: width)
            for y in 0..<height { for x in 0..<width { result[height - 1 - y, x] = self[x, y] } }
            return result
        case 180:
            var result = self
            result.pixels.reverse()
            return result
        case 270:
            var result = Raster(width: height, height: width)
            for y in 0..<height { for x in 0..<width { result[y, width - 1 - x] = self[x, y] } }
            return result
        default: return self
        }
    }
}
