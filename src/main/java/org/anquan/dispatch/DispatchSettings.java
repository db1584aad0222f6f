package org.anquan.dispatch;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How forces are found; each value is explained in {@code application.yml}.
 *
 * @param maxRoadMetres how far from a road an incident or a unit may lie
 * @param atClosureMetres an incident so near to a closure of its road counts as lying there
 * @param walkKmh the last stretch on foot
 * @param accessKmh from a unit's yard to the road
 * @param usualMinutes who comes later is not counted, where the request does not say
 * @param maxMinutes the most that may be asked for
 * @param latest how far the network is searched, to tell who comes too late from who does not come
 * @param exactUnits up to so many candidates the smallest set is always exact
 * @param mostSteps of the search for it beyond that
 * @param maxNeeds skills asked for together
 * @param maxRoutes ways told with their steps
 * @param listed others that an answer lists
 * @param awayStates units in this {@code state} are left out, and the answer says so
 * @param openMissions a unit with a mission in one of these states is out
 * @param usualNeeds by kind of incident: what a form proposes
 */
@Validated
@ConfigurationProperties(prefix = "anquan.dispatch", ignoreUnknownFields = false)
record DispatchSettings(
        @Positive double maxRoadMetres,
        @Min(0) double atClosureMetres,
        @DecimalMin("0.5") double walkKmh,
        @DecimalMin("0.5") double accessKmh,
        @Min(1) int usualMinutes,
        @Min(1) @Max(1440) int maxMinutes,
        Duration latest,
        @Min(0) @Max(40) int exactUnits,
        @Min(1) int mostSteps,
        @Min(1) @Max(50) int maxNeeds,
        @Min(0) int maxRoutes,
        @Min(0) int listed,
        Set<String> awayStates,
        Set<String> openMissions,
        @NotEmpty List<@Valid Force> forces,
        @NotEmpty List<@Valid SkillRule> skills,
        Map<String, List<@Valid UsualNeed>> usualNeeds) {
    DispatchSettings {
        usualNeeds = usualNeeds == null ? Map.of() : Map.copyOf(usualNeeds);
        awayStates = Set.copyOf(awayStates);
        openMissions = Set.copyOf(openMissions);
        forces = List.copyOf(forces);
        skills = List.copyOf(skills);
    }

    /**
     * A layer of forces.
     *
     * @param people attribute that counts the people who come
     * @param units attribute that counts crews or vehicles; empty where each feature is one
     * @param turnoutBy attribute whose value chooses the turnout time; empty for none
     * @param turnoutSeconds by that value
     * @param turnoutUsual where neither the feature nor its class says it
     * @param loadMinutes attribute with the minutes of loading, which count instead where known; empty for none
     */
    record Force(
            @NotBlank String layer,
            @DefaultValue("") String people,
            @DefaultValue("") String units,
            @DefaultValue("") String turnoutBy,
            Map<String, @Min(0) Integer> turnoutSeconds,
            @Min(0) int turnoutUsual,
            @DefaultValue("") String loadMinutes) {
        Force {
            turnoutSeconds = turnoutSeconds == null ? Map.of() : Map.copyOf(turnoutSeconds);
        }
    }

    /**
     * One skill.
     *
     * @param by which forces have it where they do not list their skills themselves
     * @param equipment words of equipment that give it likewise
     */
    record SkillRule(
            @NotBlank String id,
            @NotBlank String zh,
            @NotBlank String en,
            List<@Valid By> by,
            List<String> equipment) {
        SkillRule {
            by = by == null ? List.of() : List.copyOf(by);
            equipment = equipment == null ? List.of() : List.copyOf(equipment);
        }
    }

    /** @param people 0 where their number does not matter */
    record UsualNeed(
            @NotBlank String skill,
            @DefaultValue("1") @Min(1) int units,
            @DefaultValue("0") @Min(0) int people) {}

    /** @param attribute empty where all of the layer have the skill */
    record By(@NotBlank String layer, @DefaultValue("") String attribute, List<String> values) {
        By {
            values = values == null ? List.of() : List.copyOf(values);
        }
    }
}
