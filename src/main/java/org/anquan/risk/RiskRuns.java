package org.anquan.risk;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.anquan.home.AnquanHome;
import org.anquan.problem.ProblemException;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.risk.Recipe.Factor;
import org.anquan.risk.RiskRun.Units;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Zonings that were made: each in {@code risk/<id>/} of the home folder, with the recipe as it was, what it was made of
 * and every factor of every cell; a few stay in memory. Who knows the id may see a run, as with jobs.
 */
@Component
final class RiskRuns {
    private static final Logger LOG = LoggerFactory.getLogger(RiskRuns.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FORMAT = 1;

    private final AnquanHome home;
    private final Recipes recipes;
    private final RiskSettings settings;
    private final JsonMapper json;
    private final LinkedHashMap<String, RiskRun> memory = new LinkedHashMap<>(16, 0.75f, true);

    RiskRuns(AnquanHome home, Recipes recipes, RiskSettings settings, JsonMapper json) {
        this.home = home;
        this.recipes = recipes;
        this.settings = settings;
        this.json = json;
    }

    static String newId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Path folder(String id) {
        return home.folder().resolve("risk").resolve(id);
    }

    /** Keeps a run; the oldest beyond the limit go. */
    void keep(RiskRun run, Geometry area) {
        remember(run);
        home.sub("risk/" + run.id());
        write(folder(run.id()).resolve("cells.bin"), out -> cells(run, area, out));
        ObjectNode about = json.createObjectNode();
        about.put("id", run.id()).put("at", run.at().toString());
        about.set("recipe", run.recipeAsWritten());
        about.set("inputs", run.inputs());
        about.set("data", json.valueToTree(run.data()));
        about.set("warnings", json.valueToTree(run.warnings()));
        write(folder(run.id()).resolve("run.json"), out -> out.write(json.writeValueAsBytes(about)));
        removeOld();
    }

    private void remember(RiskRun run) {
        synchronized (memory) {
            memory.put(run.id(), run);
            var oldest = memory.keySet().iterator();
            while (memory.size() > settings.runsInMemory()) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** @throws ProblemException not found */
    RiskRun require(String id) {
        synchronized (memory) {
            RiskRun known = memory.get(id);
            if (known != null) return known;
        }
        if (!id.matches("[A-Za-z0-9_-]{22}") || !Files.isRegularFile(folder(id).resolve("run.json")))
            throw ProblemException.notFound("risk.noSuchRun", id);
        RiskRun run = read(id);
        remember(run);
        return run;
    }

    /**
     * A run as a list shows it.
     *
     * @param title of its recipe
     */
    record Entry(String id, Instant at, String recipe, String title, double cell) {}

    /** Newest first. */
    List<Entry> list() {
        List<Entry> all = new ArrayList<>();
        for (Path folder : folders()) {
            try {
                JsonNode about = json.readTree(folder.resolve("run.json").toFile());
                all.add(new Entry(
                        about.path("id").asString(""),
                        Instant.parse(about.path("at").asString("")),
                        about.path("recipe").path("id").asString(""),
                        about.path("recipe").path("title").path("zh").asString(""),
                        about.path("inputs").path("cell").asDouble(0)));
            } catch (JacksonException e) {
                LOG.warn("The run in {} cannot be read and is left aside: {}", folder, e.getMessage());
            }
        }
        all.sort(Comparator.comparing(Entry::at).reversed());
        return all;
    }

    private List<Path> folders() {
        Path all = home.folder().resolve("risk");
        if (!Files.isDirectory(all)) return List.of();
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(one -> Files.isRegularFile(one.resolve("run.json")))
                    .toList();
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", all).causedBy(e);
        }
    }

    private void removeOld() {
        List<Path> all = new ArrayList<>(folders());
        if (all.size() <= settings.keptRuns()) return;
        all.sort(Comparator.comparing(one -> one.resolve("run.json").toFile().lastModified()));
        for (Path old : all.subList(0, all.size() - settings.keptRuns()))
            try (Stream<Path> files = Files.walk(old)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The run in {} cannot be removed", old, e);
            }
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private void write(Path file, Writing writing) {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
                writing.to(out);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw ProblemException.unavailable("home.notWritable", home.folder())
                    .causedBy(e);
        }
    }

    // Cells: area and cell size, so that the grid can be made again, then the numbers of all cells

    private static void cells(RiskRun run, Geometry area, OutputStream to) throws IOException {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new DeflaterOutputStream(to, fast, 1 << 16), 1 << 16));
        out.writeInt(FORMAT);
        byte[] wkb = new WKBWriter().write(area);
        out.writeInt(wkb.length);
        out.write(wkb);
        out.writeDouble(run.grid().cell);
        out.writeInt(run.grid().size);
        List<Factor> all = new ArrayList<>(Evaluation.factors(run.recipe()));
        out.writeInt(all.size());
        for (Factor factor : all) {
            float[] values = run.factors().get(factor);
            out.writeBoolean(values != null);
            if (values != null) floats(out, values);
        }
        float[] people = new float[run.people().length];
        for (int i = 0; i < people.length; i++) people[i] = (float) run.people()[i];
        floats(out, people);
        out.writeUTF(run.peopleFrom());
        units(out, run.townships());
        units(out, run.villages());
        out.writeBoolean(run.drawn() != null);
        if (run.drawn() != null) for (boolean one : run.drawn()) out.writeBoolean(one);
        out.flush();
        out.close();
        fast.end();
    }

