package org.anquan.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.anquan.catalog.Layers;
import org.anquan.coverage.CircleAnswer.Uncovered;
import org.anquan.coverage.CircleInputs.KindInput;
import org.anquan.coverage.CircleRequest.OffRoad;
import org.anquan.coverage.CircleResult.Compared;
import org.anquan.coverage.CircleResult.Difference;
import org.anquan.coverage.CircleResult.Features;
import org.anquan.coverage.CircleResult.OneFeature;
import org.anquan.coverage.CircleResult.Side;
import org.anquan.coverage.Question.World;
import org.anquan.coverage.Questions.Prepared;
import org.anquan.network.RoadNetwork;
import org.anquan.network.Roads;
import org.anquan.population.Villages;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.InService;
import org.anquan.process.Place;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.process.Provenance.RoadsUsed;
import org.anquan.scenario.Scenarios;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.MultiPolygon;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code rescue-circle}: understands the request, asks {@link RescueCircle}, says where it comes from. */
@Component
final class RescueCircleProcess implements Process {
    private static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final CoverageSettings settings;
    private final RescueCircle circle;
    private final Roads roads;
    private final Layers layers;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;
    private final Questions questions;
    private final Worlds worlds;
    private final CircleFiles files;

    RescueCircleProcess(
            CoverageSettings settings,
            RescueCircle circle,
            Roads roads,
            Layers layers,
            PlaceSets placeSets,
            Scenarios scenarios,
            Questions questions,
            Worlds worlds,
            CircleFiles files) {
        this.settings = settings;
        this.circle = circle;
        this.roads = roads;
        this.layers = layers;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
        this.questions = questions;
        this.worlds = worlds;
        this.files = files;
    }

    @Override
    public ProcessDescription description() {
        return CircleDescription.of(settings);
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        CircleInputs inputs = CircleInputs.read(given, settings, layers, placeSets, scenarios, this::cells);
        RoadNetwork network = roads.require();
        List<Text> warnings = new ArrayList<>();
        World world = worlds.of(inputs.listed(), warnings);
        progress.report(0.1, Text.of("coverage.progress.roads"));
        InService.told(leftOut(inputs)).ifPresent(warnings::add);
        Prepared first = questions.prepared(network, inputs, inputs.scenario(), "inputs.scenario");
        if (inputs.compare() == null) {
            CircleAnswer answer = first.answer(circle, world);
            Questions.add(warnings, first.warnings());
            Questions.add(warnings, answer.warnings());
            return CircleResult.of(answer, provenance(given, inputs, network, world, answer, warnings, start));
        }
        Prepared second = questions.prepared(network, inputs, inputs.compare(), "inputs.compare");
        // Either takes one core and a part of another; beside each other they are done sooner.
        ForkJoinTask<CircleAnswer> other = ForkJoinPool.commonPool().submit(() -> second.answer(circle, world));
        CircleAnswer before = first.answer(circle, world);
        CircleAnswer after = joined(other);
        progress.stopIfCancelled();
        progress.report(0.6, Text.of("coverage.progress.surface"));
        Questions.add(warnings, first.warnings());
        Questions.add(warnings, before.warnings());
        Questions.add(warnings, second.warnings());
        Questions.add(warnings, after.warnings());
        Difference difference = difference(before, after);
        return new Compared(
                Side.of(before),
                Side.of(after),
                difference,
                provenance(given, inputs, network, world, before, warnings, start));
    }

    /** Stations that are left out for their status, in both scenarios where two are asked. */
    private static List<Place> leftOut(CircleInputs inputs) {
        Set<String> on = new HashSet<>(inputs.scenario().facilities().on());
        if (inputs.compare() != null) on.addAll(inputs.compare().facilities().on());
        return inputs.leftOut(on);
    }

    private Optional<Long> cells(OffRoad offRoad, double cellMetres) {
        Ground.Cache grounds = circle.grounds();
        return roads.current().map(network -> grounds.cells(grounds.plane(network), offRoad, cellMetres));
    }

