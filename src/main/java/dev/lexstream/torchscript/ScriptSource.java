package dev.lexstream.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source text of an architecture: the methods of its root module in TorchScript, with two additions.
 * {@code parameters("lstm.*")} stands for the list of all parameters whose names match, in the order of declaration;
 * it is how a source handles a number of layers that only the hyper-parameters know. {@code torch.int64},
 * {@code torch.float32} and {@code torch.bool} are names of types, for which an archive has numbers.
 */
final class ScriptSource {

    private static final Pattern LIST = Pattern.compile("parameters\\(\"([^\"]+)\"\\)");

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
     * The source with its parameter lists and types written out.
     *
     * @throws IllegalStateException when a pattern matches no parameter
     */
    String expand(List<String> parameters) {
        String typed = TYPE.matcher(read()).replaceAll(type -> TYPES.get(type.group()));
        return LIST.matcher(typed).replaceAll(call -> Matcher.quoteReplacement(list(call.group(1), parameters)));
    }

    private String list(String glob, List<String> parameters) {
        Pattern pattern = Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E");
        List<String> matching = parameters.stream()
                .filter(parameter -> pattern.matcher(parameter).matches())
                .toList();
        if (matching.isEmpty()) {
            throw new IllegalStateException(name + ".py: parameters(\"" + glob + "\") matches none of " + parameters);
        }
        return matching.stream().map(ScriptSource::access).collect(Collectors.joining(", ", "[", "]"));
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
