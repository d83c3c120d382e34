package dev.lexstream.model;

import ai.djl.Device;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The number format that a model computes in. Results are compared with {@link #FP32} on the CPU. */
public enum Precision {
    /** {@link #FP32} on the CPU, {@link #FP16} on a GPU. */
    AUTO,
    /** Single precision. */
    FP32,
    /** Half precision, for GPUs. */
    FP16,
    /** Half precision with the range of single precision. */
    BF16,
    /** Linear layers with 8-bit weights and activations, for CPUs; the rest in single precision. */
    INT8;

    /**
     * Reads a name such as {@code fp16}.
     *
     * @throws IllegalArgumentException naming the allowed ones
     */
    public static Precision parse(String text) {
        return Arrays.stream(values())
                .filter(precision -> precision.toString().equals(text.strip()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is no precision; allowed: " + allowed()));
    }

    /** The names, for messages and documentation. */
    public static String allowed() {
        return Arrays.stream(values()).map(Precision::toString).collect(Collectors.joining(", "));
    }

    /**
     * The precision on a device, never {@link #AUTO}.
     *
     * @throws IllegalArgumentException when the device does not compute in it: why, and what is allowed there
     */
    public Precision on(Device device) {
        if (this == AUTO) {
            return device.isGpu() ? FP16 : FP32;
        }
        if (this == FP16 && !device.isGpu()) {
            throw new IllegalArgumentException(
                    "precision fp16 is for GPUs, the device is the CPU; allowed there: auto, fp32, bf16, int8");
        }
        if (this == INT8 && device.isGpu()) {
            throw new IllegalArgumentException("precision int8 is for the CPU, the device is " + device
                    + "; allowed there: auto, fp32, fp16, bf16");
        }
        return this;
    }

    /** As it is written in a setting. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
