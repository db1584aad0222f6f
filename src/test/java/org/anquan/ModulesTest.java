package org.anquan;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.union.CascadedPolygonUnion;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
    /** Floors of the house, as in ARCHITECTURE.md. Arrows go down; on one floor nobody leans on a neighbour. */
    private static final Map<String, Integer> FLOORS = new TreeMap<>(Map.ofEntries(
            Map.entry("cli", 7),
            Map.entry("ogcapi", 6),
            Map.entry("files", 6),
            Map.entry("live", 6),
            Map.entry("tile", 6),
            Map.entry("style", 6),
            Map.entry("report", 6),
            Map.entry("geoserver", 6),
            Map.entry("coverage", 5),
            Map.entry("dispatch", 5),
            Map.entry("travel", 5),
            Map.entry("doctor", 5),
            Map.entry("shelter", 5),
            Map.entry("risk", 5),
            Map.entry("process", 3),
            Map.entry("scenario", 4),
            Map.entry("sample", 4),
            Map.entry("network", 3),
            Map.entry("exchange", 2),
            Map.entry("population", 2),
            Map.entry("terrain", 2),
            Map.entry("catalog", 1),
            Map.entry("security", 0),
            Map.entry("home", 0),
            Map.entry("geo", 0),
            Map.entry("problem", 0)));

    @Test
    void modulesHaveNoCyclesAndKeepTheirInsidesToThemselves() {
        ApplicationModules.of(Anquan.class).verify();
    }

    @Test
    void arrowsGoDownTheFloors() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.anquan");
        assertThat(classes).hasSizeGreaterThan(20);
        List<String> wrong = new ArrayList<>();
        classes.forEach(from -> from.getDirectDependenciesFromSelf().forEach(arrow -> {
            String source = moduleOf(from.getPackageName());
            String target = moduleOf(arrow.getTargetClass().getPackageName());
            if (source.isEmpty() || target.isEmpty() || source.equals(target)) return;
            int up = FLOORS.getOrDefault(source, -1);
            int down = FLOORS.getOrDefault(target, -1);
            if (up < 0 || down < 0) wrong.add("no floor is given for " + source + " or " + target);
            // The ground floor is one room: everyone may use it, and it may use itself.
            else if (down >= up && down != 0) wrong.add(arrow.getDescription());
        }));
        assertThat(wrong).isEmpty();
    }

    /**
     * Geometry's own union, difference and intersection, and UnaryUnionOp, throw on two borders that nearly meet: a request
     * would end with an error where the robust overlay has an answer.
     */
    @Test
    void areasAreOverlaidRobustly() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.anquan");
        Set<String> fragile = Set.of("union", "difference", "intersection", "symDifference");
        List<String> wrong = new ArrayList<>();
        classes.forEach(from -> from.getMethodCallsFromSelf().forEach(call -> {
            JavaClass owner = call.getTargetOwner();
            boolean own = owner.isAssignableTo(Geometry.class) && fragile.contains(call.getName());
            if (own || owner.isAssignableTo(UnaryUnionOp.class) || owner.isAssignableTo(CascadedPolygonUnion.class))
                wrong.add(call.getDescription());
        }));
        assertThat(wrong).isEmpty();
    }

    private static String moduleOf(String packageName) {
        if (!packageName.startsWith("org.anquan.")) return "";
        String rest = packageName.substring("org.anquan.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
