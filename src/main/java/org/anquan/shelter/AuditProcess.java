package org.anquan.shelter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anquan.catalog.LayerSnapshot;
import org.anquan.catalog.Layers;
import org.anquan.catalog.Title;
import org.anquan.problem.ProblemException;
import org.anquan.problem.Text;
import org.anquan.process.PlaceSet;
import org.anquan.process.PlaceSets;
import org.anquan.process.Process;
import org.anquan.process.ProcessDescription;
import org.anquan.process.Progress;
import org.anquan.process.Provenance;
import org.anquan.process.Provenance.DataUsed;
import org.anquan.process.Provenance.LayerUsed;
import org.anquan.scenario.Scenario;
import org.anquan.scenario.Scenarios;
import org.anquan.shelter.Audit.Finding;
import org.anquan.shelter.Audit.Result;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The process {@code shelter-audit}: are the shelters fit? */
@Component
final class AuditProcess implements Process {
    static final List<String> INPUTS = List.of("shelters", "scenario");
    private static final List<String> GRADES = List.of("III", "II", "I");

    private final ShelterSettings settings;
    private final Shelters shelters;
    private final Layers layers;
    private final Rules rules;
    private final PlaceSets placeSets;
    private final Scenarios scenarios;

    AuditProcess(
            ShelterSettings settings,
            Shelters shelters,
            Layers layers,
            Rules rules,
            PlaceSets placeSets,
            Scenarios scenarios) {
        this.settings = settings;
        this.shelters = shelters;
        this.layers = layers;
        this.rules = rules;
        this.placeSets = placeSets;
        this.scenarios = scenarios;
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Answer(
            Totals totals,
            List<Audited> shelters,
            List<RuleCount> rules,
            List<Mend> mendFirst,
            @JsonUnwrapped Provenance provenance) {}

    /** @param sound shelters without a failure; {@code sure} of them without anything unknown */
    record Totals(int shelters, int sound, int sure, int failing, int findings, int fails, int unknowns) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Audited(
            String id,
            String name,
            @Nullable String township,
            double lon,
            double lat,
            @Nullable String stay,
            @Nullable String grade,
            boolean planned,
            int pass,
            int fail,
            int unknown,
            List<Found> findings,
            Reach stayReach,
            Reach gradeReach) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Found(
            String rule,
            Title title,
            String result,
            @Nullable Double value,
            boolean beyond,
            double unsure,
            String sign,
            double limit,
            String unit,
            String source,
            String clause,
            String mark,
            int weight,
            List<Text> missing,
            @Nullable String what) {}

    /**
     * @param sure the highest class of which every rule is known to hold; null for none
     * @param possible the highest that no known failure stands against
     * @param next the class above {@code sure}; null where it is the highest already
     * @param missing what stands between {@code sure} and {@code next}
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Reach(
            @Nullable String sure,
            @Nullable String possible,
            @Nullable String next,
            List<Missing> missing) {}

    record Missing(String rule, Title title, String result, Title mend) {}

    record RuleCount(
            String id,
            Title title,
            int pass,
            int fail,
            int unknown,
            String sign,
            double limit,
            String unit,
            String source,
            String clause,
            String mark,
            int weight) {}

    /** @param people who are meant to find shelter there; null where unknown */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Mend(
            String shelterId,
            String shelter,
            @Nullable String township,
            double lon,
            double lat,
            String rule,
            Title title,
            int weight,
            @Nullable Long people,
            @Nullable Double value,
            String sign,
            double limit,
            String unit,
            String clause,
            Title mend) {}

    @Override
    public Object execute(ObjectNode given, Progress progress) {
        long start = System.nanoTime();
        Inputs inputs = new Inputs(given, placeSets, scenarios, INPUTS);
        PlaceSet places = inputs.shelters(settings.layer());
        Scenario scenario = inputs.scenario();
        inputs.refuseMistakes();
        if (places == null) throw new IllegalStateException();
        ShelterSet set = shelters.read(places, scenario);
        if (set.all().isEmpty()) throw ProblemException.unavailable("shelter.none");
        Audit audit = new Audit(layers, settings, rules.all());
        List<Text> warnings = new ArrayList<>(set.warnings());
        boolean brief = set.all().size() > settings.norm("audit-full-shelters").value();
        if (brief)
            warnings.add(Text.of("shelter.warn.auditBrief", set.all().size(), (long)
                    settings.norm("audit-full-shelters").value()));
        List<Audited> audited = new ArrayList<>();
        List<Mend> mend = new ArrayList<>();
        Map<String, int[]> counts = new LinkedHashMap<>();
        audit.rules().forEach(rule -> counts.put(rule.id(), new int[Result.values().length]));
        for (int i = 0; i < set.all().size(); i++) {
            Shelter shelter = set.all().get(i);
            Map<String, Object> attributes = set.attributes(shelter);
            List<Finding> findings = audit.of(shelter, attributes);
            for (Finding finding : findings) {
                int[] count = counts.get(finding.rule().id());
                if (count != null) count[finding.result().ordinal()]++;
                if (finding.result() == Result.FAIL) mend.add(mend(shelter, finding));
            }
            audited.add(audited(audit, set, shelter, findings, brief));
            if (i % 200 == 199) {
                progress.stopIfCancelled();
                progress.report(i / (double) set.all().size(), Text.of("shelter.progress.audit"));
            }
        }
        mend.sort(Comparator.comparingInt((Mend one) -> -one.weight())
                .thenComparingLong(one -> one.people() == null ? 0 : -one.people()));
        tellUnlooked(audit, warnings);
        return new Answer(
                totals(audited),
                audited,
                ruleCounts(audit, counts),
                mend,
                new Provenance(inputs.understood, data(set, audit), warnings, (System.nanoTime() - start) / 1e6));
    }

    /** Layers that have nothing in them leave their rules unknown: say which, so that they get loaded. */
    private void tellUnlooked(Audit audit, List<Text> warnings) {
        List<Title> empty = new ArrayList<>();
        for (Rule rule : audit.rules()) {
            if (rule.near() == null) continue;
            for (String layer : rule.near().layers())
                layers.definitions().stream()
                        .filter(one ->
                                one.id().equals(layer) && layers.state(layer).count() == 0)
                        .filter(one -> !empty.contains(one.title()))
                        .forEach(one -> empty.add(one.title()));
        }
        if (!empty.isEmpty()) warnings.add(Text.of("shelter.warn.layersEmpty", empty));
    }

    private static DataUsed data(ShelterSet set, Audit audit) {
        List<LayerUsed> used = new ArrayList<>(set.layers());
        boolean illustrative = set.illustrative();
        for (LayerSnapshot layer : audit.looked()) {
            used.add(PlaceSets.used(layer.state()));
            illustrative |= layer.state().illustrative();
        }
        return new DataUsed(used, null, illustrative);
    }

    private static Totals totals(List<Audited> all) {
        int fails = all.stream().mapToInt(Audited::fail).sum();
        int unknowns = all.stream().mapToInt(Audited::unknown).sum();
        int passes = all.stream().mapToInt(Audited::pass).sum();
        int sound = (int) all.stream().filter(one -> one.fail() == 0).count();
        int sure = (int) all.stream()
                .filter(one -> one.fail() == 0 && one.unknown() == 0)
                .count();
        return new Totals(all.size(), sound, sure, all.size() - sound, passes + fails + unknowns, fails, unknowns);
    }

    private static List<RuleCount> ruleCounts(Audit audit, Map<String, int[]> counts) {
        List<RuleCount> all = new ArrayList<>();
        for (Rule rule : audit.rules()) {
            int[] count = counts.getOrDefault(rule.id(), new int[3]);
            all.add(new RuleCount(
                    rule.id(),
                    rule.title(),
                    count[Result.PASS.ordinal()],
                    count[Result.FAIL.ordinal()],
                    count[Result.UNKNOWN.ordinal()],
                    rule.limit().sign(),
                    rule.norm().value(),
                    rule.norm().unit(),
                    rule.norm().source(),
                    rule.norm().clause(),
                    rule.norm().mark().name(),
                    rule.weight()));
        }
        return all;
    }

    private Audited audited(Audit audit, ShelterSet set, Shelter shelter, List<Finding> findings, boolean brief) {
        int[] count = new int[Result.values().length];
        findings.forEach(one -> count[one.result().ordinal()]++);
        return new Audited(
                shelter.id(),
                shelter.name(),
                shelter.township(),
                shelter.lon(),
                shelter.lat(),
                shelter.stay() == null ? null : shelter.stay().id(),
                set.attributes(shelter).get("grade21734") instanceof String grade ? grade : null,
                shelter.planned(),
                count[Result.PASS.ordinal()],
                count[Result.FAIL.ordinal()],
                count[Result.UNKNOWN.ordinal()],
                findings.stream()
                        .filter(one -> !brief || one.result() == Result.FAIL)
                        .map(AuditProcess::found)
                        .toList(),
                reach(audit, set, shelter, "type", StayClass.ids()),
                reach(audit, set, shelter, "grade21734", GRADES));
    }

    private static Found found(Finding one) {
        return new Found(
                one.rule().id(),
                one.rule().title(),
                one.result().name().toLowerCase(Locale.ROOT),
                one.value(),
                one.beyond(),
                one.unsure(),
                one.rule().limit().sign(),
                one.rule().norm().value(),
                one.rule().norm().unit(),
                one.rule().norm().source(),
                one.rule().norm().clause(),
                one.rule().norm().mark().name(),
                one.rule().weight(),
                one.missing().stream()
                        .map(facility -> new Text("shelter.facility." + facility, List.of()))
                        .toList(),
                one.what());
    }

    private static Mend mend(Shelter shelter, Finding one) {
        return new Mend(
                shelter.id(),
                shelter.name(),
                shelter.township(),
                shelter.lon(),
                shelter.lat(),
                one.rule().id(),
                one.rule().title(),
                one.rule().weight(),
                shelter.capacity().people(),
                one.value(),
                one.rule().limit().sign(),
                one.rule().norm().value(),
                one.rule().norm().unit(),
                one.rule().norm().clause(),
                one.rule().mend());
    }

    /** @param classes the lowest first */
    private Reach reach(Audit audit, ShelterSet set, Shelter shelter, String attribute, List<String> classes) {
        int sure = -1;
        int possible = -1;
        List<List<Finding>> found = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            Shelters.AsIf other = shelters.asIf(set, shelter, attribute, classes.get(i));
            List<Finding> findings = audit.byClass(other.shelter(), other.attributes(), attribute);
            found.add(findings);
            if (findings.stream().noneMatch(one -> one.result() == Result.FAIL)) possible = i;
            if (findings.stream().allMatch(one -> one.result() == Result.PASS)) sure = i;
        }
        boolean highest = sure == classes.size() - 1;
        List<Missing> missing = highest
                ? List.of()
                : found.get(sure + 1).stream()
                        .filter(one -> one.result() != Result.PASS)
                        .map(one -> new Missing(
                                one.rule().id(),
                                one.rule().title(),
                                one.result().name().toLowerCase(Locale.ROOT),
                                one.rule().mend()))
                        .toList();
        return new Reach(
                sure < 0 ? null : classes.get(sure),
                possible < 0 ? null : classes.get(possible),
                highest ? null : classes.get(sure + 1),
                missing);
    }

    @Override
    public ProcessDescription description() {
        ObjectNode example = Inputs.json().objectNode();
        example.putObject("shelters").put("layer", "shelter").put("filter", "level = 'county'");
        return new Parts("shelter-audit")
                .input("shelters", Parts.places())
                .input("scenario", Parts.scenario())
                .output("totals", Parts.type("object"))
                .output("shelters", Parts.list())
                .output("rules", Parts.list())
                .output("mendFirst", Parts.list())
                .described(example);
    }

    @Override
    public List<String> otherFormats() {
        return List.of(Sheets.EXCEL);
    }

    @Override
    public void write(Object answer, String mediaType, java.io.OutputStream out) throws java.io.IOException {
        new Sheets(out).audit((Answer) answer);
    }
}
