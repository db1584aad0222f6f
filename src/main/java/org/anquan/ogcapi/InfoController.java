package org.anquan.ogcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.catalog.Feature;
import org.anquan.catalog.FeatureQuery;
import org.anquan.catalog.LayerDefinition;
import org.anquan.catalog.LayerState;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.problem.Texts;
import org.anquan.security.Asker;
import org.anquan.security.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** All that the map needs before it can draw: whose county, which layers in which order, which basemap. */
@RestController
final class InfoController {
    private static final Map<String, Title> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("admin", new Title("行政区划", "Administration"));
        GROUPS.put("resource", new Title("救援力量", "Rescue forces"));
        GROUPS.put("shelter", new Title("避难", "Shelters"));
        GROUPS.put("hazard", new Title("灾害隐患", "Hazards"));
        GROUPS.put("lifeline", new Title("道路与生命线", "Roads and lifelines"));
        GROUPS.put("risk", new Title("风险", "Risk"));
        GROUPS.put("event", new Title("事件", "Events"));
    }

    private final Layers layers;
    private final MapSettings settings;

    InfoController(Layers layers, MapSettings settings) {
        this.layers = layers;
        this.settings = settings;
    }

    /**
     * @param store GeoPackage or PostGIS
     * @param basemap null where none is configured
     * @param bbox of the district, else of all layers: west, south, east, north; null where there is no data
     */
    record Info(
            String service,
            String version,
            String language,
            String store,
            @Nullable String district,
            @Nullable List<Double> bbox,
            boolean illustrative,
            MapSettings.@Nullable Basemap basemap,
            List<Group> groups,
            List<Trouble> problems) {}

    /** A changed definition that is not in force; only planners and administrators are told. */
    record Trouble(String layer, String title, Text detail, Text help, List<ProblemException.Mistake> mistakes) {}

    private List<Trouble> problems() {
        Asker asker = Asker.current();
        if (!asker.has(Role.ADMIN) && !asker.has(Role.EDITOR)) return List.of();
        return layers.problems().stream()
                .map(one -> new Trouble(
                        one.layer(),
                        one.problem().title().toString(),
                        one.problem().detail(),
                        one.problem().help(),
                        one.problem().mistakes()))
                .toList();
    }

    /** Both languages are given, so that the map can switch without asking again. */
    record BothLanguages(String zh, String en) {
        static BothLanguages of(Title title) {
            return new BothLanguages(title.zh(), title.en());
        }
    }

    record Group(String id, BothLanguages title, List<Layer> layers) {}

    /** @param links addresses by what they give: {@code collection, items, tiles, style, schema} */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Layer(
            String id,
            BothLanguages title,
            String geometry,
            int order,
            String sensitivity,
            long count,
            long version,
            @Nullable Instant asOf,
            boolean illustrative,
            @Nullable List<Double> bbox,
            Map<String, String> links) {}

    @GetMapping(path = "/api/info", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> info(HttpServletRequest request) {
        Asked asked = Asked.of(request);
        Map<String, List<Layer>> byGroup = new LinkedHashMap<>();
        GROUPS.keySet().forEach(group -> byGroup.put(group, new ArrayList<>()));
        boolean illustrative = false;
        for (LayerDefinition definition : asked.visibility().layers(layers)) {
            LayerState state = layers.state(definition.id());
            illustrative |= state.illustrative();
            byGroup.computeIfAbsent(definition.group(), id -> new ArrayList<>()).add(layer(definition, state));
        }
        List<Group> groups = new ArrayList<>();
        byGroup.forEach((id, inside) -> groups.add(
                new Group(id, BothLanguages.of(GROUPS.getOrDefault(id, new Title(id, id))), List.copyOf(inside))));
        boolean basemap = !settings.basemap().url().isBlank();
        Info info = new Info(
                "Anquan 安圈",
                version(),
                Texts.currentLanguage().equals(Texts.ENGLISH) ? "en" : "zh",
                layers.store(),
                district(asked),
                bbox(groups),
                illustrative,
                basemap ? settings.basemap() : null,
                groups,
                problems());
        return Replies.json(info, MediaType.APPLICATION_JSON_VALUE);
    }

    private static Layer layer(LayerDefinition definition, LayerState state) {
        String collection = "/ogc/collections/" + definition.id();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("collection", collection);
        links.put("items", collection + "/items");
        links.put("tiles", collection + "/tiles/WebMercatorQuad/{z}/{y}/{x}");
        links.put("style", "/styles/" + definition.id());
        links.put("schema", collection + "/schema");
        return new Layer(
                definition.id(),
                BothLanguages.of(definition.title()),
                definition.geometry().name().toLowerCase(Locale.ROOT),
                definition.order(),
                definition.sensitivity().name().toLowerCase(Locale.ROOT),
                state.count(),
                state.version(),
                state.asOf(),
                state.illustrative(),
                state.bbox() == null
                        ? null
                        : List.of(
                                state.bbox().west(),
                                state.bbox().south(),
                                state.bbox().east(),
                                state.bbox().north()),
                links);
    }

    private @Nullable String district(Asked asked) {
        boolean there = asked.visibility().layers(layers).stream()
                .anyMatch(layer -> layer.id().equals("district"));
        if (!there) return null;
        List<Feature> found =
                layers.find(FeatureQuery.all("district").page(1, 0)).features();
        return found.isEmpty() ? null : found.get(0).name();
    }

    private static @Nullable List<Double> bbox(List<Group> groups) {
        List<Double> all = null;
        for (Group group : groups)
            for (Layer layer : group.layers()) {
                List<Double> box = layer.bbox();
                if (box == null) continue;
                if (layer.id().equals("district")) return box;
                all = all == null
                        ? box
                        : List.of(
                                Math.min(all.get(0), box.get(0)),
                                Math.min(all.get(1), box.get(1)),
                                Math.max(all.get(2), box.get(2)),
                                Math.max(all.get(3), box.get(3)));
            }
        return all;
    }

    /** From the jar's manifest; {@code dev} while it runs from classes. */
    static String version() {
        String version = InfoController.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
