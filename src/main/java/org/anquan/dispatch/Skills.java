package org.anquan.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anquan.catalog.Title;
import org.anquan.dispatch.DispatchSettings.By;
import org.anquan.dispatch.DispatchSettings.SkillRule;
import org.springframework.stereotype.Component;

/** The short list of skills: what forces can do, named by id or in either language. */
@Component
final class Skills {
    /** One of them. */
    record Skill(String id, Title title) {}

    private final List<SkillRule> rules;
    private final Map<String, Skill> byWord = new LinkedHashMap<>();
    private final List<Skill> all = new ArrayList<>();

    Skills(DispatchSettings settings) {
        rules = settings.skills();
        for (SkillRule rule : rules) {
            Skill skill = new Skill(rule.id(), new Title(rule.zh(), rule.en()));
            all.add(skill);
            for (String word : List.of(rule.id(), rule.zh(), rule.en())) byWord.put(folded(word), skill);
        }
    }

    private static String folded(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }

    List<Skill> all() {
        return List.copyOf(all);
    }

    Optional<Skill> find(String word) {
        return Optional.ofNullable(byWord.get(folded(word)));
    }

    /** {@code fire 灭火, medical 医疗救护 …}: for messages. */
    List<String> known() {
        return all.stream().map(one -> one.id() + "（" + one.title() + "）").toList();
    }

    /**
     * What a unit can do: its own list where it has one, else what its layer, class and equipment say.
     *
     * @param own skills as its roster names them; unknown words are passed over
     */
    Set<String> of(String layer, Map<String, Object> attributes, List<String> own, List<String> equipment) {
        Set<String> skills = new LinkedHashSet<>();
        for (String word : own) find(word).ifPresent(skill -> skills.add(skill.id()));
        if (!own.isEmpty()) return skills;
        for (SkillRule rule : rules) if (has(rule, layer, attributes, equipment)) skills.add(rule.id());
        return skills;
    }

    private static boolean has(SkillRule rule, String layer, Map<String, Object> attributes, List<String> equipment) {
        for (By by : rule.by()) {
            if (!by.layer().equals(layer)) continue;
            if (by.attribute().isEmpty()) return true;
            Object value = attributes.get(by.attribute());
            if (value != null && by.values().contains(value.toString())) return true;
        }
        for (String word : rule.equipment()) for (String item : equipment) if (item.contains(word)) return true;
        return false;
    }
}