    private static void floats(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private static float[] floats(DataInputStream in, int size) throws IOException {
        byte[] bytes = new byte[4 * size];
        in.readFully(bytes);
        float[] values = new float[size];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static void units(DataOutputStream out, Units units) throws IOException {
        out.writeInt(units.ids().size());
        for (int i = 0; i < units.ids().size(); i++) {
            out.writeUTF(units.ids().get(i));
            out.writeUTF(units.names().get(i));
            out.writeUTF(units.within().get(i));
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * units.of().length);
        bytes.asIntBuffer().put(units.of());
        out.write(bytes.array());
    }

    private static Units units(DataInputStream in, int size) throws IOException {
        int count = in.readInt();
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> within = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(in.readUTF());
            names.add(in.readUTF());
            within.add(in.readUTF());
        }
        byte[] bytes = new byte[4 * size];
        in.readFully(bytes);
        int[] of = new int[size];
        ByteBuffer.wrap(bytes).asIntBuffer().get(of);
        return new Units(ids, names, within, of);
    }

    private RiskRun read(String id) {
        JsonNode about = json.readTree(folder(id).resolve("run.json").toFile());
        Path file = folder(id).resolve("cells.bin");
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(new InflaterInputStream(raw), 1 << 16));
            if (in.readInt() != FORMAT) throw ProblemException.notFound("risk.noSuchRun", id);
            byte[] wkb = new byte[in.readInt()];
            in.readFully(wkb);
            RiskGrid grid = RiskGrid.of(new WKBReader(org.anquan.geo.GeoJson.FACTORY).read(wkb), in.readDouble());
            int size = in.readInt();
            List<org.anquan.problem.ProblemException.Mistake> mistakes = new ArrayList<>();
            Optional<Recipes.Found> found = recipes.find(about.path("recipe"), "recipe", mistakes);
            if (size != grid.size || found.isEmpty()) throw ProblemException.notFound("risk.noSuchRun", id);
            Recipe recipe = found.get().recipe();
            Map<Factor, float[]> factors = new LinkedHashMap<>();
            List<Factor> all = new ArrayList<>(Evaluation.factors(recipe));
            if (in.readInt() != all.size()) throw ProblemException.notFound("risk.noSuchRun", id);
            for (Factor factor : all) if (in.readBoolean()) factors.put(factor, floats(in, size));
            float[] stored = floats(in, size);
            double[] people = new double[size];
            for (int i = 0; i < size; i++) people[i] = stored[i];
            String peopleFrom = in.readUTF();
            Units townships = units(in, size);
            Units villages = units(in, size);
            boolean[] drawn = in.readBoolean() ? booleans(in, size) : null;
            List<String> warnings = new ArrayList<>();
            for (JsonNode one : about.path("warnings")) warnings.add(one.asString(""));
            return new RiskRun(
                    id,
                    Instant.parse(about.path("at").asString("")),
                    recipe,
                    (ObjectNode) about.path("recipe"),
                    (ObjectNode) about.path("inputs"),
                    grid,
                    factors,
                    people,
                    peopleFrom,
                    townships,
                    villages,
                    drawn,
                    json.treeToValue(about.path("data"), DataUsed.class),
                    warnings,
                    RiskRun.hazards(recipe, grid, factors, drawn));
        } catch (IOException | ParseException e) {
            throw ProblemException.notFound("risk.noSuchRun", id).causedBy(e);
        }
    }

    private static boolean @Nullable [] booleans(DataInputStream in, int size) throws IOException {
        boolean[] all = new boolean[size];
        for (int i = 0; i < size; i++) all[i] = in.readBoolean();
        return all;
    }
}
