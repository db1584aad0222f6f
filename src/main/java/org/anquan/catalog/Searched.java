package org.anquan.catalog;

import java.util.List;
import java.util.Locale;

/** Which attributes the search box looks through where the layer's file does not say. */
final class Searched {
    private static final List<String> WORDS = List.of("name", "code", "address", "alias");
    private static final List<String> CHARACTERS = List.of("名", "编号", "编码", "代码", "地址", "位置");

    private Searched() {}

    /** Texts of any content that are called a name, a code or an address. */
    static List<String> usual(List<AttributeDefinition> attributes) {
        return attributes.stream()
                .filter(Searched::mayBe)
                .filter(Searched::named)
                .map(AttributeDefinition::name)
                .toList();
    }

    static boolean mayBe(AttributeDefinition attribute) {
        return attribute.type() == AttributeType.TEXT && attribute.values().isEmpty();
    }

    private static boolean named(AttributeDefinition attribute) {
        String name = attribute.name().toLowerCase(Locale.ROOT);
        // Names of people are not names of places.
        if (attribute.sensitivity() == Sensitivity.RESTRICTED) return false;
        return WORDS.stream().anyMatch(name::contains)
                || CHARACTERS.stream().anyMatch(attribute.title().zh()::contains);
    }

    /** Whether people look for it by pinyin: names, not codes and addresses. */
    static boolean readable(AttributeDefinition attribute) {
        return attribute.name().toLowerCase(Locale.ROOT).contains("name")
                || attribute.title().zh().contains("名");
    }
}
