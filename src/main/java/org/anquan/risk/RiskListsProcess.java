package org.anquan.risk;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anquan.catalog.Layers;
import org.anquan.geo.GeoJson;
import org.anquan.problem.Text;
import org.anquan.process.Place;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.risk.RiskAnswer.Features;
import org.anquan.risk.RiskAnswer.OneFeature;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code risk-lists}. */
@Component
final class RiskListsProcess implements Process {
    private final RiskSettings settings;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final RiskLists lists;

    RiskListsProcess(RiskSettings settings, Layers layers, PlaceSets placeSets, Scenarios scenarios, RiskLists lists) {
        this.settings = settings;
        this.layers = layers;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.lists = lists;
    }

    record Answer(
            List<RiskLists.Listed> lists,
            Features features,
            @JsonUnwrapped Provenance provenance) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        RiskInputs inputs = new RiskInputs(given, List.of("lists", "planned", "scenario"), settings, layers, placeSets);
        List<RiskLists.Rule> rules = lists.rules();
        Set<String> wanted = new LinkedHashSet<>();
        if (inputs.has("lists")) {
            List<String> known = rules.stream().map(RiskLists.Rule::id).toList();
            for (JsonNode one : inputs.node("lists")) {
                wanted.add(one.asString(""));
                if (!known.contains(one.asString("")))
                    inputs.wrong("lists", Text.of("risk.recipe.choice", one.asString(one.toString()), known));
            }
            if (!inputs.node("lists").isArray()) inputs.wrong("lists", Text.of("risk.lists.shape", known));
        }
        List<Place> planned = inputs.has("planned")
                ? placeSets
                        .places(inputs.node("planned"), "inputs.planned", inputs.mistakes)
                        .map(PlaceSet::places)
                        .orElse(List.of())
                : List.of();
        Scenario scenario = inputs.scenario(scenarios);
        inputs.refuseMistakes();
        List<Text> warnings = new ArrayList<>(scenarios.warnings(scenario));
        Map<String, LayerUsed> used = new LinkedHashMap<>();
        Set<String> hidden = new LinkedHashSet<>();
        List<RiskLists.Listed> all = new ArrayList<>();
        for (RiskLists.Rule rule : rules) {
            if (!wanted.isEmpty() && !wanted.contains(rule.id())) continue;
            progress.stopIfCancelled();
            RiskLists.Listed listed = lists.list(rule, scenario, planned, settings.maxListed(), used, hidden);
            all.add(listed);
            if (listed.count() > listed.rows().size())
                warnings.add(Text.of(
                        "risk.lists.more",
                        listed.title(),
                        listed.count(),
                        listed.rows().size()));
            if (listed.unknown() > 0) warnings.add(Text.of("risk.lists.unknown", listed.title(), listed.unknown()));
            if (!listed.emptyLayers().isEmpty())
                warnings.add(Text.of("risk.lists.empty", listed.title(), listed.emptyLayers()));
        }
        if (!hidden.isEmpty()) warnings.add(Text.of("risk.lists.hidden", hidden.size()));
        boolean illustrative =
                used.keySet().stream().anyMatch(one -> layers.state(one).illustrative());
        return new Answer(
                all,
                features(all),
                new Provenance(
                        given,
                        new DataUsed(List.copyOf(used.values()), null, illustrative),
                        warnings,
                        (System.nanoTime() - start) / 1e6));
    }

    private static Features features(List<RiskLists.Listed> all) {
        List<OneFeature> features = new ArrayList<>();
        for (RiskLists.Listed list : all)
            for (RiskLists.Row row : list.rows()) {
                Map<String, @Nullable Object> properties = new LinkedHashMap<>();
                properties.put("list", list.id());
                properties.put("layer", row.layer());
                properties.put("name", row.name());
                properties.put("reason", row.reason());
                features.add(OneFeature.of(
                        row.id(), GeoJson.FACTORY.createPoint(new Coordinate(row.lon(), row.lat())), properties));
            }
        return Features.of(features);
    }

    @Override
    public List<String> otherFormats() {
        return List.of(RiskFiles.EXCEL);
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        Workbook book = new Workbook(out, "Anquan", "1.0");
        Set<String> names = new LinkedHashSet<>();
        for (RiskLists.Listed list : ((Answer) answer).lists()) {
            // Excel allows 31 characters, and none of these.
            String name = list.title().replaceAll("[\\[\\]*?/\\\\:]", " ");
            if (name.length() > 28) name = name.substring(0, 28);
            String unique = name;
            for (int n = 2; !names.add(unique); n++) unique = name + " " + n;
            sheet(book.newWorksheet(unique), list);
        }
        book.finish();
    }

    private static void sheet(Worksheet sheet, RiskLists.Listed list) {
        sheet.value(0, 0, list.clause());
        List<String> head = new ArrayList<>(List.of(
                RiskWorkbook.words("column.layer"),
                RiskWorkbook.words("column.id"),
                RiskWorkbook.words("column.name")));
        for (RiskLists.Column column : list.columns())
            head.add(column.unit().isEmpty() ? column.title() : column.title() + "（" + column.unit() + "）");
        head.add(RiskWorkbook.words("column.reason"));
        head.add(RiskWorkbook.words("column.lon"));
        head.add(RiskWorkbook.words("column.lat"));
        for (int c = 0; c < head.size(); c++) {
            sheet.value(1, c, head.get(c));
            sheet.style(1, c).bold().fillColor("E8EEF4").set();
        }
        int row = 2;
        for (RiskLists.Row one : list.rows()) {
            int c = 0;
            sheet.value(row, c++, one.layerTitle());
            sheet.value(row, c++, one.id());
            sheet.value(row, c++, one.name());
            for (RiskLists.Column column : list.columns()) {
                Object value = one.values().get(column.name());
                if (value instanceof Number number) sheet.value(row, c, number);
                else sheet.value(row, c, value == null ? RiskWorkbook.words("unknown") : value.toString());
                c++;
            }
            sheet.value(row, c++, one.reason());
            sheet.value(row, c++, one.lon());
            sheet.value(row, c, one.lat());
            row++;
        }
        sheet.width(2, 28);
        sheet.width(3 + list.columns().size(), 60);
        sheet.freezePane(0, 2);
    }

    @Override
    public ProcessDescription description() {
        return RiskDescriptions.lists(lists.ids());
    }
}