    /** What the other thread threw is thrown here as it was. */
    private static CircleAnswer joined(ForkJoinTask<CircleAnswer> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof RuntimeException
                    && cause.getCause() instanceof RuntimeException
                    && !(cause instanceof ProblemException)) cause = cause.getCause();
            if (cause instanceof RuntimeException problem) throw problem;
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemException.Kind.CANCELLED, "process.cancelled");
        }
    }

    private Provenance provenance(
            ObjectNode given,
            CircleInputs inputs,
            RoadNetwork network,
            World world,
            CircleAnswer answer,
            List<Text> warnings,
            long startNanos) {
        List<LayerUsed> used = new ArrayList<>();
        boolean illustrative = world.villages().illustrative();
        for (KindInput kind : inputs.kinds()) {
            LayerUsed layer = kind.facilities().layer();
            if (layer != null && !used.contains(layer)) used.add(layer);
            illustrative |= kind.facilities().illustrative();
        }
        if (inputs.air() != null && inputs.air().pads().layer() != null)
            used.add(inputs.air().pads().layer());
        Villages villages = world.villages();
        used.add(new LayerUsed(
                villages.layer(), villages.version(), villages.all().size(), villages.asOf()));
        for (ListedPlaces list : world.listed()) used.add(PlaceSets.used(layers.state(list.layer())));
        RoadsUsed roadsUsed = new RoadsUsed(
                network.version(),
                network.source(),
                network.asOf(),
                network.graph().nodeCount(),
                network.graph().edgeCount());
        return new Provenance(
                inputs.understood(given, answer.accuracy().cellMetres()),
                new DataUsed(used, roadsUsed, illustrative),
                warnings,
                (System.nanoTime() - startNanos) / 1e6);
    }

    private static Difference difference(CircleAnswer before, CircleAnswer after) {
        Map<String, Uncovered> outBefore = byId(before);
        Map<String, Uncovered> outAfter = byId(after);
        List<Uncovered> gained = before.uncovered().stream()
                .filter(village -> !outAfter.containsKey(village.id()))
                .toList();
        List<Uncovered> lost = after.uncovered().stream()
                .filter(village -> !outBefore.containsKey(village.id()))
                .toList();
        Long peopleBefore = before.covered().people();
        Long peopleAfter = after.covered().people();
        return new Difference(
                peopleBefore == null || peopleAfter == null ? null : Long.valueOf(peopleAfter - peopleBefore),
                after.covered().areaSquareMetres() - before.covered().areaSquareMetres(),
                gained.size() - lost.size(),
                gained,
                lost,
                changed(before, after));
    }

    private static Map<String, Uncovered> byId(CircleAnswer answer) {
        Map<String, Uncovered> all = new HashMap<>();
        for (Uncovered village : answer.uncovered()) all.put(village.id(), village);
        return all;
    }

    private static Features changed(CircleAnswer before, CircleAnswer after) {
        Contours.Change change = before.changeTo(after);
        return Features.of(List.of(changed("gained", change.gained()), changed("lost", change.lost())));
    }

    private static OneFeature changed(String kind, MultiPolygon ground) {
        Map<String, @Nullable Object> properties = new HashMap<>();
        properties.put("change", kind);
        return OneFeature.of(kind, ground, properties);
    }

    @Override
    public List<String> otherFormats() {
        return List.of(EXCEL, CircleFiles.GEOJSON, CircleFiles.GEOPACKAGE, CircleFiles.GEOTIFF);
    }

    @Override
    public void write(Object answer, String mediaType, OutputStream out) throws IOException {
        if (!otherFormats().contains(mediaType)) throw new UnsupportedOperationException(mediaType);
        if (mediaType.equals(EXCEL)) CircleWorkbook.write(answer, out);
        else files.write(answer, mediaType, out);
    }
}
