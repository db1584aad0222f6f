package org.anquan.shelter;

import java.util.ArrayList;
import java.util.List;
import org.anquan.population.Residents;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.shelter.Question.Asked;
import org.anquan.shelter.Question.Understood;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code shelter-capacity}: is there room? */
@Component
final class CapacityProcess implements Process {
    static final List<String> INPUTS = List.of("shelters", "people", "time", "stay", "hazard", "share", "scenario");

    private final ShelterSettings settings;
    private final Question question;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;

    CapacityProcess(ShelterSettings settings, Question question, PlaceSets placeSets, Scenarios scenarios) {
        this.settings = settings;
        this.question = question;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
    }

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        Inputs inputs = new Inputs(given, placeSets, scenarios, INPUTS);
        PlaceSet places = inputs.shelters(settings.layer());
        Residents.Source source = inputs.source();
        Residents.Hour hour = inputs.hour();
        @Nullable StayClass stay = inputs.stay();
        @Nullable String hazard = inputs.hazard();
        @Nullable Double share = inputs.share("share");
        Scenario scenario = inputs.scenario();
        inputs.refuseMistakes();
        if (places == null) throw new IllegalStateException();
        Understood understood = question.understand(new Asked(places, source, hour, stay, hazard, share, scenario));
        progress.report(0.5, Text.of("shelter.progress.capacity"));
        Capacities capacities = new Capacities(understood, settings);
        inputs.understood.put("share", understood.demand().share());
        inputs.understood.put("people", understood.demand().people().source().id());
        List<Text> warnings = new ArrayList<>(understood.warnings());
        return capacities.answer(
                stay,
                new Provenance(
                        inputs.understood,
                        question.data(understood, null),
                        warnings,
                        (System.nanoTime() - start) / 1e6));
    }

    @Override
    public ProcessDescription description() {
        ObjectNode example = Inputs.json().objectNode().put("stay", "short").put("time", "night");
        return new Parts("shelter-capacity")
                .input("shelters", Parts.places())
                .input("people", Parts.oneOf(Residents.Source.ids()))
                .input("time", Parts.oneOf(List.of("night", "day")))
                .input("stay", Parts.oneOf(StayClass.ids()))
                .input("hazard", Parts.oneOf(Inputs.HAZARDS.stream().sorted().toList()))
                .input("share", Parts.number(0, 1))
                .input("scenario", Parts.scenario())
                .output("district", Parts.type("object"))
                .output("townships", Parts.list())
                .output("villages", Parts.list())
                .output("shelters", Parts.list())
                .output("out", Parts.list())
                .output("norms", Parts.list())
                .described(example);
    }

    @Override
    public List<String> otherFormats() {
        return List.of(Sheets.EXCEL);
    }

    @Override
    public void write(Object answer, String mediaType, java.io.OutputStream out) throws java.io.IOException {
        new Sheets(out).capacity((Capacities.Answer) answer);
    }
}
