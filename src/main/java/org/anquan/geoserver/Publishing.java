package org.anquan.geoserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.anquan.catalog.AttributeDefinition;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.GeometryKind;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.LayerStyles;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Sensitivity;
import org.anquan.catalog.Visibility;
import org.anquan.exchange.ExportRequest;
import org.anquan.exchange.ImportProgress;
import org.anquan.exchange.LayerExport;
import org.anquan.geo.Bbox;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.problem.ProblemException.Mistake;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.process.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes the public layers to a GeoServer: workspace, store, layers with titles, bounds and styles, a group of them.
 *
 * <p>What is there is looked at first and only what differs is written, so that a second run writes nothing, and a run
 * after a fault goes on where the last one stopped. What cannot be seen from outside (is the cache of tiles emptied? is the
 * file of these very data?) stands as marks in the keywords of the published layer: {@code anquan-data-…} names the data
 * that were handed over, {@code anquan-state-…} all of it, written last; {@code anquan-state-pending} means half done.
 */
@Service
public final class Publishing {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DATA = "anquan-data-";
    private static final String STATE = "anquan-state-";
    private static final String PENDING = STATE + "pending";
    private static final Pattern SYMBOL = Pattern.compile("symbols/([A-Za-z0-9_-]+\\.svg)");
    private static final String SRS = "EPSG:4326";

    private final Layers layers;
    private final LayerStyles styles;
    private final LayerExport export;
    private final AnquanHome home;
    private final GeoServerSettings settings;
    private final JsonMapper json;
    private final @Nullable StoreTarget database;

    Publishing(
            Layers layers,
            LayerStyles styles,
            LayerExport export,
            AnquanHome home,
            GeoServerSettings settings,
            JsonMapper json,
            @Value("${spring.datasource.url:}") String url,
            @Value("${spring.datasource.username:}") String user,
            @Value("${spring.datasource.password:}") String password) {
        this.layers = layers;
        this.styles = styles;
        this.export = export;
        this.home = home;
        this.settings = settings;
        this.json = json;
        this.database = StoreTarget.of(url, user, password, settings.postgis());
    }

