package dev.lexstream.cli;

import dev.lexstream.torchscript.BertClassifier.Head;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a classifier's head as manifests have it. */
final class HeadName implements ITypeConverter<Head> {

    @Override
    public Head convert(String name) {
        return Arrays.stream(Head.values())
                .filter(head -> head.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("the head must be linear or linear_relu, found '" + name + "'"));
    }
}
