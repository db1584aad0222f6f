package org.anquan.style;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.anquan.catalog.DefinitionsChanged;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerStyles;
import org.anquan.catalog.Layers;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.style.LayerStyle.BothLanguages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The styles of all layers, read at the start and whenever layer files are taken: those of the jar, and over them those of
 * {@code styles/} in the home folder. A mistake in any of them stops the start and all are named at once; while the service
 * runs, the log names them and the styles stay as they were.
 */
@Component
final class Styles implements LayerStyles {
    /** @param style as the map takes it; @param sld the file as it was given */
    record Known(LayerStyle style, byte[] sld) {}

    private static final Logger LOG = LoggerFactory.getLogger(Styles.class);

    private final Layers layers;
    private final Path home;
    private final JsonMapper json;
    private volatile Map<String, Known> byLayer;

    Styles(AnquanHome home, Layers layers, JsonMapper json) {
        this.json = json;
        this.layers = layers;
        this.home = home.folder().resolve("styles");
        this.byLayer = read();
    }

    @EventListener
    void changed(DefinitionsChanged change) {
        try {
            byLayer = read();
        } catch (ProblemException e) {
            LOG.error("The styles stay as they were. {}", e.getMessage());
        }
    }

    private Map<String, Known> read() {
        Map<String, Known> all = new TreeMap<>();
        Map<String, LayerDefinition> definitions = new TreeMap<>();
        for (LayerDefinition layer : layers.definitions()) definitions.put(layer.id(), layer);
        List<Mistake> mistakes = new ArrayList<>();
        files().forEach((file, content) -> {
            String layer = file.substring(0, file.length() - ".sld".length());
            Known known = read(file, content, definitions.get(layer), mistakes);
            if (known != null) all.put(layer, known);
        });
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("style.notUnderstood", mistakes.size())
                    .withMistakes(mistakes);
        return all;
    }

    /** The style of a layer; a plain one where it has no file. */
    LayerStyle style(LayerDefinition layer) {
        Known known = byLayer.get(layer.id());
        return known == null ? plain(layer) : known.style();
    }

    @Override
    public JsonNode mapStyle(LayerDefinition layer) {
        return json.valueToTree(style(layer));
    }

    @Override
    public Optional<byte[]> sld(String layer) {
        return Optional.ofNullable(byLayer.get(layer)).map(Known::sld);
    }

    @Override
    public Optional<byte[]> symbol(String fileName) {
        if (!fileName.matches("[A-Za-z0-9_-]+\\.svg")) return Optional.empty();
        try {
            Path own = home.resolve("symbols").resolve(fileName);
            if (Files.isRegularFile(own)) return Optional.of(Files.readAllBytes(own));
            ClassPathResource shipped = new ClassPathResource("styles/symbols/" + fileName);
            return shipped.exists() ? Optional.of(shipped.getContentAsByteArray()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Known read(String file, byte[] content, @Nullable LayerDefinition layer, List<Mistake> mistakes) {
        try {
            SldNode root = SldNode.read(new ByteArrayInputStream(content));
            return new Known(new SldReader(file, layer, this::hasSymbol, mistakes).read(root), content);
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
            mistakes.add(new Mistake(
                    file + ":" + line,
                    Text.of("style.mistake.xml", String.valueOf(e.getMessage()).replace('\n', ' '))));
            return null;
        }
    }

    private boolean hasSymbol(String name) {
        return Files.isRegularFile(home.resolve("symbols").resolve(name))
                || new ClassPathResource("styles/symbols/" + name).exists();
    }

    private Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        try {
            for (Resource shipped : new PathMatchingResourcePatternResolver().getResources("classpath*:styles/*.sld")) {
                String name = shipped.getFilename();
                if (name == null) continue;
                try (InputStream in = shipped.getInputStream()) {
                    files.putIfAbsent(name, in.readAllBytes());
                }
            }
            if (Files.isDirectory(home))
                try (Stream<Path> own = Files.list(home)) {
                    for (Path file :
                            own.filter(path -> path.toString().endsWith(".sld")).toList())
                        files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static LayerStyle plain(LayerDefinition layer) {
        ObjectNode flat = JsonNodeFactory.instance.objectNode();
        switch (layer.geometry()) {
            case POINT ->
                flat.put("circle-radius", 5)
                        .put("circle-fill-color", "#0b62c4")
                        .put("circle-stroke-color", "#ffffff")
                        .put("circle-stroke-width", 1.5);
            case LINE -> flat.put("stroke-color", "#5b6b7a").put("stroke-width", 1.5);
            case POLYGON -> {
                flat.putArray("fill-color").add(91).add(107).add(122).add(0.15);
                flat.put("stroke-color", "#5b6b7a").put("stroke-width", 1.2);
            }
        }
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.putArray("style").add(flat);
        BothLanguages title = BothLanguages.of(layer.title());
        String geometry = layer.geometry().name().toLowerCase(java.util.Locale.ROOT);
        return new LayerStyle(
                layer.id(), title, List.of(rule), List.of(new LayerStyle.Entry(title, geometry, List.of(flat), null)));
    }
}
