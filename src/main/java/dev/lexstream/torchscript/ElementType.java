package dev.lexstream.torchscript;

/** The number formats of tensors, with their names in both file formats. */
public enum ElementType {
    FLOAT32("F32", "FloatStorage", Float.BYTES),
    FLOAT16("F16", "HalfStorage", Short.BYTES),
    BFLOAT16("BF16", "BFloat16Storage", Short.BYTES),
    FLOAT64("F64", "DoubleStorage", Double.BYTES),
    INT64("I64", "LongStorage", Long.BYTES),
    /** Quantized: a number has a scale beside it. */
    INT8("I8", "QInt8Storage", Byte.BYTES);

    private final String safetensorsName;
    private final String storageClass;
    private final int bytes;

    ElementType(String safetensorsName, String storageClass, int bytes) {
        this.safetensorsName = safetensorsName;
        this.storageClass = storageClass;
        this.bytes = bytes;
    }

    /** The name in a safetensors header, such as {@code F32}. */
    String safetensorsName() {
        return safetensorsName;
    }

    /** The class below {@code torch} that a pickled tensor names, such as {@code FloatStorage}. */
    String storageClass() {
        return storageClass;
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
