package org.anquan.catalog;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Reads the layer definitions: the shipped ones from the class path ({@code layers/*.yaml}), then those of the home
 * folder, which add to them or replace them whole. Every mistake of every file is reported at once.
 */
final class DefinitionFiles {
    private static final String SHIPPED = "classpath*:layers/*.yaml";

    /** One file's text and how it is called in messages. */
    record Source(String place, String stem, String yaml) {}

    private DefinitionFiles() {}

    /**
     * @param folder the home's own {@code layers} folder; need not exist
     * @return in the order of the layer tree
     */
    static List<LayerDefinition> load(Path folder) {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, Source> sources = new TreeMap<>();
        shipped().forEach(source -> sources.put(source.stem(), source));
        own(folder, mistakes).forEach(source -> sources.put(source.stem(), source));
        return read(List.copyOf(sources.values()), mistakes);
    }

    static List<LayerDefinition> read(List<Source> sources) {
        return read(sources, new ArrayList<>());
    }

    private static List<LayerDefinition> read(List<Source> sources, List<Mistake> mistakes) {
        List<LayerDefinition> all = new ArrayList<>();
        for (Source source : sources)
            new DefinitionReader(source, mistakes).definition().ifPresent(all::add);
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("catalog.definitions", mistakes.size())
                    .withMistakes(mistakes);
        all.sort(Comparator.comparingInt((LayerDefinition d) -> DefinitionReader.GROUPS.indexOf(d.group()))
                .thenComparingInt(LayerDefinition::order)
                .thenComparing(LayerDefinition::id));
        return List.copyOf(all);
    }

    private static List<Source> shipped() {
        List<Source> all = new ArrayList<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources(SHIPPED)) {
                String name = String.valueOf(file.getFilename());
                try (Reader in = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    java.io.StringWriter text = new java.io.StringWriter();
                    in.transferTo(text);
                    all.add(new Source("layers/" + name, stem(name), text.toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static List<Source> own(Path folder, List<Mistake> mistakes) {
        if (!Files.isDirectory(folder)) return List.of();
        List<Source> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.startsWith(".") || Files.isDirectory(file)) continue;
                if (name.endsWith(".yaml")) all.add(new Source(file.toString(), stem(name), Files.readString(file)));
                else if (name.endsWith(".yml"))
                    mistakes.add(new Mistake(file.toString(), Text.of("catalog.definition.yml", stem(name) + ".yaml")));
            }
        } catch (IOException e) {
            throw ProblemException.unavailable("catalog.definitionsUnreadable", folder, String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
        return all;
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }
}
