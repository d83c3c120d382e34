package dev.lexstream.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source text of an architecture: the methods of its root module in TorchScript, with two additions.
 * {@code parameters("lstm.*")} stands for the list of all parameters whose names match, in the order of declaration;
 * it is how a source handles a number of layers that only the hyper-parameters know. {@code linears("layer.*")} is the
 * same for linear layers, each of the type {@code Linear}: weight and bias, or an 8-bit layer. {@code torch.int64},
 * {@code torch.float32} and {@code torch.bool} are names of types, for which an archive has numbers.
 */
final class ScriptSource {

    private static final Pattern LIST = Pattern.compile("(parameters|linears)\\(\"([^\"]+)\"\\)");

    private static final Pattern LINEAR = Pattern.compile("\\bLinear\\b");

    /** By the numbers of {@code c10::ScalarType}. */
    private static final Map<String, String> TYPES =
            Map.of("torch.int64", "4", "torch.float32", "6", "torch.bool", "11");

    private static final Pattern TYPE = Pattern.compile("torch\\.(?:int64|float32|bool)\\b");

    private final String name;

    /** @param name of a resource below {@code /torchscript}, without ending */
    ScriptSource(String name) {
        this.name = name;
    }

    /**
     * The source with its lists and types written out.
     *
     * @param parameters names of all parameters
     * @param linears names of all linear layers
     * @param quantized whether these are 8-bit layers
     * @throws IllegalStateException when a pattern matches nothing
     */
    String expand(List<String> parameters, List<String> linears, boolean quantized) {
        String typed = TYPE.matcher(read()).replaceAll(type -> TYPES.get(type.group()));
        String whole = LINEAR.matcher(typed).replaceAll(quantized ? QuantizedLinear.TYPE : "Tuple[Tensor, Tensor]");
        return LIST.matcher(whole)
                .replaceAll(call -> Matcher.quoteReplacement(
                        call.group(1).equals("parameters")
                                ? list(call.group(), call.group(2), parameters, ScriptSource::access)
                                : list(call.group(), call.group(2), linears, name -> linear(name, quantized))));
    }

    private static String linear(String name, boolean quantized) {
        return quantized
                ? access(name + "." + QuantizedLinear.ATTRIBUTE)
                : "(" + access(name + ".weight") + ", " + access(name + ".bias") + ")";
    }

    private String list(String call, String glob, List<String> names, UnaryOperator<String> expression) {
        Pattern pattern = Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E");
        List<String> matching =
                names.stream().filter(name -> pattern.matcher(name).matches()).toList();
        if (matching.isEmpty()) {
            throw new IllegalStateException(name + ".py: " + call + " matches none of " + names);
        }
        return matching.stream().map(expression).collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code layers.0.weight} is {@code getattr(self.layers, "0").weight}: a number is no identifier. */
    private static String access(String parameter) {
        String expression = "self";
        for (String part : parameter.split("\\.")) {
            boolean number = Character.isDigit(part.charAt(0));
            expression = number ? "getattr(" + expression + ", \"" + part + "\")" : expression + "." + part;
        }
        return expression;
    }

    private String read() {
        String resource = "/torchscript/" + name + ".py";
        try (InputStream in = ScriptSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
