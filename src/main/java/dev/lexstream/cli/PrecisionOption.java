package dev.lexstream.cli;

import dev.lexstream.model.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In which numbers a model is measured: the option of all {@code eval} commands. */
final class PrecisionOption {

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            converter = Converter.class,
            description = "fp32, bf16 or int8, on the CPU. Default: fp32.")
    private Precision precision;

    /** As given. */
    Precision get() {
        return precision;
    }

    private static final class Converter implements ITypeConverter<Precision> {

        @Override
        public Precision convert(String value) {
            try {
                return Precision.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
