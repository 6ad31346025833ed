// The one place where floating-point numbers become integers.
//
// The initializers of the standard library trap on NaN, infinities and values that do not fit, so none of them is used
// elsewhere. In files that import this room the declarations at the end hide them; the tests read the other files.

extension FixedWidthInteger {
    /// The number without its fraction; nil for NaN, infinities and what does not fit.
    @inlinable
    package init?(whole value: Double) { self.init(exactly: value.rounded(.towardZero)) }

    /// The number without its fraction, held at the ends of the range; 0 for NaN.
    ///
    /// For places on the screen, where a bound is as good as the number.
    @inlinable
    package init(clamped value: Double) {
        self = Self(whole: value) ?? (value > 0 ? .max : value < 0 ? .min : 0)
    }
}

extension Int {
    @available(*, deprecated, message: "traps on NaN and large values: use Int(whole:) or Int(clamped:)")
    package init(_ value: Double) { self.init(clamped: value) }
}

extension Int64 {
    @available(*, deprecated, message: "traps on NaN and large values: use Int64(whole:) or Int64(clamped:)")
    package init(_ value: Double) { self.init(clamped: value) }
}

extension Int32 {
    @available(*, deprecated, message: "traps on NaN and large values: use Int32(whole:) or Int32(clamped:)")
    package init(_ value: Double) { self.init(clamped: value) }
}

extension UInt64 {
    @available(*, deprecated, message: "traps on NaN and large values: use UInt64(whole:) or UInt64(clamped:)")
    package init(_ value: Double) { self.init(clamped: value) }
}

extension UInt32 {
    @available(*, deprecated, message: "traps on NaN and large values: use UInt32(whole:) or UInt32(clamped:)")
    package init(_ value: Double) { self.init(clamped: value) }
}

extension UInt8 {
    @available(*, deprecated, message: "traps on NaN and large values: use UInt8(whole:) or UInt8(clamped:)")
    package init(_ value: Double) { self.init(clamped: value) }
}