    /**
     * What was done, or with a dry run would be.
     *
     * @param writes in their order; empty where GeoServer has all of it already
     * @param layers how many are published
     */
    public record Report(boolean dryRun, List<Text> writes, List<Text> warnings, int layers, String workspace) {
        public Report {
            writes = List.copyOf(writes);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param only ids of layers; empty: those of the settings, else all that may be published
     * @throws ProblemException saying what was done before, where it stops half-way
     */
    public Report publish(List<String> only, boolean dryRun, Progress progress) {
        return publish(Target.AS_SET, only, dryRun, progress);
    }

    Report publish(Target target, List<String> only, boolean dryRun, Progress progress) {
        List<LayerDefinition> chosen = chosen(only.isEmpty() ? settings.layers() : only);
        return new Run(settings.with(target), dryRun, progress).all(chosen, only.isEmpty());
    }

    private Visibility sight() {
        boolean internal = settings.sensitivity() == Sensitivity.INTERNAL;
        return new Visibility(internal ? Sensitivity.INTERNAL : Sensitivity.PUBLIC);
    }

    private List<LayerDefinition> chosen(List<String> ids) {
        List<LayerDefinition> may = sight().layers(layers);
        List<String> names = may.stream().map(LayerDefinition::id).toList();
        List<Mistake> mistakes = new ArrayList<>();
        for (String id : ids)
            if (!names.contains(id)) {
                boolean known =
                        layers.definitions().stream().anyMatch(one -> one.id().equals(id));
                mistakes.add(new Mistake(
                        id, known ? Text.of("geoserver.mistake.hidden") : Text.of("geoserver.mistake.layer", names)));
            }
        if (!mistakes.isEmpty())
            throw ProblemException.invalid("geoserver.layers").withMistakes(mistakes);
        return may.stream()
                .filter(layer -> ids.isEmpty() || ids.contains(layer.id()))
                .map(layer -> sight().layer(layers, layer.id()))
                .sorted(Comparator.comparingInt(LayerDefinition::order))
                .toList();
    }

    /** One run against one server. */
    private final class Run {
        private final GeoServerSettings settings;
        private final GeoServerClient server;
        private final boolean dryRun;
        private final Progress progress;
        private final List<Text> writes = new ArrayList<>();
        private final List<Text> warnings = new ArrayList<>();
        private final Map<String, String> marks = new LinkedHashMap<>();
        private Text present = Text.of("geoserver.step.look");

        Run(GeoServerSettings settings, boolean dryRun, Progress progress) {
            this.settings = settings;
            this.server = new GeoServerClient(settings, json);
            this.dryRun = dryRun;
            this.progress = progress;
        }

        Report all(List<LayerDefinition> chosen, boolean complete) {
            try {
                return steps(chosen, complete);
            } catch (ProblemException e) {
                if (writes.isEmpty() || dryRun) throw e;
                List<Mistake> done = new ArrayList<>();
                for (Text write : writes) done.add(new Mistake(String.valueOf(done.size() + 1), write));
                throw ProblemException.of(
                                e.kind(), "geoserver.halfDone", present, writes.size(), e.title(), e.detail(), e.help())
                        .withMistakes(done)
                        .causedBy(e);
            }
        }

        private Report steps(List<LayerDefinition> chosen, boolean complete) {
            if (server.find("/rest/about/version.json").isEmpty())
                throw ProblemException.unavailable("geoserver.notThere", settings.url());
            workspace();
            if (database != null) postGis(database);
            List<LayerDefinition> published = new ArrayList<>();
            for (int i = 0; i < chosen.size(); i++) {
                LayerDefinition layer = chosen.get(i);
                progress.stopIfCancelled();
                progress.report((double) i / chosen.size(), Text.of("geoserver.step.layer", layer.title()));
                if (layers.state(layer.id()).count() == 0) {
                    warnings.add(Text.of("geoserver.warning.empty", layer.title()));
                    continue;
                }
                layer(layer);
                published.add(layer);
            }
            if (complete && !settings.group().isEmpty() && !published.isEmpty()) group(published);
            hidden();
            progress.report(1, Text.of("geoserver.step.done"));
            return new Report(dryRun, writes, warnings, published.size(), settings.workspace());
        }

        private void write(Text what, Runnable action) {
            present = what;
            if (!dryRun) action.run();
            writes.add(what);
        }

        private String inWorkspace(String rest) {
            return "/rest/workspaces/" + settings.workspace() + rest;
        }

        private void workspace() {
            String path = inWorkspace(".json?quietOnNotFound=true");
            if (server.find(path).isPresent()) return;
            ObjectNode body = JSON.objectNode();
            body.putObject("workspace").put("name", settings.workspace());
            write(
                    Text.of("geoserver.write.workspace", settings.workspace()),
                    () -> server.create("/rest/workspaces", path, body));
        }

        private void postGis(StoreTarget target) {
            String path = inWorkspace("/datastores/" + settings.store() + ".json");
            Optional<JsonNode> there = server.find(path + "?quietOnNotFound=true");
            ObjectNode body = JSON.objectNode();
            ObjectNode store = body.putObject("dataStore");
            store.put("name", settings.store()).put("enabled", true).put("type", "PostGIS");
            store.set("connectionParameters", target.parameters(true));
            if (there.isEmpty())
                write(
                        Text.of("geoserver.write.store", settings.store(), target),
                        () -> server.create(inWorkspace("/datastores"), path + "?quietOnNotFound=true", body));
            else {
                Map<String, String> now =
                        Wanted.entries(there.get().path("dataStore").path("connectionParameters"));
                Map<String, String> wanted = Wanted.entries(target.parameters(false));
                if (!now.entrySet().containsAll(wanted.entrySet()))
                    write(
                            Text.of("geoserver.write.storeChanged", settings.store(), target),
                            () -> server.put(path, body));
            }
        }

        private void layer(LayerDefinition layer) {
            LayerState state = layers.state(layer.id());
            Optional<byte[]> sld = styles.sld(layer.id());
            String data = DATA + hash(dataOf(layer, state));
            String store = database == null ? settings.store() + "_" + layer.id() : settings.store();
            String type = inWorkspace("/datastores/" + store + "/featuretypes/" + layer.id() + ".json");
            Optional<JsonNode> there = server.find(type + "?quietOnNotFound=true");
            List<String> marksThere = there.map(
                            found -> Wanted.strings(found.path("featureType").path("keywords")))
                    .orElse(List.of());
            ObjectNode wanted = featureType(layer, state);
            String whole =
                    STATE + hash(data + wanted + sld.map(Publishing::canonical).orElse(""));
            Pending pending = new Pending(type, layer, marksThere);
            sld.ifPresent(content -> style(layer, content, pending));
            if (database == null) file(layer, store, data, marksThere, pending);
            if (there.isEmpty()) {
                ObjectNode body = JSON.objectNode();
                ObjectNode made = wanted.deepCopy();
                made.put("name", layer.id()).put("nativeName", layer.id());
                made.set("attributes", attributes(layer));
                keywords(made, data, PENDING);
                body.set("featureType", made);
                write(
                        Text.of("geoserver.write.layer", layer.title()),
                        () -> server.create(
                                inWorkspace("/datastores/" + store + "/featuretypes"),
                                type + "?quietOnNotFound=true",
                                body));
                pending.written = true;
            } else if (!same(wanted, layer, there.get().path("featureType"), marksThere.contains(data))) {
                ObjectNode body = JSON.objectNode();
                ObjectNode changed = wanted.deepCopy();
                changed.set("attributes", attributes(layer));
                keywords(changed, data, PENDING);
                body.set("featureType", changed);
                write(
                        Text.of("geoserver.write.layerChanged", layer.title()),
                        () -> server.put(type + "?recalculate=", body));
                pending.written = true;
            }
            if (sld.isPresent()) usualStyle(layer, pending);
            if (pending.written || !marksThere.contains(whole)) finish(layer, type, data, whole);
            marks.put(layer.id(), whole);
        }

        /** Says on the server that this layer is half done, before anything of it is changed. */
        private final class Pending {
            private final String type;
            private final LayerDefinition layer;
            private final List<String> there;
            private boolean written;

            Pending(String type, LayerDefinition layer, List<String> there) {
                this.type = type;
                this.layer = layer;
                this.there = there;
            }

            void begin() {
                boolean finished = there.stream().anyMatch(mark -> mark.startsWith(STATE) && !mark.equals(PENDING));
                if (written || !finished) {
                    written = true;
                    return;
                }
                String data = there.stream()
                        .filter(mark -> mark.startsWith(DATA))
                        .findFirst()
                        .orElse(DATA + "unknown");
                ObjectNode body = JSON.objectNode();
                keywords(body.putObject("featureType"), data, PENDING);
                write(
                        Text.of("geoserver.write.pending", layer.title()),
                        () -> server.put(type + "?recalculate=", body));
                written = true;
            }
        }

        private boolean same(ObjectNode wanted, LayerDefinition layer, JsonNode there, boolean dataThere) {
            if (!dataThere || !Wanted.isIn(wanted, there)) return false;
            List<String> names = new ArrayList<>();
            JsonNode given = there.path("attributes").path("attribute");
            if (given.isArray()) given.forEach(one -> names.add(one.path("name").asString("")));
            else if (given.isObject()) names.add(given.path("name").asString(""));
            List<String> wantedNames = new ArrayList<>();
            attributes(layer)
                    .path("attribute")
                    .forEach(one -> wantedNames.add(one.path("name").asString("")));
            // An attribute that is no longer public must go.
            return new TreeSet<>(names).equals(new TreeSet<>(wantedNames));
        }

        private void style(LayerDefinition layer, byte[] sld, Pending pending) {
            Matcher symbols = SYMBOL.matcher(new String(sld, StandardCharsets.UTF_8));
            TreeSet<String> names = new TreeSet<>();
            while (symbols.find()) names.add(symbols.group(1));
            for (String name : names) symbol(name, pending);
            String path = inWorkspace("/styles/" + layer.id());
            if (server.find(path + ".json?quietOnNotFound=true").isEmpty()) {
                pending.begin();
                ObjectNode body = JSON.objectNode();
                body.putObject("style").put("name", layer.id()).put("filename", layer.id() + ".sld");
                write(
                        Text.of("geoserver.write.style", layer.title()),
                        () -> server.create(inWorkspace("/styles"), path + ".json?quietOnNotFound=true", body));
            }
            Optional<byte[]> there = server.file(path + ".sld?quietOnNotFound=true", GeoServerClient.SLD);
            if (there.isPresent() && canonical(there.get()).equals(canonical(sld))) return;
            pending.begin();
            write(
                    Text.of("geoserver.write.sld", layer.title()),
                    () -> server.put(path + "?raw=true", GeoServerClient.SLD, sld));
        }

        private void symbol(String name, Pending pending) {
            byte[] svg = styles.symbol(name).orElse(null);
            if (svg == null) return;
            String path = "/rest/resource/workspaces/" + settings.workspace() + "/styles/symbols/" + name;
            Optional<byte[]> there = server.file(path, GeoServerClient.SVG);
            if (there.isPresent() && java.util.Arrays.equals(there.get(), svg)) return;
            Text what = Text.of("geoserver.write.symbol", name);
            // Several layers may use one symbol; a dry run must not name it twice.
            if (dryRun && writes.contains(what)) return;
            pending.begin();
            write(what, () -> server.put(path, GeoServerClient.SVG, svg));
        }

        /** The public part of a layer as a GeoPackage of its own: the store's own file holds restricted data too. */
        private void file(LayerDefinition layer, String store, String data, List<String> marksThere, Pending pending) {
            boolean there = server.find(inWorkspace("/datastores/" + store + ".json?quietOnNotFound=true"))
                    .isPresent();
            if (there && marksThere.contains(data)) return;
            pending.begin();
            write(
                    Text.of(
                            "geoserver.write.file",
                            layer.title(),
                            layers.state(layer.id()).count()),
                    () -> {
                        Path file =
                                home.sub("tmp").resolve("geoserver-" + layer.id() + "-" + System.nanoTime() + ".gpkg");
                        try {
                            export.write(
                                    ExportRequest.of(FeatureQuery.all(layer.id()), "gpkg"), sight(), file, silent());
                            server.upload(
                                    inWorkspace("/datastores/" + store
                                            + "/file.gpkg?configure=none&update=overwrite&filename=" + store + ".gpkg"),
                                    file);
                        } finally {
                            delete(file);
                        }
                    });
        }

        private ImportProgress silent() {
            return new ImportProgress() {
                @Override
                public void report(double share, long rows) {}

                @Override
                public boolean cancelled() {
                    return progress.cancelled();
                }
            };
        }

        private void usualStyle(LayerDefinition layer, Pending pending) {
            String path = "/rest/layers/" + settings.workspace() + ":" + layer.id() + ".json";
            JsonNode there = server.find(path + "?quietOnNotFound=true")
                    .map(found -> found.path("layer").path("defaultStyle"))
                    .orElse(JSON.missingNode());
            String name = there.path("name").asString("");
            String wanted = settings.workspace() + ":" + layer.id();
            boolean ours = name.equals(wanted)
                    || name.equals(layer.id())
                            && there.path("workspace").asString("").equals(settings.workspace());
            if (ours) return;
            pending.begin();
            ObjectNode body = JSON.objectNode();
            body.putObject("layer")
                    .putObject("defaultStyle")
                    .put("name", layer.id())
                    .put("workspace", settings.workspace());
            write(Text.of("geoserver.write.usualStyle", layer.title()), () -> server.put(path, body));
        }

        /** Tiles that were drawn before are thrown away; then the layer is marked as done. */
        private void finish(LayerDefinition layer, String type, String data, String whole) {
            truncate(settings.workspace() + ":" + layer.id(), Text.of("geoserver.write.truncate", layer.title()));
            ObjectNode body = JSON.objectNode();
            keywords(body.putObject("featureType"), data, whole);
            write(Text.of("geoserver.write.mark", layer.title()), () -> server.put(type + "?recalculate=", body));
        }

        private void truncate(String name, Text what) {
            write(
                    what,
                    () -> server.postXml(
                            "/gwc/rest/masstruncate",
                            "<truncateLayer><layerName>" + name + "</layerName></truncateLayer>"));
        }

        private void group(List<LayerDefinition> published) {
            String path = inWorkspace("/layergroups/" + settings.group() + ".json");
            ObjectNode wanted = JSON.objectNode();
            wanted.put("name", settings.group()).put("mode", "SINGLE").put("title", groupTitle());
            wanted.putObject("workspace").put("name", settings.workspace());
            ArrayNode list = wanted.putObject("publishables").putArray("published");
            for (LayerDefinition layer : published)
                list.addObject().put("@type", "layer").put("name", settings.workspace() + ":" + layer.id());
            String mark = STATE + hash(marks.toString() + wanted);
            Optional<JsonNode> there = server.find(path + "?quietOnNotFound=true");
            JsonNode now = there.map(found -> found.path("layerGroup")).orElse(JSON.missingNode());
            boolean same = now.path("title").asString("").equals(groupTitle())
                    && names(now).equals(names(wanted));
            if (same && now.path("abstractTxt").asString("").equals(mark)) return;
            if (!same || there.isEmpty()) {
                ObjectNode body = JSON.objectNode();
                ObjectNode half = wanted.deepCopy();
                half.put("abstractTxt", PENDING);
                // An empty style means the layer's usual one.
                ArrayNode usual = half.putObject("styles").putArray("style");
                for (LayerDefinition ignored : published) usual.add("");
                body.set("layerGroup", half);
                if (there.isEmpty())
                    write(
                            Text.of("geoserver.write.group", settings.group(), published.size()),
                            () -> server.create(inWorkspace("/layergroups"), path + "?quietOnNotFound=true", body));
                else
                    write(
                            Text.of("geoserver.write.groupChanged", settings.group(), published.size()),
                            () -> server.put(path, body));
            }
            truncate(
                    settings.workspace() + ":" + settings.group(),
                    Text.of("geoserver.write.truncateGroup", settings.group()));
            ObjectNode body = JSON.objectNode();
            body.putObject("layerGroup").put("name", settings.group()).put("abstractTxt", mark);
            write(Text.of("geoserver.write.markGroup", settings.group()), () -> server.put(path, body));
        }

        private List<String> names(JsonNode group) {
            List<String> names = new ArrayList<>();
            JsonNode given = group.path("publishables").path("published");
            if (given.isArray()) given.forEach(one -> names.add(one.path("name").asString("")));
            else if (given.isObject()) names.add(given.path("name").asString(""));
            return names;
        }

        private String groupTitle() {
            boolean there =
                    sight().layers(layers).stream().anyMatch(layer -> layer.id().equals("district"));
            String county = there
                    ? layers.find(FeatureQuery.all("district").page(1, 0)).features().stream()
                            .findFirst()
                            .map(feature -> feature.name())
                            .orElse("")
                    : "";
            return county + Texts.in(Texts.CHINESE, Text.of("geoserver.groupTitle"));
        }

        /** A layer that was public once and is no more is still open to all on the server. */
        private void hidden() {
            List<String> may =
                    sight().layers(layers).stream().map(LayerDefinition::id).toList();
            for (LayerDefinition layer : layers.definitions()) {
                if (may.contains(layer.id())) continue;
                String path = "/rest/layers/" + settings.workspace() + ":" + layer.id() + ".json?quietOnNotFound=true";
                if (server.find(path).isPresent())
                    warnings.add(Text.of(
                            "geoserver.warning.stillThere", layer.title(), settings.workspace() + ":" + layer.id()));
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void keywords(ObjectNode type, String data, String state) {
        type.putObject("keywords").putArray("string").add(data).add(state);
    }

    private static ObjectNode featureType(LayerDefinition layer, LayerState state) {
        ObjectNode type = JSON.objectNode();
        type.put("title", layer.title().zh());
        type.put("abstract", layer.title().en());
        type.put("srs", SRS)
                .put("nativeCRS", SRS)
                .put("projectionPolicy", "FORCE_DECLARED")
                .put("enabled", true);
        Bbox box = state.bbox();
        if (box != null) {
            box(type.putObject("nativeBoundingBox"), box);
            box(type.putObject("latLonBoundingBox"), box);
        }
        return type;
    }

    private static void box(ObjectNode node, Bbox box) {
        node.put("minx", box.west())
                .put("maxx", box.east())
                .put("miny", box.south())
                .put("maxy", box.north());
        node.put("crs", SRS);
    }

    /** Only these are shown by GeoServer; the table may have columns that are not for all. */
    private static ObjectNode attributes(LayerDefinition layer) {
        ObjectNode attributes = JSON.objectNode();
        ArrayNode all = attributes.putArray("attribute");
        attribute(all, "geom", geometryClass(layer.geometry()));
        attribute(all, "id", "java.lang.String");
        for (AttributeDefinition one : layer.attributes())
            attribute(
                    all,
                    one.name(),
                    switch (one.type()) {
                        case TEXT, LIST -> "java.lang.String";
                        case INTEGER -> "java.lang.Long";
                        case NUMBER -> "java.lang.Double";
                        case BOOLEAN -> "java.lang.Boolean";
                        case DATE -> "java.sql.Date";
                        case TIME -> "java.sql.Timestamp";
                    });
        return attributes;
    }

    private static void attribute(ArrayNode all, String name, String binding) {
        all.addObject()
                .put("name", name)
                .put("minOccurs", 0)
                .put("maxOccurs", 1)
                .put("nillable", true)
                .put("binding", binding);
    }

    private static String geometryClass(GeometryKind kind) {
        return "org.locationtech.jts.geom."
                + switch (kind) {
                    case POINT -> "Point";
                    case LINE -> "MultiLineString";
                    case POLYGON -> "MultiPolygon";
                };
    }

    private static String dataOf(LayerDefinition layer, LayerState state) {
        List<String> names =
                layer.attributes().stream().map(AttributeDefinition::name).toList();
        return state.version() + " " + state.count() + " " + state.changedAt() + " " + names;
    }

    private static String hash(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an SLD says, without blanks, comments and prefixes: servers write the same in their own way. */
    static String canonical(byte[] sld) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_COALESCING, Boolean.TRUE);
        StringBuilder out = new StringBuilder();
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(sld));
            while (reader.hasNext())
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        out.append('<').append(reader.getLocalName());
                        TreeSet<String> attributes = new TreeSet<>();
                        for (int i = 0; i < reader.getAttributeCount(); i++)
                            if (!reader.getAttributeLocalName(i).equals("schemaLocation"))
                                attributes.add(reader.getAttributeLocalName(i) + "=" + reader.getAttributeValue(i));
                        out.append(attributes).append('>');
                    }
                    case XMLStreamConstants.END_ELEMENT -> out.append("</>");
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        out.append(reader.getText().strip());
                    default -> {
                        // says nothing
                    }
                }
        } catch (XMLStreamException e) {
            return "not XML: " + new String(sld, StandardCharsets.UTF_8);
        }
        return out.toString();
    }
}
