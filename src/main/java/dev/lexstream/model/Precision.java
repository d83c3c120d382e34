package dev.lexstream.model;

import ai.djl.Device;
import dev.lexstream.torchscript.Architecture;
import dev.lexstream.torchscript.ElementType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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

    /** The format of an archive that computes in this precision, which is not {@link #AUTO}. */
    public ElementType elementType() {
        return switch (this) {
            case AUTO -> throw new IllegalStateException("the precision is that of a device: on(device)");
            case FP32 -> ElementType.FLOAT32;
            case FP16 -> ElementType.FLOAT16;
            case BF16 -> ElementType.BFLOAT16;
            case INT8 -> ElementType.INT8;
        };
    }

    /**
     * Checks that an architecture has this precision.
     *
     * @throws IllegalArgumentException when it has not, naming those that have, and what is allowed
     */
    public void checkFor(Architecture architecture) {
        if (this == INT8 && architecture.linearLayers().isEmpty()) {
            throw new IllegalArgumentException("precision int8: architecture " + architecture.source()
                    + " has no int8 variant; " + String.join(", ", Architecture.EIGHT_BIT)
                    + " have one; use auto, fp32 or bf16");
        }
    }

    /**
     * As {@link #checkFor(Architecture)}, of a bundle.
     *
     * @throws BundleException when its architecture has not this precision
     */
    public void checkFor(ModelBundle bundle) throws BundleException {
        try {
            checkFor(bundle.manifest().architecture());
        } catch (IllegalArgumentException e) {
            throw new BundleException(bundle.folder(), List.of(e.getMessage()), e);
        }
    }

    /**
     * Loads one copy of a bundle's model.
     *
     * @throws IllegalArgumentException as {@link #on} does
     * @throws BundleException as {@link #checkFor(ModelBundle)} does, or when the weights do not fit
     */
    public TorchModel load(ModelBundle bundle, Device device) throws IOException, BundleException {
        Precision resolved = on(device);
        resolved.checkFor(bundle);
        return TorchModel.load(bundle.manifest().architecture(), bundle.weights(), resolved.elementType(), device);
    }

    /** As it is written in a setting. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
