package dev.lexstream.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The devices that models are to run on: parsed from a setting, then resolved against the machine. The only place that
 * names DJL's devices.
 *
 * @param kind what was asked for
 * @param ordinals numbers of GPUs, ascending; for {@link Kind#GPU} only, empty means all
 */
public record Devices(Kind kind, List<Integer> ordinals) {

    /** The way to write a setting, for messages and documentation. */
    public static final String ALLOWED = "auto, cpu, gpu, or GPUs by number, each once, such as gpu:0,gpu:2";

    /** All GPUs, or the CPU where there is none. */
    public static final Devices AUTO = new Devices(Kind.AUTO, List.of());

    private static final String NUMBERED = "gpu:";

    /** What devices are asked for. */
    public enum Kind {
        AUTO,
        CPU,
        GPU
    }

    public Devices {
        ordinals = ordinals.stream().sorted().toList();
        if (kind != Kind.GPU && !ordinals.isEmpty()) {
            throw new IllegalArgumentException("only GPUs have numbers, found " + ordinals + " for " + kind);
        }
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code gpu} or a list such as {@code gpu:0,gpu:2}.
     *
     * @throws IllegalArgumentException naming every part that is no device, and what is allowed
     */
    public static Devices parse(String text) {
        return switch (text.strip()) {
            case "auto" -> AUTO;
            case "cpu" -> new Devices(Kind.CPU, List.of());
            case "gpu" -> new Devices(Kind.GPU, List.of());
            default -> new Devices(Kind.GPU, numbers(text));
        };
    }

    private static List<Integer> numbers(String text) {
        TreeSet<Integer> numbers = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String device = part.strip();
            if (!device.matches("gpu:\\d{1,4}")) {
                wrong.add("'" + device + "' is no device");
            } else if (!numbers.add(Integer.valueOf(device.substring(NUMBERED.length())))) {
                wrong.add("'" + device + "' is named twice");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join(", ", wrong) + "; allowed: " + ALLOWED);
        }
        return List.copyOf(numbers);
    }

    /** The GPUs that the started PyTorch can use; 0 with a PyTorch for the CPU, whatever the machine has. */
    public static int gpus() {
        return Engine.getEngine(TorchRuntime.ENGINE).getGpuCount();
    }

    /** The CPU. */
    public static Device cpu() {
        return Device.cpu();
    }

    /**
     * One device for each copy of a model.
     *
     * @param gpus that PyTorch can use, see {@link #gpus()}
     * @param workers copies on the CPU; a GPU has one
     * @throws IllegalArgumentException when a GPU is asked for that is not there: what was found and how to go on
     */
    public List<Device> resolve(int gpus, int workers) {
        if (kind == Kind.CPU || (kind == Kind.AUTO && gpus == 0)) {
            return Collections.nCopies(workers, cpu());
        }
        List<Integer> wanted =
                ordinals.isEmpty() ? IntStream.range(0, gpus).boxed().toList() : ordinals;
        List<Integer> missing = wanted.stream().filter(number -> number >= gpus).toList();
        if (gpus == 0 || !missing.isEmpty()) {
            throw new IllegalArgumentException("device " + (missing.isEmpty() ? this : names(missing))
                    + " asked for, PyTorch finds " + found(gpus) + "; to run on "
                    + (gpus == 0 ? "the CPU: cpu, or auto" : "all of them: gpu; on the CPU: cpu"));
        }
        return wanted.stream().map(Device::gpu).toList();
    }

    private static String found(int gpus) {
        return gpus == 0
                ? "no GPU: there is none, or this PyTorch is built for the CPU"
                : names(IntStream.range(0, gpus).boxed().toList());
    }

    private static String names(List<Integer> numbers) {
        return numbers.stream().map(number -> NUMBERED + number).collect(Collectors.joining(","));
    }

    /** As it is written in a setting. */
    @Override
    public String toString() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case GPU -> ordinals.isEmpty() ? "gpu" : names(ordinals);
        };
    }
}
