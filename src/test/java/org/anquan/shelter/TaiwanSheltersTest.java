package org.anquan.shelter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.anquan.catalog.Change;
import org.anquan.catalog.TestCatalogue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real roster of 4 631 shelters with stated capacities and hazards, and no areas, through all three questions. */
@Tag("real-data")
class TaiwanSheltersTest {
    private static final Path ROSTER = Path.of("../shared/data/shelters/taiwan_shelters_west.csv.gz");

    @TempDir
    Path folder;

    @Test
    void theRosterGoesThroughCapacityAuditAndAssignment() throws IOException {
        if (!Files.isReadable(ROSTER)) System.out.println("skipped: " + ROSTER + " is not there");
        Assumptions.assumeTrue(Files.isReadable(ROSTER));
        try (ShelterWorld world = new ShelterWorld(folder, null)) {
            long stated = load(world);
            JsonNode capacity = world.ask("shelter-capacity", "{'share': 1, 'hazard': 'flood'}");
            JsonNode all = world.ask("shelter-capacity", "{'share': 1}");
            // Nothing follows from an area: what the roster states counts, all of it.
            assertThat(all.path("district").path("now").path("places").asLong()).isEqualTo(stated);
            assertThat(all.path("district").path("now").path("areaUnknown").asInt())
                    .isEqualTo(all.path("district").path("now").path("shelters").asInt());
            assertThat(all.path("district")
                            .path("now")
                            .path("squareMetresPerPerson")
                            .isNull())
                    .isTrue();
            assertThat(capacity.path("out").size()).isPositive();
            assertThat(capacity.path("district").path("now").path("places").asLong())
                    .isLessThan(stated);

            JsonNode audit = world.ask("shelter-audit", "{}");
            assertThat(audit.path("totals").path("shelters").asInt()).isEqualTo(4631);
            // No area, no class: nothing that needs one passes.
            assertThat(audit.path("totals").path("sure").asInt()).isZero();

            JsonNode assignment = world.ask("shelter-assignment", "{'share': 1, 'hazard': 'seismic', 'buses': false}");
            JsonNode summary = assignment.path("summary");
            assertThat(summary.path("optimal").asBoolean()).isTrue();
            assertThat(summary.path("placed").asLong()
                            + summary.path("unplaced").asLong())
                    .isEqualTo(summary.path("people").asLong());
            for (JsonNode one : assignment.path("shelters").values())
                assertThat(one.path("assigned").asLong())
                        .isLessThanOrEqualTo(one.path("places").asLong());
        }
    }

    /** Every tenth shelter stands in a village of 300 people as well; returns the capacity stated in all. */
    private static long load(ShelterWorld world) throws IOException {
        List<Change> changes = new ArrayList<>();
        long stated = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(ROSTER)), StandardCharsets.UTF_8))) {
            List<String> head = cells(lines.readLine().replace("\uFEFF", ""));
            int row = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), row++) {
                List<String> cells = cells(line);
                double lon = Double.parseDouble(cells.get(head.indexOf("經度")));
                double lat = Double.parseDouble(cells.get(head.indexOf("緯度")));
                long people = Long.parseLong(cells.get(head.indexOf("預計收容人數")));
                List<String> hazards = new ArrayList<>();
                String fit = cells.get(head.indexOf("適用災害類別"));
                if (fit.contains("水災")) hazards.add("flood");
                if (fit.contains("震災")) hazards.add("seismic");
                if (fit.contains("土石流")) hazards.add("geo");
                stated += people;
                Map<String, Object> attributes = new LinkedHashMap<>();
                attributes.put("name", cells.get(head.indexOf("避難收容處所名稱")));
                attributes.put("statedCapacity", people);
                if (!hazards.isEmpty()) attributes.put("hazards", hazards);
                changes.add(new Change.Create("shelter", "tw-" + row, TestCatalogue.point(lon, lat), attributes));
                if (row % 10 == 0)
                    changes.add(new Change.Create(
                            "village",
                            "v-" + row,
                            TestCatalogue.point(lon, lat),
                            Map.of("name", "村" + row, "people", 300L)));
            }
        }
        world.store.edits().apply(TestCatalogue.me("test"), changes);
        return stated;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else cell.append(c);
        }
        cells.add(cell.toString());
        return cells;
    }
}
