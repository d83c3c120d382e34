package dev.lexstream.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * Numbers with a shape, outside of any engine. Immutable as long as nobody writes to the buffer given.
 *
 * @param type the number format
 * @param shape sizes from the outermost dimension inwards; empty for a scalar
 * @param data the elements, contiguous, row by row, little-endian, from position to limit
 */
public record Tensor(ElementType type, List<Long> shape, ByteBuffer data) {

    public Tensor {
        Objects.requireNonNull(type, "type");
        shape = List.copyOf(shape);
        long expected = Math.multiplyExact(elements(shape), (long) type.bytes());
        if (data.remaining() != expected) {
            throw new IllegalArgumentException("data of " + type + shape.toString() + " must have " + expected
                    + " bytes, found " + data.remaining());
        }
        data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A tensor of the given values. */
    public static Tensor of(float[] values, List<Long> shape) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new Tensor(ElementType.FLOAT32, shape, data);
    }

    /** A view of the elements with its own position. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Number of elements. */
    public int size() {
        return data.remaining() / type.bytes();
    }

    /** The elements as fp32, whatever the format. */
    public float[] floats() {
        float[] values = new float[size()];
        ByteBuffer from = data();
        switch (type) {
            case FLOAT32 -> from.asFloatBuffer().get(values);
            case FLOAT16 -> fill(values, i -> HalfPrecision.toFloat(from.getShort(i * Short.BYTES)));
            case BFLOAT16 -> fill(values, i -> Float.intBitsToFloat(from.getShort(i * Short.BYTES) << 16));
            case FLOAT64 -> fill(values, i -> (float) from.getDouble(i * Double.BYTES));
            case INT64 -> fill(values, i -> from.getLong(i * Long.BYTES));
            case INT8 -> fill(values, from::get);
        }
        return values;
    }

    /**
     * The same numbers in another floating-point format, rounded to nearest.
     *
     * @throws IllegalArgumentException when {@code target} is not {@code FLOAT32}, {@code FLOAT16} or {@code BFLOAT16}
     */
    public Tensor to(ElementType target) {
        if (target == type) {
            return this;
        }
        float[] values = floats();
        return switch (target) {
            case FLOAT32 -> of(values, shape);
            case FLOAT16 -> shorts(target, values, HalfPrecision::fromFloat);
            case BFLOAT16 -> shorts(target, values, HalfPrecision::brainFromFloat);
            default -> throw new IllegalArgumentException("cannot convert " + type + " to " + target);
        };
    }

    private interface Rounding {
        short of(float value);
    }

    private Tensor shorts(ElementType target, float[] values, Rounding rounding) {
        ByteBuffer half = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            half.putShort(rounding.of(value));
        }
        return new Tensor(target, shape, half.flip());
    }

    private interface Element {
        float at(int index);
    }

    private static void fill(float[] values, Element element) {
        for (int i = 0; i < values.length; i++) {
            values[i] = element.at(i);
        }
    }

    static long elements(List<Long> shape) {
        long elements = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("shape must not be negative, found " + shape);
            }
            try {
                elements = Math.multiplyExact(elements, size);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("shape " + shape + " has more elements than can be counted", e);
            }
        }
        return elements;
    }

    @Override
    public String toString() {
        return type + shape.toString();
    }
}
