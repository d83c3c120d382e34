package dev.lexstream.torchscript;

/** IEEE 754 binary16 and bfloat16, which the Java 17 library cannot convert. */
final class HalfPrecision {

    private HalfPrecision() {}

    static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float subnormal = fraction * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        int bits = exponent == 0x1f ? 0x7f800000 | fraction << 13 : (exponent + 112) << 23 | fraction << 13;
        return Float.intBitsToFloat(sign | bits);
    }

    /** To bfloat16, the upper half of a float: rounds to nearest, ties to even. */
    static short brainFromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return 0x7fc0;
        }
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }

    /** Rounds to nearest, ties to even; too large becomes infinity. */
    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 65520f) {
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rest = bits & 0x7fffffff;
        int rounded = rest + 0xfff + (rest >> 13 & 1);
        return (short) (sign | (rounded - (112 << 23)) >> 13);
    }
}
